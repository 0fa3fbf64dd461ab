// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.os.UserHandle;

import org.keepone.annotation.NonNull;

/**
 * Contexts for another user of the phone or another app. A manager taken from such a context asks for that user, so that
 * the public methods serve where only hidden {@code …AsUser} ones would.
 *
 * <p>{@code createContextAsUser} asks the package manager for this app as that user has it, and fails where it is not installed
 * for that user, as in most work profiles. {@code createPackageContextAsUser} does the same but for the name {@code android}:
 * then the new context keeps this app's own code, package name and name for app-ops, and takes over the handle alone
 * (frameworks/base, {@code android.app.ContextImpl}, the same on every release from 8.0 to 16). It needs no permission; what is
 * asked through it may need INTERACT_ACROSS_USERS, and says so.
 */
public final class ContextsCompat {
    /** The name for which a context of another user is made without looking for an installed package. */
    private static final String NO_PACKAGE = "android";

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
            return context.createPackageContextAsUser(NO_PACKAGE, 0, handle(user));
        } catch (PackageManager.NameNotFoundException | RuntimeException | LinkageError refused) {
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
