// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Whether a package is suspended: shown greyed, not started. */
final class SuspendedHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return (sight.application(cell).flags & ApplicationInfo.FLAG_SUSPENDED) != 0;
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        boolean suspended = Values.flag(value);
        PackageManager manager = sight.manager(cell.user());
        String[] names = {cell.packageName()};
        sight.application(cell);
        String[] left = sight.ask(cell, () -> {
            String[] answer = SuspensionCompat.write(manager, names, suspended, cell.user());
            return answer == null ? new String[0] : answer;
        });
        if (left.length > 0) {
            // The platform names what it does not suspend: launcher, dialer, installer, admins (SuspendPackageHelper).
            throw new Withheld(Because.FIXED_BY_SYSTEM, "the platform keeps it from being suspended");
        }
    }
}
