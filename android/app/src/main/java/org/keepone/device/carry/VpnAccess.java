// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.AppOpsManager;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.AppOpsCompat;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * Starting a VPN without asking again: the op behind {@code VpnService.prepare} (frameworks/base, {@code
 * com.android.server.connectivity.Vpn.setPackageAuthorization}).
 */
final class VpnAccess implements Access {
    private static final String OP = "android:activate_vpn";

    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = manager(cell, sight);
        int uid = sight.uid(cell);
        String name = cell.packageName();
        return sight.ask(cell, () -> AppOpsCompat.read(manager, OP, uid, name)) == AppOpsManager.MODE_ALLOWED;
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = manager(cell, sight);
        PackageManager packages = sight.manager(cell.user());
        int uid = sight.uid(cell);
        String name = cell.packageName();
        int mode = wanted ? AppOpsManager.MODE_ALLOWED : AppOpsManager.MODE_IGNORED;
        sight.make(cell, () -> AppOpsCompat.write(manager, packages, OP, uid, name, mode));
    }

    @NonNull
    private static AppOpsManager manager(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = sight.context(cell.user()).getSystemService(AppOpsManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no app-ops service");
        }
        return manager;
    }
}
