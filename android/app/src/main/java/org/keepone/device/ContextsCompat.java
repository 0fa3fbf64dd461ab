// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.UserHandle;

import org.keepone.annotation.NonNull;

/**
 * Contexts for another user of the phone or another app. A manager taken from such a context asks for that user, so that
 * the public methods serve where only hidden {@code …AsUser} ones would.
 *
 * <p>{@code createContextAsUser} is a system API since Android 11, {@code createPackageContextAsUser} hidden before; both
 * need INTERACT_ACROSS_USERS for another user's data, which the calls through them then say.
 */
public final class ContextsCompat {
    private ContextsCompat() {
    }

    /**
     * Returns a context that asks for a user.
     *
     * @param context any context of the app
     * @param user the user
     * @return the context itself for the own user
     * @throws Withheld where other users are kept from this app
     */
    @NonNull
    public static Context forUser(@NonNull Context context, int user) throws Withheld {
        if (user == PhoneUser.own()) {
            return context;
        }
        try {
            UserHandle handle = handle(user);
            if (Build.VERSION.SDK_INT >= 30) {
                return context.createContextAsUser(handle, 0);
            }
            return context.createPackageContextAsUser(context.getPackageName(), 0, handle);
        } catch (PackageManager.NameNotFoundException | RuntimeException | LinkageError refused) {
            // This app may not be installed for that user: the handle alone would do, but no release takes it.
            throw hidden(user, refused);
        }
    }

    @NonNull
    private static Withheld hidden(int user, @NonNull Throwable refused) {
        String said = refused.getMessage();
        return new Withheld(Because.HIDDEN_USER, "user " + user + ": " + (said == null ? refused.toString() : said));
    }

    /**
     * Returns the handle of a user.
     *
     * @param user the user
     * @return its handle
     * @throws Withheld where handles of others cannot be made
     */
    @NonNull
    public static UserHandle handle(int user) throws Withheld {
        if (user == PhoneUser.own()) {
            return android.os.Process.myUserHandle();
        }
        try {
            return UserHandle.of(user);
        } catch (LinkageError hidden) {
            return UserHandle.getUserHandleForUid(user * 100_000);
        }
    }

    /**
     * Returns a context with the resources of an app.
     *
     * @param context any context of ours
     * @param application the app
     * @return its context
     * @throws PackageManager.NameNotFoundException when the app is gone
     */
    @NonNull
    public static Context ofApplication(@NonNull Context context, @NonNull ApplicationInfo application)
            throws PackageManager.NameNotFoundException {
        try {
            return context.createApplicationContext(application, 0);
        } catch (LinkageError hidden) {
            return context.createPackageContext(application.packageName, 0);
        }
    }
}
