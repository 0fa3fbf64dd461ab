// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.ArrayList;
import java.util.List;

import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.pm.ActivityInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Device administrators ({@code MANAGE_DEVICE_ADMINS}). An owner of the device or a profile is the policy itself and stays. */
final class DeviceAdmins implements Access {
    private static final String GUARD = "android.permission.BIND_DEVICE_ADMIN";

    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return !active(cell, sight).isEmpty();
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        DevicePolicyManager manager = manager(cell, sight);
        if (!wanted) {
            String name = cell.packageName();
            if (sight.ask(cell, () -> AdminsCompat.isOwner(manager, name))) {
                throw new Withheld(Because.FIXED_BY_POLICY, name + " owns the device or the profile");
            }
            for (ComponentName admin : active(cell, sight)) {
                sight.make(cell, () -> manager.removeActiveAdmin(admin));
            }
            return;
        }
        for (ComponentName admin : declared(cell, sight)) {
            sight.make(cell, () -> AdminsCompat.set(manager, admin, cell.user()));
        }
    }

    @NonNull
    private static List<ComponentName> active(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        DevicePolicyManager manager = manager(cell, sight);
        List<ComponentName> admins = sight.ask(cell, () -> {
            List<ComponentName> all = AdminsCompat.active(manager, cell.user());
            return all == null ? new ArrayList<ComponentName>() : new ArrayList<>(all);
        });
        String name = cell.packageName();
        admins.removeIf(admin -> !name.equals(admin.getPackageName()));
        return admins;
    }

    @NonNull
    private static List<ComponentName> declared(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        PackageInfo info = sight.packageInfo(cell, PackageManager.GET_RECEIVERS);
        List<ComponentName> admins = new ArrayList<>();
        if (info.receivers != null) {
            for (ActivityInfo receiver : info.receivers) {
                if (GUARD.equals(receiver.permission)) {
                    admins.add(new ComponentName(receiver.packageName, receiver.name));
                }
            }
        }
        if (admins.isEmpty()) {
            throw new Withheld(Because.GONE, cell.packageName() + " declares no device administrator");
        }
        return admins;
    }

    @NonNull
    private static DevicePolicyManager manager(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        DevicePolicyManager manager = sight.context(cell.user()).getSystemService(DevicePolicyManager.class);
        if (manager == null) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "this phone has no device policy service");
        }
        return manager;
    }
}
