// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import android.content.Context;
import android.os.UserHandle;
import android.os.UserManager;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * The users of the phone that this program sees and acts for. The platform's permissions would let it act for all, whoever
 * opens it; so it goes by who a user is: one that administers the phone (the system user, or an admin by {@code
 * UserInfo.isAdmin}) acts for all, anybody else for the own user and the profiles of the own group alone.
 *
 * <p>Each user's instance has a store of its own, and two that held choices for the same user would undo each other without
 * end. So exactly one holds them: that of the user itself, and for a profile that of the user whose profile it is. What an
 * administrator sets for another person's user is set once.
 */
public final class PhoneUsers {
    private final List<PhoneUser> users;
    private final Withheld withheld;

    private PhoneUsers(@NonNull List<PhoneUser> users, @Nullable Withheld withheld) {
        this.users = Collections.unmodifiableList(users);
        this.withheld = withheld;
    }

    /**
     * Asks the platform; where it is refused, takes the profiles beside the own user, which every app may list.
     *
     * @param context any context of the app
     * @param calls bounds the wait
     * @return the users, the own one always among them
     */
    @NonNull
    public static PhoneUsers of(@NonNull Context context, @NonNull BoundedCalls calls) {
        UserManager manager = context.getSystemService(UserManager.class);
        if (manager == null) {
            return new PhoneUsers(group(Collections.emptyList()), new Withheld(Because.FAILED, "no user service"));
        }
        try {
            List<PhoneUser> all = calls.ask("users", () -> UsersCompat.all(manager));
            PhoneUser own = find(all, PhoneUser.own());
            if (own != null) {
                return own.isAdmin() ? new PhoneUsers(all, null) : of(all, own);
            }
            return new PhoneUsers(profiles(manager, calls), new Withheld(Because.FAILED, "own user not listed"));
        } catch (Withheld refused) {
            return new PhoneUsers(profiles(manager, calls), refused);
        }
    }

    /** Those of the own group, for a user who does not administer the phone. */
    @NonNull
    private static PhoneUsers of(@NonNull List<PhoneUser> all, @NonNull PhoneUser own) {
        List<PhoneUser> near = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (PhoneUser user : all) {
            if (user.group() == own.group()) {
                near.add(user);
            } else {
                kept.add(String.valueOf(user.id()));
            }
        }
        return new PhoneUsers(near, kept.isEmpty() ? null : foreign(String.join(", ", kept)));
    }

    /** Why a user is not shown and nothing is changed for it. */
    @NonNull
    private static Withheld foreign(@NonNull String user) {
        return new Withheld(Because.HIDDEN_USER, user + ": only an administrator of the phone acts for other people's users");
    }

    @NonNull
    private static List<PhoneUser> profiles(@NonNull UserManager manager, @NonNull BoundedCalls calls) {
        try {
            return group(calls.ask("profiles", manager::getUserProfiles));
        } catch (Withheld refused) {
            // The first refusal is what is told; this one only means that the own user stands alone.
            return group(Collections.emptyList());
        }
    }

    /** The own user and its profiles, where nothing tells whose profiles they are: that user was there before them. */
    @NonNull
    private static List<PhoneUser> group(@NonNull List<UserHandle> handles) {
        List<Integer> ids = new ArrayList<>();
        ids.add(PhoneUser.own());
        for (UserHandle handle : handles) {
            if (!ids.contains(PhoneUser.idOf(handle))) {
                ids.add(PhoneUser.idOf(handle));
            }
        }
        List<PhoneUser> users = new ArrayList<>();
        for (int id : ids) {
            users.add(new PhoneUser(id, id == 0 ? "main" : "unknown", Collections.min(ids), false));
        }
        return users;
    }

    @Nullable
    private static PhoneUser find(@NonNull List<PhoneUser> users, int id) {
        for (PhoneUser user : users) {
            if (user.id() == id) {
                return user;
            }
        }
        return null;
    }

    /** Returns the users that are known and may be seen. */
    @NonNull
    public List<PhoneUser> users() {
        return users;
    }

    /** Returns why there may be more, or {@code null} when these are all. */
    @Nullable
    public Withheld withheld() {
        return withheld;
    }

    /**
     * Returns whether this program sees a user and acts for it.
     *
     * @param user Android's user id
     * @return whether it does
     */
    public boolean has(int user) {
        return find(users, user) != null;
    }

    /**
     * Takes a user that this program acts for.
     *
     * @param user Android's user id
     * @throws Withheld when it does not act for that one
     */
    public void admit(int user) throws Withheld {
        if (!has(user)) {
            throw withheld == null || withheld.because() == Because.HIDDEN_USER
                    ? foreign("user " + user)
                    : new Withheld(Because.HIDDEN_USER, "user " + user + ": " + withheld.detail());
        }
    }

    /**
     * Returns whether a user is the own one or belongs to the same group of profiles: to the same person.
     *
     * @param user Android's user id
     * @return whether it does
     */
    public boolean isNear(int user) {
        PhoneUser own = find(users, PhoneUser.own());
        PhoneUser other = find(users, user);
        return own != null && other != null && own.group() == other.group();
    }

    /**
     * Returns whether this user's instance is the one that holds what was chosen for a user.
     *
     * @param user Android's user id
     * @return whether it is
     */
    public boolean holds(int user) {
        PhoneUser other = find(users, user);
        return other != null && other.group() == PhoneUser.own();
    }
}
