// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import android.app.usage.StorageStats;
import android.app.usage.StorageStatsManager;
import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.os.UserHandle;
import android.os.storage.StorageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Withheld;

/** Bytes of the program, its data and its cache; writing 0 clears data or cache. */
final class StorageHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        String part = cell.field("part");
        ApplicationInfo application = sight.application(cell);
        StorageStatsManager manager = sight.context(cell.user()).getSystemService(StorageStatsManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no storage statistics service");
        }
        UserHandle user = ContextsCompat.handle(cell.user());
        String name = cell.packageName();
        UUID volume = application.storageUuid == null ? StorageManager.UUID_DEFAULT : application.storageUuid;
        StorageStats stats = sight.ask(cell, () -> manager.queryStatsForPackage(volume, name, user));
        switch (part) {
            case "app":
                return stats.getAppBytes();
            case "data":
                // The platform counts the cache among the data; what a user would lose is the rest.
                return Math.max(0, stats.getDataBytes() - stats.getCacheBytes());
            case "cache":
                return stats.getCacheBytes();
            default:
                throw new Withheld(Because.FAILED, "no part of storage: " + part);
        }
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        String part = cell.field("part");
        if (Values.number(value) != 0) {
            throw new Withheld(Because.FAILED, "what was cleared does not come back");
        }
        Context context = sight.context(cell.user());
        String name = cell.packageName();
        sight.application(cell);
        if ("cache".equals(part)) {
            // Without the permission the platform neither clears nor answers (PackageManagerService, Android 8 and later).
            if (context.checkSelfPermission("android.permission.INTERNAL_DELETE_CACHE_FILES")
                    != PackageManager.PERMISSION_GRANTED) {
                throw new Withheld(Because.NEEDS_PERMISSION, "android.permission.INTERNAL_DELETE_CACHE_FILES");
            }
            await(cell, sight, done -> ClearingCompat.cache(context, name, cell.user(), done));
        } else if ("data".equals(part)) {
            await(cell, sight, done -> ClearingCompat.data(context, name, cell.user(), done));
        } else {
            throw new Withheld(Because.FAILED, "the program itself is not cleared");
        }
    }

    /** Starts clearing. */
    private interface Clearing {
        void start(@NonNull ClearingCompat.Done done);
    }

    private static void await(@NonNull Cell cell, @NonNull Sight sight, @NonNull Clearing clearing) throws Withheld {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean cleared = new AtomicBoolean();
        sight.make(cell, () -> clearing.start(successful -> {
            cleared.set(successful);
            ended.countDown();
        }));
        try {
            if (!ended.await(sight.calls().patienceForWorkMillis(), TimeUnit.MILLISECONDS)) {
                throw new Withheld(Because.TIMED_OUT, "the platform did not say how clearing ended");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Withheld(Because.FAILED, "interrupted while the platform cleared");
        }
        if (!cleared.get()) {
            throw new Withheld(Because.FAILED, "the platform did not clear it; the app may forbid it (allowClearUserData)");
        }
    }
}
