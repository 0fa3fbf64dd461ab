// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.net.Uri;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.AllUsersCompat;
import org.keepone.device.Heard;
import org.keepone.device.PackageNames;
import org.keepone.device.PhoneUser;

/**
 * Notices that a package was added, replaced, changed or removed, for any user of the phone, and that the phone went to another
 * user. Registered by the running process: since Android 8 the manifest's receivers are not told of these.
 */
public final class PackageWatch extends BroadcastReceiver {
    private static final String TAG = "KeepOne";

    /** {@code Intent.ACTION_USER_SWITCHED}, {@code EXTRA_USER_HANDLE}: hidden until Android 12. */
    private static final String USER_SWITCHED = "android.intent.action.USER_SWITCHED";
    private static final String USER_HANDLE = "android.intent.extra.user_handle";

    private PackageWatch() {
    }

    /**
     * Begins to watch for as long as the process lives.
     *
     * @param context the application
     * @return what was registered
     */
    @NonNull
    public static PackageWatch begin(@NonNull Context context) {
        IntentFilter packages = new IntentFilter();
        packages.addAction(Intent.ACTION_PACKAGE_ADDED);
        packages.addAction(Intent.ACTION_PACKAGE_REPLACED);
        packages.addAction(Intent.ACTION_PACKAGE_CHANGED);
        packages.addAction(Intent.ACTION_PACKAGE_REMOVED);
        packages.addDataScheme("package");
        IntentFilter users = new IntentFilter();
        users.addAction(USER_SWITCHED);
        users.addAction(Intent.ACTION_USER_UNLOCKED);
        PackageWatch watch = new PackageWatch();
        AllUsersCompat.register(context, watch, packages);
        AllUsersCompat.register(context, watch, users);
        return watch;
    }

    @Override
    public void onReceive(@NonNull Context context, @Nullable Intent intent) {
        String action = intent == null ? null : intent.getAction();
        if (action == null) {
            Log.w(TAG, "refused: a broadcast without action");
            return;
        }
        switch (action) {
            case Intent.ACTION_PACKAGE_ADDED:
            case Intent.ACTION_PACKAGE_REPLACED:
            case Intent.ACTION_PACKAGE_CHANGED:
                packageChanged(context, intent);
                break;
            case Intent.ACTION_PACKAGE_REMOVED:
                // There is nothing to hold; who shows it reads the phone anew.
                Heard.phone();
                break;
            case USER_SWITCHED:
            case Intent.ACTION_USER_UNLOCKED:
                Heard.phone();
                Request.enqueue(context, intent.getIntExtra(USER_HANDLE, PhoneUser.own()), null);
                break;
            default:
                Log.w(TAG, "refused: " + PackageNames.forLog(action));
                break;
        }
    }

    private static void packageChanged(@NonNull Context context, @NonNull Intent intent) {
        Uri data = intent.getData();
        String name = data == null ? null : data.getSchemeSpecificPart();
        if (!PackageNames.isName(name)) {
            Log.w(TAG, "refused: " + PackageNames.forLog(intent.getAction()) + " of " + PackageNames.forLog(name));
            return;
        }
        if (Intent.ACTION_PACKAGE_CHANGED.equals(intent.getAction())) {
            Heard.app(name);
        } else {
            // What came may be for another purpose than what was there.
            Heard.phone();
        }
        // EXTRA_UID is that of the package for the user whom this is about.
        int uid = intent.getIntExtra(Intent.EXTRA_UID, -1);
        Request.enqueue(context, uid < 0 ? Request.ALL_USERS : uid / 100_000, name);
    }
}
