// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.os.Build;
import android.os.UserHandle;

import org.keepone.annotation.NonNull;

/** The parts of a permission's protection level, which have methods of their own since Android 9, and the system API of grants. */
final class PermissionsCompat {
    private PermissionsCompat() {
    }

    /** Whether it is granted and revoked while the app is installed: a runtime or a development permission. */
    @SuppressWarnings("deprecation")
    static boolean isChangeable(@NonNull PermissionInfo permission) {
        int base;
        int flags;
        if (Build.VERSION.SDK_INT >= 28) {
            base = permission.getProtection();
            flags = permission.getProtectionFlags();
        } else {
            base = permission.protectionLevel & PermissionInfo.PROTECTION_MASK_BASE;
            flags = permission.protectionLevel & ~PermissionInfo.PROTECTION_MASK_BASE;
        }
        return base == PermissionInfo.PROTECTION_DANGEROUS
                || (flags & PermissionInfo.PROTECTION_FLAG_DEVELOPMENT) != 0;
    }

    /** GRANT_RUNTIME_PERMISSIONS and REVOKE_RUNTIME_PERMISSIONS. */
    static void grant(@NonNull PackageManager manager, @NonNull String name, @NonNull String permission,
            @NonNull UserHandle user, boolean granted) {
        if (granted) {
            manager.grantRuntimePermission(name, permission, user);
        } else {
            manager.revokeRuntimePermission(name, permission, user);
        }
    }

    /** GRANT, REVOKE or GET_RUNTIME_PERMISSIONS. */
    static int flags(@NonNull PackageManager manager, @NonNull String name, @NonNull String permission,
            @NonNull UserHandle user) {
        return manager.getPermissionFlags(permission, name, user);
    }

    static void writeFlags(@NonNull PackageManager manager, @NonNull String name, @NonNull String permission,
            @NonNull UserHandle user, int mask, int flags) {
        manager.updatePermissionFlags(permission, name, mask, flags & mask, user);
    }

    /** Whether a runtime permission. */
    @SuppressWarnings("deprecation")
    static boolean isRuntime(@NonNull PermissionInfo permission) {
        int base = Build.VERSION.SDK_INT >= 28 ? permission.getProtection()
                : permission.protectionLevel & PermissionInfo.PROTECTION_MASK_BASE;
        return base == PermissionInfo.PROTECTION_DANGEROUS;
    }
}
