// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.content.pm.UserInfo;
import android.os.UserHandle;
import android.os.UserManager;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowUserManager;
import org.robolectric.util.ReflectionHelpers;
import org.robolectric.util.ReflectionHelpers.ClassParameter;

/** A phone that several people share, with profiles of their own; Robolectric keeps no group of profiles. */
public final class Sharing {
    private Sharing() {}

    private static ShadowUserManager users() {
        return Shadows.shadowOf(RuntimeEnvironment.getApplication().getSystemService(UserManager.class));
    }

    private static UserInfo info(int user) {
        return ReflectionHelpers.callInstanceMethod(
                ShadowUserManager.class, users(), "getUserInfo", ClassParameter.from(int.class, user));
    }

    /** Adds a user of another person's. */
    public static void person(int user, int flags) {
        users().addUser(user, "person " + user, flags);
    }

    /** Adds a profile; since then the user whose it is carries the group as well ({@code UserManagerService}). */
    public static void profile(int user, int of, int flags) {
        users().addUser(user, "profile " + user, flags);
        info(user).profileGroupId = of;
        info(of).profileGroupId = of;
    }

    /** The owner of the device or of the profile fixes a user's apps. */
    @SuppressWarnings("deprecation")
    public static void fixApps(int user) {
        users().setUserRestriction(UserHandle.of(user), UserManager.DISALLOW_APPS_CONTROL, true);
    }

    /** This app is opened by a user. */
    public static void opens(int user) {
        users().switchUser(user);
    }
}
