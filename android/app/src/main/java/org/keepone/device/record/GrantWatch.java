// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import android.content.Context;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Withheld;

/**
 * Grants and revokes, by whomever. The platform says only that something changed for a uid; what it was is found by comparing
 * with what was there before.
 */
final class GrantWatch {
    private static final String TAG = "KeepOne";

    private final Context context;
    private final EventBuffer events;
    private final Map<String, Set<String>> before = new HashMap<>();

    GrantWatch(@NonNull Context context, @NonNull EventBuffer events) {
        this.context = context;
        this.events = events;
    }

    /** Notes the present state and begins to watch. Returns whether the platform lets us. */
    boolean begin() {
        try {
            for (PackageInfo info : context.getPackageManager().getInstalledPackages(PackageManager.GET_PERMISSIONS)) {
                if (info.applicationInfo != null) {
                    remember(info);
                }
            }
            GrantWatchCompat.watch(context.getPackageManager(), this::changed);
            return true;
        } catch (RuntimeException | LinkageError refused) {
            Log.i(TAG, "grants are not watched: " + refused.getMessage());
            return false;
        }
    }

    @NonNull
    private static String key(@NonNull PackageInfo info) {
        return info.applicationInfo.uid + " " + info.packageName;
    }

    @NonNull
    private static Set<String> granted(@NonNull PackageInfo info) {
        Set<String> granted = new TreeSet<>();
        for (int i = 0; info.requestedPermissions != null && i < info.requestedPermissions.length; i++) {
            if (info.requestedPermissionsFlags != null && i < info.requestedPermissionsFlags.length
                    && (info.requestedPermissionsFlags[i] & PackageInfo.REQUESTED_PERMISSION_GRANTED) != 0) {
                granted.add(info.requestedPermissions[i]);
            }
        }
        return granted;
    }

    @NonNull
    private synchronized Set<String> remember(@NonNull PackageInfo info) {
        Set<String> now = granted(info);
        Set<String> known = before.put(key(info), now);
        return known == null ? now : known;
    }

    /** Something changed for a uid. */
    void changed(int uid) {
        try {
            PackageManager packages = ContextsCompat.forUser(context, uid / 100_000).getPackageManager();
            String[] names = packages.getPackagesForUid(uid);
            for (int i = 0; names != null && i < names.length; i++) {
                compare(uid, packages.getPackageInfo(names[i], PackageManager.GET_PERMISSIONS));
            }
        } catch (Withheld | PackageManager.NameNotFoundException | RuntimeException gone) {
            Log.i(TAG, "a change of grants of uid " + uid + " was not read: " + gone.getMessage());
        }
    }

    private void compare(int uid, @NonNull PackageInfo info) {
        if (info.applicationInfo == null) {
            return;
        }
        long now = System.currentTimeMillis();
        Set<String> was = remember(info);
        Set<String> is = granted(info);
        for (String permission : is) {
            if (!was.contains(permission)) {
                events.add(Event.permission(now, uid, info.packageName, permission, true));
            }
        }
        for (String permission : was) {
            if (!is.contains(permission)) {
                events.add(Event.permission(now, uid, info.packageName, permission, false));
            }
        }
    }
}
