// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.UserInfo;
import android.os.Build;
import android.os.Handler;
import android.os.UserHandle;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Sharing;

/** Whom this program sees and acts for: an administrator all, anybody else the own group of profiles. */
@RunWith(PhoneRunner.class)
public final class PhoneUsersTest {
    private static final int WORK = 10;
    private static final int PERSON = 11;
    private static final int THEIR_WORK = 12;
    private static final int GUEST = 13;

    private final Context context = Fixtures.context();

    @Before
    @SuppressWarnings("deprecation")
    public void aSharedPhone() {
        Sharing.profile(WORK, 0, UserInfo.FLAG_MANAGED_PROFILE);
        Sharing.person(PERSON, 0);
        Sharing.profile(THEIR_WORK, PERSON, UserInfo.FLAG_MANAGED_PROFILE);
        Sharing.person(GUEST, UserInfo.FLAG_GUEST);
    }

    private PhoneUsers users() {
        return PhoneUsers.of(context, new BoundedCalls(5_000));
    }

    private static List<Integer> ids(PhoneUsers users) {
        List<Integer> ids = new ArrayList<>();
        users.users().forEach(user -> ids.add(user.id()));
        ids.sort(null);
        return ids;
    }

    @Test
    public void theOwnerActsForAllAndHoldsForTheOwnProfiles() throws Exception {
        PhoneUsers users = users();
        assertEquals(List.of(0, WORK, PERSON, THEIR_WORK, GUEST), ids(users));
        assertNull(users.withheld());
        users.admit(GUEST);
        assertTrue(users.holds(0) && users.holds(WORK));
        assertFalse(users.holds(PERSON) || users.holds(THEIR_WORK) || users.holds(GUEST) || users.holds(99));
        assertTrue(users.isNear(WORK));
        assertFalse(users.isNear(PERSON));
    }

    @Test
    public void aGuestActsForNobodyElse() {
        Sharing.opens(GUEST);
        PhoneUsers users = users();
        assertEquals(List.of(GUEST), ids(users));
        assertEquals(Because.HIDDEN_USER, users.withheld().because());
        assertTrue(users.withheld().detail(), users.withheld().detail().startsWith("0, 10, 11, 12: "));
        assertTrue(users.holds(GUEST));
        for (int user : new int[] {0, WORK, PERSON, THEIR_WORK, 99}) {
            try {
                users.admit(user);
                throw new AssertionError("a guest acts for user " + user);
            } catch (Withheld refused) {
                assertEquals(Because.HIDDEN_USER, refused.because());
            }
        }
    }

    @Test
    public void anotherPersonActsForTheOwnProfilesAlone() {
        Sharing.opens(PERSON);
        PhoneUsers users = users();
        assertEquals(List.of(PERSON, THEIR_WORK), ids(users));
        assertTrue(users.holds(PERSON) && users.holds(THEIR_WORK));
        Sharing.opens(THEIR_WORK);
        PhoneUsers ofWork = users();
        assertEquals(List.of(PERSON, THEIR_WORK), ids(ofWork));
        assertFalse("the person's own instance holds them", ofWork.holds(PERSON) || ofWork.holds(THEIR_WORK));
    }

    @Test
    public void anotherPersonWhoAdministersThePhoneActsForAll() {
        Sharing.person(PERSON, UserInfo.FLAG_ADMIN);
        Sharing.opens(PERSON);
        PhoneUsers users = users();
        assertEquals(List.of(0, WORK, PERSON, THEIR_WORK, GUEST), ids(users));
        assertTrue(users.holds(PERSON));
        assertFalse("two instances never hold for the same user", users.holds(0) || users.holds(WORK));
    }

    @Test
    public void exactlyOneInstanceHoldsForEachUser() {
        Sharing.person(PERSON, UserInfo.FLAG_ADMIN);
        int[] all = {0, WORK, PERSON, THEIR_WORK, GUEST};
        int[] holders = new int[all.length];
        for (int opened : all) {
            Sharing.opens(opened);
            PhoneUsers users = users();
            for (int i = 0; i < all.length; i++) {
                holders[i] += users.holds(all[i]) ? 1 : 0;
            }
        }
        for (int i = 0; i < all.length; i++) {
            assertEquals("user " + all[i], 1, holders[i]);
        }
    }

    @Test
    public void whoseEventsAreSeenIsAskedAgainForAUserThatCame() {
        Sharing.opens(PERSON);
        SeenUsers seen = new SeenUsers(context);
        assertTrue(seen.test(PERSON) && seen.test(THEIR_WORK));
        assertFalse(seen.test(0) || seen.test(WORK) || seen.test(14));
        Sharing.profile(14, PERSON, 0);
        org.robolectric.shadows.ShadowSystemClock.advanceBy(java.time.Duration.ofSeconds(2));
        assertTrue(seen.test(14));
    }

    @Test
    public void fixedAppsOfAUserAreLeftAlone() throws Exception {
        BoundedCalls calls = new BoundedCalls(5_000);
        FixedUsers.admit(context, calls, 0);
        FixedUsers.admit(context, calls, WORK);
        Sharing.fixApps(WORK);
        FixedUsers.admit(context, calls, 0);
        try {
            FixedUsers.admit(context, calls, WORK);
            throw new AssertionError("they are fixed");
        } catch (Withheld refused) {
            assertEquals(Because.FIXED_BY_POLICY, refused.because());
            assertTrue(refused.detail(), refused.detail().contains("no_control_apps"));
        }
    }

    /** Has the answers of one release alone, as the platform has: the other method is missing there. */
    private static final class Registering extends ContextWrapper {
        private final List<String> made = new ArrayList<>();

        Registering(Context base) {
            super(base);
        }

        @Override
        public Intent registerReceiverForAllUsers(
                BroadcastReceiver receiver, IntentFilter filter, String permission, Handler scheduler) {
            if (Build.VERSION.SDK_INT < 30) {
                throw new NoSuchMethodError("registerReceiverForAllUsers");
            }
            made.add("all");
            return null;
        }

        @Override
        public Intent registerReceiverAsUser(
                BroadcastReceiver receiver, UserHandle user, IntentFilter filter, String permission, Handler scheduler) {
            made.add(user.equals(UserHandle.ALL) ? "all" : user.toString());
            return null;
        }

        @Override
        public Intent registerReceiver(BroadcastReceiver receiver, IntentFilter filter) {
            made.add("own");
            return null;
        }
    }

    @Test
    public void packagesOfEveryUserAreWatchedOnEveryRelease() {
        Registering phone = new Registering(context);
        BroadcastReceiver receiver = new BroadcastReceiver() {
            @Override
            public void onReceive(Context told, Intent intent) {
                throw new AssertionError("nothing is sent");
            }
        };
        AllUsersCompat.register(phone, receiver, new IntentFilter(Intent.ACTION_PACKAGE_ADDED));
        assertEquals(List.of("all"), phone.made);
    }

    @Test
    public void aUserThatDoesNotHaveThisAppIsAskedAllTheSame() throws Exception {
        Context work = ContextsCompat.forUser(context, WORK);
        assertEquals(WORK, work.getUserId());
        assertEquals(context.getPackageName(), work.getPackageName());
        assertEquals("app-ops know this app by its own name", context.getPackageName(), work.getOpPackageName());
        assertEquals(context.getApplicationInfo().uid, work.getApplicationInfo().uid);
    }
}
