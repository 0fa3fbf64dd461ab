// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.ActivityManager;
import android.content.pm.ApplicationInfo;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** The stopped state. Writing {@code true} is a force-stop ({@code FORCE_STOP_PACKAGES}); the app's user lifts it by opening it. */
final class StoppedHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return (sight.application(cell).flags & ApplicationInfo.FLAG_STOPPED) != 0;
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        boolean stopped = Values.flag(value);
        String name = cell.packageName();
        sight.application(cell);
        if (!stopped) {
            sight.make(cell, () -> PackageServiceCompat.setStopped(name, false, cell.user()));
            return;
        }
        ActivityManager manager = sight.context(cell.user()).getSystemService(ActivityManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no activity service");
        }
        sight.make(cell, () -> PackageServiceCompat.forceStop(manager, name, cell.user()));
    }
}
