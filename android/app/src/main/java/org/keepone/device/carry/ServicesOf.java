// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.ArrayList;
import java.util.List;

import android.content.ComponentName;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ServiceInfo;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** The services of a package that only the platform may bind: what makes an app a listener or an accessibility service. */
final class ServicesOf {
    private ServicesOf() {
    }

    /**
     * Lists those guarded by a permission.
     *
     * @throws Withheld {@code GONE} when the package has none
     */
    @NonNull
    static List<ComponentName> guardedBy(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight)
            throws Withheld {
        PackageInfo info = sight.packageInfo(cell, PackageManager.GET_SERVICES);
        List<ComponentName> services = new ArrayList<>();
        if (info.services != null) {
            for (ServiceInfo service : info.services) {
                if (permission.equals(service.permission)) {
                    services.add(new ComponentName(service.packageName, service.name));
                }
            }
        }
        if (services.isEmpty()) {
            throw new Withheld(Because.GONE, cell.packageName() + " has no service guarded by " + permission);
        }
        return services;
    }
}
