// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.ArrayList;
import java.util.List;

import android.content.pm.UserInfo;
import android.os.Build;
import android.os.UserHandle;
import android.os.UserManager;

import org.keepone.annotation.NonNull;

/**
 * {@code UserManager.getUsers} and what its answer says about a user's kind.
 *
 * <p>Since Android 11 a user carries its type as text ({@code android.os.usertype.profile.CLONE}); before, only flags tell
 * (frameworks/base, {@code android.content.pm.UserInfo}, {@code UserManager.USER_TYPE_*}). A profile and the user whose it is
 * carry the id of the latter as {@code profileGroupId} (frameworks/base, {@code UserManagerService.createUserInternal}).
 */
final class UsersCompat {
    private static final String TYPE = "android.os.usertype.";

    private UsersCompat() {
    }

    /**
     * Lists all users of the phone.
     *
     * @throws SecurityException without MANAGE_USERS, CREATE_USERS or QUERY_USERS
     * @throws LinkageError where the method is hidden from this app
     */
    @NonNull
    static List<PhoneUser> all(@NonNull UserManager manager) {
        List<PhoneUser> users = new ArrayList<>();
        for (UserInfo user : manager.getUsers()) {
            if (!user.partial) {
                boolean isAdmin = user.id == UserHandle.USER_SYSTEM || user.isAdmin();
                users.add(new PhoneUser(user.id, kind(user), group(user), isAdmin));
            }
        }
        return users;
    }

    /**
     * Whether somebody has fixed a user's apps ({@code no_control_apps}): nobody is to stop, disable, clear or remove any of them.
     *
     * @throws SecurityException for another user without MANAGE_USERS or INTERACT_ACROSS_USERS
     * @throws LinkageError for another user where the method is hidden from this app
     */
    @SuppressWarnings("deprecation")
    static boolean isFixed(@NonNull UserManager manager, @NonNull UserHandle user) {
        if (PhoneUser.idOf(user) == PhoneUser.own()) {
            return manager.hasUserRestriction(UserManager.DISALLOW_APPS_CONTROL);
        }
        return Build.VERSION.SDK_INT >= 30
                ? manager.hasUserRestrictionForUser(UserManager.DISALLOW_APPS_CONTROL, user)
                : manager.hasUserRestriction(UserManager.DISALLOW_APPS_CONTROL, user);
    }

    private static int group(@NonNull UserInfo user) {
        return user.profileGroupId == UserInfo.NO_PROFILE_GROUP_ID ? user.id : user.profileGroupId;
    }

    @NonNull
    private static String kind(@NonNull UserInfo user) {
        if (Build.VERSION.SDK_INT >= 30) {
            String type = user.userType;
            return type == null ? byFlags(user) : byType(type, user);
        }
        return byFlags(user);
    }

    @NonNull
    private static String byType(@NonNull String type, @NonNull UserInfo user) {
        if (!type.startsWith(TYPE)) {
            return "unknown";
        }
        switch (type.substring(TYPE.length())) {
            case "full.SYSTEM":
            case "system.HEADLESS":
                return "main";
            case "full.SECONDARY":
            case "full.RESTRICTED":
            case "full.DEMO":
                return user.id == 0 ? "main" : "secondary";
            case "full.GUEST":
                return "guest";
            case "profile.MANAGED":
                return "work";
            case "profile.CLONE":
                return "clone";
            case "profile.PRIVATE":
                return "private";
            default:
                return "unknown";
        }
    }

    @SuppressWarnings("deprecation")
    @NonNull
    private static String byFlags(@NonNull UserInfo user) {
        if ((user.flags & UserInfo.FLAG_MANAGED_PROFILE) != 0) {
            return "work";
        } else if ((user.flags & UserInfo.FLAG_GUEST) != 0) {
            return "guest";
        }
        return (user.flags & UserInfo.FLAG_PRIMARY) != 0 || user.id == 0 ? "main" : "secondary";
    }
}
