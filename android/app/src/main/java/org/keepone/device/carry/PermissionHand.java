// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.Arrays;

import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.os.Process;
import android.os.UserHandle;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Withheld;

/**
 * A runtime permission with its flags, which the platform shows to the system's own apps alone: that it is granted, everybody
 * may see ({@code PermissionManagerServiceImpl.getPermissionFlags}, {@code PackageManager.checkPermission}). For an app that targets Android 5 the platform never takes a permission away: it flags
 * it as revoked and lets the app-op refuse ({@code FLAG_PERMISSION_REVOKED_COMPAT}), so that is what is written and read.
 */
final class PermissionHand implements Hand {
    static final int REVOKED_COMPAT = 1 << 3;
    private static final int SYSTEM_FIXED = 1 << 4;
    private static final int POLICY_FIXED = 1 << 2;

    /** What the platform lets the holder of GRANT/REVOKE_RUNTIME_PERMISSIONS write: what is the user's own. */
    private static final int WRITABLE = 1 | 1 << 1 | REVOKED_COMPAT | 1 << 6 | 1 << 16 | 1 << 17 | 1 << 19;

    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        String permission = cell.field("permission");
        requested(cell, permission, sight);
        boolean isLegacy = isLegacy(cell, sight);
        Integer flags = visibleFlags(cell, permission, isLegacy, sight);
        boolean granted = granted(cell, permission, sight)
                && !(isLegacy && flags != null && (flags & REVOKED_COMPAT) != 0);
        try {
            return new JSONObject().put("granted", granted).putOpt("flags", flags);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        if (!(value instanceof JSONObject) || !((JSONObject) value).has("granted")) {
            throw Values.other("a permission", value);
        }
        boolean wanted = ((JSONObject) value).optBoolean("granted");
        String permission = cell.field("permission");
        requested(cell, permission, sight);
        changeable(cell, permission, sight);
        int before = flags(cell, permission, sight);
        if ((before & SYSTEM_FIXED) != 0 && Process.myUid() != Process.SYSTEM_UID) {
            throw new Withheld(Because.FIXED_BY_SYSTEM, permission + " is fixed by the system");
        } else if ((before & POLICY_FIXED) != 0) {
            throw new Withheld(Because.FIXED_BY_POLICY, permission + " is fixed by the device's policy");
        }
        int flags = ((JSONObject) value).optInt("flags", before);
        if (isLegacy(cell, sight)) {
            flags = wanted ? flags & ~REVOKED_COMPAT : flags | REVOKED_COMPAT;
        } else if (granted(cell, permission, sight) != wanted) {
            grant(cell, permission, wanted, sight);
        }
        writeFlags(cell, permission, flags, sight);
    }

    private static void grant(@NonNull Cell cell, @NonNull String permission, boolean wanted, @NonNull Sight sight)
            throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        UserHandle user = ContextsCompat.handle(cell.user());
        String name = cell.packageName();
        sight.make(cell, () -> PermissionsCompat.grant(manager, name, permission, user, wanted));
    }

    private static void writeFlags(@NonNull Cell cell, @NonNull String permission, int flags, @NonNull Sight sight)
            throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        UserHandle user = ContextsCompat.handle(cell.user());
        String name = cell.packageName();
        sight.make(cell, () ->
                PermissionsCompat.writeFlags(manager, name, permission, user, WRITABLE, flags));
    }

    /** What an app did not ask for, it can neither be given nor refused. */
    private static void requested(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight)
            throws Withheld {
        PackageInfo info = sight.packageInfo(cell, PackageManager.GET_PERMISSIONS);
        if (info.requestedPermissions == null || !Arrays.asList(info.requestedPermissions).contains(permission)) {
            throw new Withheld(Because.GONE, cell.packageName() + " does not ask for " + permission);
        }
    }

    /** Permissions that come with the installation, nobody takes away. */
    private static void changeable(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight)
            throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        PermissionInfo info = sight.ask(cell, () -> manager.getPermissionInfo(permission, 0));
        if (!PermissionsCompat.isChangeable(info)) {
            throw new Withheld(Because.FIXED_BY_SYSTEM, permission + " comes with the installation");
        }
    }

    private static boolean granted(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight)
            throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        String name = cell.packageName();
        return sight.ask(cell, () -> manager.checkPermission(permission, name)) == PackageManager.PERMISSION_GRANTED;
    }

    /** Returns the flags, {@code null} where this app may not see them. Without them it is not known what a legacy app may. */
    @Nullable
    private static Integer visibleFlags(
            @NonNull Cell cell, @NonNull String permission, boolean isLegacy, @NonNull Sight sight) throws Withheld {
        try {
            return flags(cell, permission, sight);
        } catch (Withheld withheld) {
            boolean isHidden = withheld.because() == Because.NEEDS_PERMISSION
                    || withheld.because() == Because.NOT_ON_THIS_RELEASE;
            if (isLegacy || !isHidden) {
                throw withheld;
            }
            return null;
        }
    }

    private static int flags(@NonNull Cell cell, @NonNull String permission, @NonNull Sight sight) throws Withheld {
        PackageManager manager = sight.manager(cell.user());
        UserHandle user = ContextsCompat.handle(cell.user());
        String name = cell.packageName();
        return sight.ask(cell, () -> PermissionsCompat.flags(manager, name, permission, user));
    }

    private static boolean isLegacy(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return sight.application(cell).targetSdkVersion < 23;
    }
}
