// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.usage.UsageStatsManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * The standby bucket. The platform raises it to the app's own floor without a word ({@code AppStandbyController}), so what was
 * taken need not stand.
 */
final class BucketHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        UsageStatsManager manager = manager(cell, sight);
        String name = cell.packageName();
        sight.application(cell);
        return sight.ask(cell, () -> BucketsCompat.read(manager, name));
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        int bucket = (int) Math.max(0, Math.min(Integer.MAX_VALUE, Values.number(value)));
        UsageStatsManager manager = manager(cell, sight);
        String name = cell.packageName();
        sight.application(cell);
        sight.make(cell, () -> BucketsCompat.write(manager, name, bucket));
    }

    @NonNull
    private static UsageStatsManager manager(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        UsageStatsManager manager = sight.context(cell.user()).getSystemService(UsageStatsManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no usage statistics service");
        }
        return manager;
    }
}
