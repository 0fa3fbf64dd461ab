// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.usage.UsageStatsManager;
import android.os.Build;

import org.keepone.annotation.NonNull;

/** Standby buckets of other apps: a system API since Android 9 (PACKAGE_USAGE_STATS, CHANGE_APP_IDLE_STATE). */
final class BucketsCompat {
    private BucketsCompat() {
    }

    static int read(@NonNull UsageStatsManager manager, @NonNull String name) {
        if (Build.VERSION.SDK_INT < 28) {
            throw new UnsupportedOperationException("no standby buckets before Android 9");
        }
        return manager.getAppStandbyBucket(name);
    }

    static void write(@NonNull UsageStatsManager manager, @NonNull String name, int bucket) {
        if (Build.VERSION.SDK_INT < 28) {
            throw new UnsupportedOperationException("no standby buckets before Android 9");
        }
        manager.setAppStandbyBucket(name, bucket);
    }
}
