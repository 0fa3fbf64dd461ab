// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import android.app.AppGlobals;
import android.content.pm.InstallSourceInfo;
import android.content.pm.PackageManager;
import android.os.Build;
import android.os.RemoteException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Questions to the package manager whose methods came later, went away or are hidden. */
final class PackagesCompat {
    private PackagesCompat() {
    }

    /** {@code getInstallSourceInfo} since Android 11, {@code getInstallerPackageName} before. */
    @SuppressWarnings("deprecation")
    @Nullable
    static String installer(@NonNull PackageManager packages, @NonNull String name)
            throws PackageManager.NameNotFoundException {
        if (Build.VERSION.SDK_INT >= 30) {
            InstallSourceInfo source = packages.getInstallSourceInfo(name);
            return source.getInstallingPackageName();
        }
        try {
            return packages.getInstallerPackageName(name);
        } catch (IllegalArgumentException unknown) {
            throw new PackageManager.NameNotFoundException(name);
        }
    }

    /** {@code IPackageManager.getBlockUninstallForUser}; no public method reads it. */
    static boolean blocksUninstall(@NonNull String name, int user) throws RemoteException {
        return AppGlobals.getPackageManager().getBlockUninstallForUser(name, user);
    }
}
