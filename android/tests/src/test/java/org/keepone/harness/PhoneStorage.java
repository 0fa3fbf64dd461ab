// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.usage.StorageStats;
import android.app.usage.StorageStatsManager;
import android.content.pm.PackageManager;
import android.os.UserHandle;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowStorageStatsManager;

/**
 * Robolectric's storage statistics, the same whatever context asks, apart for each user, and less after a clearing. Robolectric
 * keeps them in the manager, of which every context for another user has one of its own.
 */
@Implements(value = StorageStatsManager.class, isInAndroidSdk = false)
public class PhoneStorage extends ShadowStorageStatsManager {
    /** What is left of an app's data on a file system that counts empty folders. */
    public static final long LEFT = 4_096;

    private static final OfPhone<Map<String, Room>> ROOMS = new OfPhone<>(HashMap::new);

    /** Bytes of a program, of its data without the cache, and of the cache; and whether the platform clears them. */
    private record Room(long app, long data, long cache, boolean clears) {}

    private static String key(String name, int user) {
        return user + " " + name;
    }

    /** Says how much room a package takes for a user. */
    public static synchronized void takes(String name, int user, long app, long data, long cache) {
        ROOMS.get().put(key(name, user), new Room(app, data, cache, true));
    }

    /** Makes the platform say that it did not clear a package's data and cache. */
    public static synchronized void keeps(String name, int user) {
        ROOMS.get().computeIfPresent(
                key(name, user), (key, room) -> new Room(room.app(), room.data(), room.cache(), false));
    }

    /** Clears data with the cache, or the cache alone; {@code null}: no test has said what the package takes. */
    static synchronized Boolean clear(String name, int user, boolean isData) {
        Room room = ROOMS.get().get(key(name, user));
        if (room != null && room.clears()) {
            ROOMS.get().put(key(name, user), new Room(room.app(), isData ? LEFT : room.data(), 0, true));
        }
        return room == null ? null : room.clears();
    }

    @Implementation
    @Override
    protected StorageStats queryStatsForPackage(UUID volume, String name, UserHandle user)
            throws PackageManager.NameNotFoundException, IOException {
        synchronized (PhoneStorage.class) {
            Room room = ROOMS.get().get(key(name, user.hashCode()));
            if (room == null) {
                return super.queryStatsForPackage(volume, name, user);
            }
            StorageStats stats = new StorageStats();
            stats.codeBytes = room.app();
            // The platform counts the cache among the data.
            stats.dataBytes = room.data() + room.cache();
            stats.cacheBytes = room.cache();
            return stats;
        }
    }
}
