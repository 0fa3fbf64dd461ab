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
 * The users of the phone as far as this program may see them. Takes the platform's answer; where it is refused, the
 * profiles beside the own user, which every app may list, and says what lacks.
 */
public final class PhoneUsers {
    private final List<PhoneUser> users;
    private final Withheld withheld;

    private PhoneUsers(@NonNull List<PhoneUser> users, @Nullable Withheld withheld) {
        this.users = Collections.unmodifiableList(users);
        this.withheld = withheld;
    }

    /**
     * Asks the platform.
     *
     * @param context any context of the app
     * @param calls bounds the wait
     * @return the users, the own one always among them
     */
    @NonNull
    public static PhoneUsers of(@NonNull Context context, @NonNull BoundedCalls calls) {
        UserManager manager = context.getSystemService(UserManager.class);
        if (manager == null) {
            return new PhoneUsers(alone(), new Withheld(Because.FAILED, "no user service"));
        }
        try {
            List<PhoneUser> users = calls.ask("users", () -> UsersCompat.all(manager));
            if (users.stream().anyMatch(user -> user.id() == PhoneUser.own())) {
                return new PhoneUsers(users, null);
            }
            return new PhoneUsers(profiles(manager, calls), new Withheld(Because.FAILED, "own user not listed"));
        } catch (Withheld refused) {
            return new PhoneUsers(profiles(manager, calls), refused);
        }
    }

    @NonNull
    private static List<PhoneUser> profiles(@NonNull UserManager manager, @NonNull BoundedCalls calls) {
        List<PhoneUser> users = alone();
        try {
            for (UserHandle handle : calls.ask("profiles", manager::getUserProfiles)) {
                int id = PhoneUser.idOf(handle);
                if (id != PhoneUser.own()) {
                    users.add(new PhoneUser(id, id == 0 ? "main" : "unknown"));
                }
            }
        } catch (Withheld refused) {
            // The first refusal is what is told; this one only means that the own user stands alone.
            return users;
        }
        return users;
    }

    @NonNull
    private static List<PhoneUser> alone() {
        List<PhoneUser> users = new ArrayList<>();
        int own = PhoneUser.own();
        users.add(new PhoneUser(own, own == 0 ? "main" : "unknown"));
        return users;
    }

    /** Returns the users that are known. */
    @NonNull
    public List<PhoneUser> users() {
        return users;
    }

    /** Returns why there may be more, or {@code null} when the platform listed all. */
    @Nullable
    public Withheld withheld() {
        return withheld;
    }
}
