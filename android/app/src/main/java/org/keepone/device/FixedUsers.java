// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.content.Context;
import android.os.UserHandle;
import android.os.UserManager;

import org.keepone.annotation.NonNull;

/**
 * Users whose apps the owner of the device or of a profile has fixed ({@code UserManager.DISALLOW_APPS_CONTROL}). The system's
 * own settings keep to it by themselves; of a program with this one's permissions the platform does not ask it.
 */
public final class FixedUsers {
    private FixedUsers() {
    }

    /**
     * Returns whether a user's apps are known to be fixed.
     *
     * @param context any context of the app
     * @param calls bounds the wait
     * @param user Android's user id
     * @return whether they are; where it could not be read, a change is refused when it is tried
     */
    public static boolean has(@NonNull Context context, @NonNull BoundedCalls calls, int user) {
        try {
            admit(context, calls, user);
            return false;
        } catch (Withheld withheld) {
            return withheld.because() == Because.FIXED_BY_POLICY;
        }
    }

    /**
     * Takes a user whose apps are not fixed.
     *
     * @param context any context of the app
     * @param calls bounds the wait
     * @param user Android's user id
     * @throws Withheld when they are, or when that could not be read
     */
    public static void admit(@NonNull Context context, @NonNull BoundedCalls calls, int user) throws Withheld {
        UserManager manager = context.getSystemService(UserManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no user service");
        }
        UserHandle handle = ContextsCompat.handle(user);
        boolean isFixed;
        try {
            isFixed = calls.ask("restrictions", () -> UsersCompat.isFixed(manager, handle));
        } catch (Withheld withheld) {
            throw withheld.forUser(user);
        }
        if (isFixed) {
            throw new Withheld(Because.FIXED_BY_POLICY, UserManager.DISALLOW_APPS_CONTROL + " of user " + user);
        }
    }
}
