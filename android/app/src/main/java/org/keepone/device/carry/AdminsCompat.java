// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.List;

import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PhoneUser;

/** Hidden methods of the device policy service; for the own user the public one answers too. */
final class AdminsCompat {
    private AdminsCompat() {
    }

    @Nullable
    static List<ComponentName> active(@NonNull DevicePolicyManager manager, int user) {
        return user == PhoneUser.own() ? manager.getActiveAdmins() : manager.getActiveAdminsAsUser(user);
    }

    static boolean isOwner(@NonNull DevicePolicyManager manager, @NonNull String name) {
        return manager.isDeviceOwnerApp(name) || manager.isProfileOwnerApp(name);
    }

    static void set(@NonNull DevicePolicyManager manager, @NonNull ComponentName admin, int user) {
        manager.setActiveAdmin(admin, true, user);
    }
}
