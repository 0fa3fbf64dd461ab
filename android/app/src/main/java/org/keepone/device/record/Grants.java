// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import android.content.pm.PackageInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** The permissions that every package of every user was last seen to hold. It keeps a bounded number of packages. */
final class Grants {
    /** Ten users of a phone with two thousand packages. */
    private static final int MOST = 20_000;

    private final Map<String, Set<String>> held = new HashMap<>();

    @NonNull
    private static String key(int user, @NonNull String name) {
        return user + " " + name;
    }

    /** Returns what a package holds, as the platform tells it with GET_PERMISSIONS. */
    @NonNull
    static Set<String> of(@NonNull PackageInfo info) {
        Set<String> granted = new TreeSet<>();
        for (int i = 0; info.requestedPermissions != null && i < info.requestedPermissions.length; i++) {
            if (info.requestedPermissionsFlags != null && i < info.requestedPermissionsFlags.length
                    && (info.requestedPermissionsFlags[i] & PackageInfo.REQUESTED_PERMISSION_GRANTED) != 0) {
                granted.add(info.requestedPermissions[i]);
            }
        }
        return granted;
    }

    /**
     * Notes what a package holds now; returns what it held, {@code null} where nothing was known of it. Of a package too many
     * it holds what it held.
     */
    @Nullable
    synchronized Set<String> put(int user, @NonNull PackageInfo info) {
        String key = key(user, info.packageName);
        Set<String> now = of(info);
        return held.size() < MOST || held.containsKey(key) ? held.put(key, now) : now;
    }

    /** Notes what a package holds, unless something is known of it already. */
    synchronized void putIfAbsent(int user, @NonNull PackageInfo info) {
        if (held.size() < MOST) {
            held.putIfAbsent(key(user, info.packageName), of(info));
        }
    }

    /** A package is gone. */
    synchronized void forget(int user, @NonNull String name) {
        held.remove(key(user, name));
    }

    /** A user is gone. */
    synchronized void forget(int user) {
        held.keySet().removeIf(key -> key.startsWith(user + " "));
    }
}
