// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.List;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.LauncherApps;
import android.net.Uri;
import android.os.UserHandle;
import android.widget.Toast;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.device.ContextsCompat;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/**
 * The system's own pages, under the names that the core gives them. The core says how a page is opened; a phone that lacks
 * it opens the app's own, since every Android has that one.
 *
 * <p>A page opens for the user whose app it is about. That of another person is not shown while the phone is not switched to
 * them (frameworks/base, {@code ActivityRecord.showToCurrentUser}), so only pages of the own group of profiles are offered. Of these
 * every one needs INTERACT_ACROSS_USERS_FULL, but the app's own, which every app may have the launcher's service open.
 */
final class SystemPages {
    private static final String APP = "android.settings.APPLICATION_DETAILS_SETTINGS";

    private SystemPages() {
    }

    /** Returns what people call the page. */
    static int name(@NonNull String page) {
        switch (page) {
            case "app-permissions":
                return R.string.page_app_permissions;
            case "default-apps":
                return R.string.page_default_apps;
            case "overlay":
                return R.string.page_overlay;
            case "write-settings":
                return R.string.page_write_settings;
            case "usage-access":
                return R.string.page_usage_access;
            case "all-files":
                return R.string.page_all_files;
            case "install-unknown-apps":
                return R.string.page_install_unknown_apps;
            case "exact-alarm":
                return R.string.page_exact_alarm;
            case "full-screen-intent":
                return R.string.page_full_screen_intent;
            case "manage-media":
                return R.string.page_manage_media;
            case "notification-listener":
                return R.string.page_notification_listener;
            case "notification-policy":
                return R.string.page_notification_policy;
            case "accessibility":
                return R.string.page_accessibility;
            case "device-admin":
                return R.string.page_device_admin;
            case "app-notifications":
                return R.string.page_notifications;
            case "maker-auto-start":
                return R.string.page_maker_auto_start;
            default:
                return R.string.page_app_details;
        }
    }

    /** Returns whether a page of a user's can be opened at all. */
    static boolean opensFor(@NonNull Way way, int user) {
        return way.isNear(user);
    }

    /** Returns the page that opens for a user where this one is asked for. */
    @NonNull
    static String pageFor(@NonNull Way way, int user, @NonNull String page) {
        return user == way.current() || way.isAcross() ? page : "app-details";
    }

    /** Opens the first page that this phone has for a user, else the app's own; returns whether one was opened. */
    static boolean open(@NonNull Activity from, @NonNull List<Sheet.Open> pages, @NonNull String name, int user) {
        for (Sheet.Open page : pages) {
            if (starts(from, intent(page, name), user)) {
                return true;
            }
        }
        if (starts(from, new Intent(APP, Uri.fromParts("package", name, null)), user) || launches(from, name, user)) {
            return true;
        }
        Toast.makeText(from, R.string.no_page, Toast.LENGTH_LONG).show();
        return false;
    }

    @NonNull
    private static Intent intent(@NonNull Sheet.Open page, @NonNull String name) {
        Intent intent = new Intent(page.action());
        if (page.component() != null) {
            intent.setComponent(ComponentName.unflattenFromString(page.component()));
        }
        if (page.data() != null) {
            intent.setData(Uri.parse(page.data()));
        }
        if (page.extra() != null) {
            intent.putExtra(page.extra(), name);
        }
        return intent;
    }

    /** A page that exists may still be closed to us; that is the same as not having it. */
    private static boolean starts(@NonNull Activity from, @NonNull Intent intent, int user) {
        try {
            if (user == PhoneUser.own()) {
                from.startActivity(intent);
            } else {
                from.startActivityAsUser(intent, ContextsCompat.handle(user));
            }
            return true;
        } catch (ActivityNotFoundException | SecurityException | LinkageError | Withheld closed) {
            return false;
        }
    }

    /** Has the launcher's service open the app's own page for a profile; it looks at the package alone. */
    private static boolean launches(@NonNull Activity from, @NonNull String name, int user) {
        LauncherApps launcher = from.getSystemService(LauncherApps.class);
        try {
            UserHandle profile = ContextsCompat.handle(user);
            if (launcher == null || !launcher.isPackageEnabled(name, profile)) {
                return false;
            }
            launcher.startAppDetailsActivity(new ComponentName(name, name), profile, null, null);
            return true;
        } catch (ActivityNotFoundException | SecurityException | Withheld closed) {
            return false;
        }
    }
}
