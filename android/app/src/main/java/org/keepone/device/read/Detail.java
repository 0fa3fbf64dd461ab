// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * Everything about one package that one answer can carry. An answer that does not come whole is asked for in parts, and the
 * parts that do not come either are noted.
 */
final class Detail {
    private final PackageInfo info;

    private Detail(@NonNull PackageInfo info) {
        this.info = info;
    }

    /** Returns what the platform told. */
    @NonNull
    PackageInfo info() {
        return info;
    }

    /**
     * Asks for a package.
     *
     * @throws Withheld when nothing was told, {@code GONE} when there is none of that name
     */
    @NonNull
    static Detail of(@NonNull Packages packages, @NonNull String name, int user, @NonNull NotRead notRead)
            throws Withheld {
        try {
            return new Detail(packages.info(name, user,
                    Flags.KNOWN | Flags.COMPONENTS | Flags.DECLARED | Flags.signatures()));
        } catch (Withheld withheld) {
            if (!withheld.mayBeTooLarge()) {
                throw withheld;
            }
        }
        PackageInfo whole = packages.info(name, user, Flags.KNOWN);
        for (ComponentKind kind : ComponentKind.values()) {
            part(packages, name, user, kind.flag(), kind.list(), notRead, from -> kind.put(whole, from));
        }
        part(packages, name, user, PackageManager.GET_PROVIDERS, "providers", notRead,
                from -> whole.providers = from.providers);
        part(packages, name, user, PackageManager.GET_PERMISSIONS, "permissions", notRead, from -> {
            whole.requestedPermissions = from.requestedPermissions;
            whole.requestedPermissionsFlags = from.requestedPermissionsFlags;
        });
        part(packages, name, user, PackageManager.GET_CONFIGURATIONS, "features", notRead,
                from -> whole.reqFeatures = from.reqFeatures);
        part(packages, name, user, PackageManager.GET_META_DATA, "meta-data", notRead, from -> {
            ApplicationInfo application = from.applicationInfo;
            if (whole.applicationInfo != null && application != null) {
                whole.applicationInfo.metaData = application.metaData;
            }
        });
        part(packages, name, user, Flags.signatures(), "signers", notRead, from -> takeSignatures(whole, from));
        return new Detail(whole);
    }

    @SuppressWarnings("deprecation")
    private static void takeSignatures(@NonNull PackageInfo into, @NonNull PackageInfo from) {
        if (android.os.Build.VERSION.SDK_INT >= 28) {
            into.signingInfo = from.signingInfo;
        } else {
            into.signatures = from.signatures;
        }
    }

    @FunctionalInterface
    private interface Taking {
        void take(@NonNull PackageInfo from);
    }

    private static void part(@NonNull Packages packages, @NonNull String name, int user, int flag,
            @NonNull String what, @NonNull NotRead notRead, @NonNull Taking taking) throws Withheld {
        try {
            taking.take(packages.info(name, user, Flags.KNOWN | flag));
        } catch (Withheld withheld) {
            if (withheld.because() == Because.GONE) {
                throw withheld;
            }
            notRead.add(what, withheld);
        }
    }
}
