// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Whether a package is installed for a user: uninstalls for that user alone, and brings back what the phone still has. */
final class InstalledHand implements Hand {
    /** {@code PackageManager.INSTALL_SUCCEEDED}, hidden until Android 12 under the same value. */
    private static final int INSTALL_SUCCEEDED = 1;

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return (sight.application(cell).flags & ApplicationInfo.FLAG_INSTALLED) != 0;
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        if (Values.flag(value)) {
            bringBack(cell, sight);
        } else {
            Uninstall.forUser(cell, sight);
        }
    }

    private static void bringBack(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        String name = cell.packageName();
        int result = sight.ask(cell, () -> UninstallCompat.bringBack(manager, name, cell.user()));
        if (result != INSTALL_SUCCEEDED) {
            throw new Withheld(Because.FAILED, "install-existing answered " + result);
        }
    }
}
