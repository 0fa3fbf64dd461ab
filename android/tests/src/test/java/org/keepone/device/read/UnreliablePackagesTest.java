// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.ActivityInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.content.pm.SharedLibraryInfo;
import android.os.DeadObjectException;
import android.os.TransactionTooLargeException;
import android.os.UserManager;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.Fixtures;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** A package manager that throws, hangs, answers for half or forgets: what it did not tell is noted, and the rest is there. */
@RunWith(PhoneRunner.class)
@Config(sdk = {26, 34}) // Once with the older signatures and users, once with the newer.
public final class UnreliablePackagesTest {
    private static final byte[] PROBES = Fixtures.bytes("{\"probes\":["
            + "{\"component\":\"activity\",\"action\":\"test.SHOW\"},"
            + "{\"component\":\"service\",\"action\":\"test.SERVE\"}]}");

    /** {@code UserInfo.FLAG_MANAGED_PROFILE}. */
    private static final int MANAGED_PROFILE = 0x20;

    private final Context context = Fixtures.context();

    /** The platform's answers with one thing wrong. */
    private class Unreliable implements Packages {
        private final Packages true_ = new PlatformPackages(context, new BoundedCalls());

        @Override
        public List<PackageInfo> list(int user, int flags) throws Withheld {
            return true_.list(PhoneUser.own(), flags);
        }

        @Override
        public PackageInfo info(String name, int user, int flags) throws Withheld {
            return true_.info(name, PhoneUser.own(), flags);
        }

        @Override
        public List<ResolveInfo> answers(ComponentKind kind, Intent intent, int user, int flags) throws Withheld {
            return true_.answers(kind, intent, PhoneUser.own(), flags);
        }

        @Override
        public String installer(String name, int user) throws Withheld {
            return true_.installer(name, PhoneUser.own());
        }

        @Override
        public boolean blocksUninstall(String name, int user) throws Withheld {
            return true_.blocksUninstall(name, PhoneUser.own());
        }

        @Override
        public List<SharedLibraryInfo> libraries() throws Withheld {
            return true_.libraries();
        }
    }

    private DeviceReader reader(Packages packages) {
        return new DeviceReader(context, new BoundedCalls(), packages, PROBES, (done, of) -> { });
    }

    @Before
    public void twoPackages() {
        PackageInfo one = Fixtures.systemApp("com.maker.one");
        one.requestedPermissions = new String[] {"android.permission.CAMERA"};
        Fixtures.install(one);
        Fixtures.install(Fixtures.systemApp("com.maker.two"));
    }

    private static Withheld tooLarge() {
        return Withheld.of(new RuntimeException(new TransactionTooLargeException("data parcel size 2000000 bytes")));
    }

    /** As the package manager's client throws on this release what binder makes of a reply that does not fit. */
    private static Withheld replyTooLarge() {
        try {
            throw new DeadObjectException("Transaction failed on small parcel; remote process probably died")
                    .rethrowFromSystemServer();
        } catch (RuntimeException thrown) {
            return Withheld.of(thrown);
        }
    }

    /** Answers for one kind of thing at a time, and never for receivers. */
    private DeviceReader inParts(Withheld tooLarge) {
        return reader(new Unreliable() {
            @Override
            public PackageInfo info(String name, int user, int flags) throws Withheld {
                int parts = Flags.COMPONENTS | Flags.DECLARED | Flags.signatures();
                boolean receivers = (flags & PackageManager.GET_RECEIVERS) != 0;
                if (receivers || Integer.bitCount(flags & parts) > 1) {
                    throw tooLarge;
                }
                return super.info(name, user, flags);
            }
        });
    }

    @Test
    public void aReplyThatIsTooLargeIsAskedForInPartsAlsoForWhatIsInForce() throws Exception {
        for (Withheld withheld : new Withheld[] {tooLarge(), replyTooLarge()}) {
            DeviceReader reader = reader(new Unreliable() {
                @Override
                public PackageInfo info(String name, int user, int flags) throws Withheld {
                    if (Integer.bitCount(flags & (Flags.COMPONENTS | Flags.DECLARED | Flags.signatures())) > 1) {
                        throw withheld;
                    }
                    PackageInfo part = super.info(name, user, flags);
                    // What the user turned off is not in force.
                    if ((flags & Flags.EFFECTIVE) == Flags.EFFECTIVE && (flags & Flags.KNOWN) != Flags.KNOWN) {
                        part.activities = null;
                    }
                    return part;
                }
            });
            JSONObject answer = Fixtures.object(reader.read("com.maker.one"));
            assertNull(Fixtures.notRead(answer, "components in force for user 0"));
            JSONObject state = answer.getJSONObject("package").getJSONArray("states").getJSONObject(0);
            assertEquals("com.maker.one.Main", state.getJSONArray("disabled-components").getString(0));
        }
    }

    @Test
    public void aReplyThatIsTooLargeIsToldAsTheDeathOfTheOtherSide() throws Exception {
        JSONObject answer = Fixtures.object(inParts(replyTooLarge()).read("com.maker.one"));
        assertEquals(1, answer.getJSONObject("package").getJSONArray("activities").length());
        assertEquals("failed", Fixtures.notRead(answer, "receivers").getString("why"));
        assertNotNull(Fixtures.notRead(answer, "components in force for user 0"));
    }

    @Test
    public void anAnswerThatIsTooLargeIsAskedForInParts() throws Exception {
        DeviceReader reader = inParts(tooLarge());
        JSONObject answer = Fixtures.object(reader.read("com.maker.one"));
        JSONObject told = answer.getJSONObject("package");
        assertEquals(1, told.getJSONArray("activities").length());
        assertEquals("android.permission.CAMERA", told.getJSONArray("permissions").getString(0));
        assertEquals("too-large", Fixtures.notRead(answer, "receivers").getString("why"));
        assertNull(Fixtures.notRead(answer, "activities"));
        assertNotNull(Fixtures.notRead(answer, "components in force for user 0"));
    }

    @Test
    public void aPackageWhoseDetailsThrowIsThrownWithItsReasonAndTheNextIsRead() throws Exception {
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public PackageInfo info(String name, int user, int flags) throws Withheld {
                if (name.equals("com.maker.one")) {
                    throw Withheld.of(new IllegalStateException("corrupt record"));
                }
                return super.info(name, user, flags);
            }
        });
        assertEquals(Because.FAILED, assertThrows(Withheld.class, () -> reader.read("com.maker.one")).because());
        assertNotNull(reader.read("com.maker.two"));
    }

    @Test
    public void aListThatLacksHalfIsNoticedByTheCount() throws Exception {
        int[] asked = {0};
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<PackageInfo> list(int user, int flags) throws Withheld {
                List<PackageInfo> all = super.list(user, flags);
                asked[0]++;
                return asked[0] == 1 ? all : all.subList(0, all.size() / 2);
            }
        });
        int counted = reader.count();
        assertTrue(counted > reader.names().length);
    }

    @Test
    public void aComponentThatAnswersAndIsNotListedShowsThatTheListWasCut() throws Exception {
        ResolveInfo hidden = new ResolveInfo();
        hidden.activityInfo = new ActivityInfo();
        hidden.activityInfo.packageName = "com.maker.one";
        hidden.activityInfo.name = "com.maker.one.Unlisted";
        hidden.filter = new IntentFilter("test.SHOW");
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<ResolveInfo> answers(ComponentKind kind, Intent intent, int user, int flags) {
                return kind == ComponentKind.ACTIVITY ? Arrays.asList(hidden, new ResolveInfo()) : Arrays.asList();
            }
        });
        JSONObject answer = Fixtures.object(reader.read("com.maker.one"));
        assertEquals(2, answer.getJSONObject("package").getJSONArray("activities").length());
        assertTrue(Fixtures.notRead(answer, "activities").getString("detail").contains("Unlisted"));
    }

    @Test
    public void anAnswerWithoutAnApplicationLosesNoName() throws Exception {
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public PackageInfo info(String name, int user, int flags) throws Withheld {
                PackageInfo half = new PackageInfo();
                half.packageName = name;
                return half;
            }
        });
        JSONObject answer = Fixtures.object(reader.read("com.maker.one"));
        assertEquals("com.maker.one", answer.getJSONObject("package").getString("name"));
        assertNotNull(Fixtures.notRead(answer, "application"));
        assertNotNull(Fixtures.notRead(answer, "path"));
    }

    @Test
    public void questionsThatFailAreToldOnceForThePhone() throws Exception {
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<ResolveInfo> answers(ComponentKind kind, Intent intent, int user, int flags) throws Withheld {
                if (kind == ComponentKind.SERVICE) {
                    throw tooLarge();
                }
                return super.answers(kind, intent, user, flags);
            }
        });
        JSONObject because = Fixtures.notRead(Fixtures.object(reader.device()), "probes");
        assertEquals("too-large", because.getString("why"));
        assertTrue(because.getString("detail"), because.getString("detail").contains("1 of 2"));
    }

    @Test
    public void everyUserIsReadAndAHiddenOneIsTold() throws Exception {
        UserManager users = context.getSystemService(UserManager.class);
        Shadows.shadowOf(users).addUser(10, "work", MANAGED_PROFILE);
        Shadows.shadowOf(users).addUser(11, "second", 0);
        Set<Integer> asked = new HashSet<>();
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<PackageInfo> list(int user, int flags) throws Withheld {
                asked.add(user);
                if (user == 11) {
                    throw new Withheld(Because.HIDDEN_USER, "no INTERACT_ACROSS_USERS");
                }
                List<PackageInfo> all = super.list(user, flags);
                return user == 0 ? all
                        : all.stream().filter(each -> !each.packageName.equals("com.maker.two"))
                                .collect(Collectors.toList());
            }
        });
        JSONObject phone = Fixtures.object(reader.device());
        assertEquals(3, phone.getJSONArray("users").length());
        assertEquals("work", phone.getJSONArray("users").getJSONObject(1).getString("kind"));
        assertEquals("hidden-user", Fixtures.notRead(phone, "user 11").getString("why"));
        assertTrue(asked.containsAll(Arrays.asList(0, 10, 11)));
        JSONObject answer = Fixtures.object(reader.read("com.maker.two"));
        assertEquals(2, answer.getJSONObject("package").getJSONArray("states").length());
        assertFalse(answer.getJSONObject("package").getJSONArray("states").getJSONObject(1).getBoolean("installed"));
        assertEquals("hidden-user", Fixtures.notRead(answer, "user 11").getString("why"));
    }

    @Test
    public void aPackageOfAnotherUserAloneIsReadThroughThatUser() throws Exception {
        Shadows.shadowOf(context.getSystemService(UserManager.class)).addUser(10, "work", MANAGED_PROFILE);
        PackageInfo theirs = Fixtures.systemApp("com.work.only");
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<PackageInfo> list(int user, int flags) throws Withheld {
                return user == 10 ? Arrays.asList(theirs) : super.list(user, flags);
            }

            @Override
            public PackageInfo info(String name, int user, int flags) throws Withheld {
                return user == 10 && name.equals(theirs.packageName) ? theirs : super.info(name, user, flags);
            }
        });
        assertTrue(Arrays.asList(reader.names()).contains("com.work.only"));
        JSONObject told = Fixtures.object(reader.read("com.work.only")).getJSONObject("package");
        assertFalse(told.getJSONArray("states").getJSONObject(0).getBoolean("installed"));
        assertTrue(told.getJSONArray("states").getJSONObject(1).getBoolean("installed"));
    }

    @Test
    public void whenNotEvenTheOwnListIsGivenTheReaderSaysSo() {
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<PackageInfo> list(int user, int flags) throws Withheld {
                throw new Withheld(Because.TIMED_OUT, "package list: no answer in 20000 ms");
            }
        });
        assertEquals(Because.TIMED_OUT, assertThrows(Withheld.class, reader::count).because());
        assertEquals(Because.TIMED_OUT, assertThrows(Withheld.class, reader::names).because());
    }

    @Test
    public void aPackageManagerThatHangsIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Context deaf = new ContextWrapper(context) {
            @Override
            public PackageManager getPackageManager() {
                try {
                    never.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return super.getPackageManager();
            }
        };
        BoundedCalls calls = new BoundedCalls(100);
        PlatformPackages packages = new PlatformPackages(context, calls);
        Withheld late = assertThrows(Withheld.class, () -> calls.ask("package list", deaf::getPackageManager));
        assertEquals(Because.TIMED_OUT, late.because());
        assertFalse(packages.list(0, 0).isEmpty());
        never.countDown();
    }

    @Test
    public void leftoverDataIsNoPackageOfThePhone() throws Exception {
        PackageInfo left = Fixtures.systemApp("com.gone.app");
        left.applicationInfo.flags = 0;
        left.applicationInfo.sourceDir = "/data/app/com.gone.app-1/base.apk";
        DeviceReader reader = reader(new Unreliable() {
            @Override
            public List<PackageInfo> list(int user, int flags) throws Withheld {
                List<PackageInfo> all = new java.util.ArrayList<>(super.list(user, flags));
                all.add(left);
                return all;
            }
        });
        assertFalse(Arrays.asList(reader.names()).contains("com.gone.app"));
        assertEquals(reader.count(), reader.names().length);
    }
}
