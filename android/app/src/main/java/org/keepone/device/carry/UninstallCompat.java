// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.Context;
import android.content.Intent;
import android.content.IntentSender;
import android.content.pm.IPackageDeleteObserver;
import android.content.pm.PackageInstaller;
import android.content.pm.PackageManager;
import android.content.pm.VersionedPackage;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Uninstalling a system app for one user, and bringing it back. {@code PackageInstaller.uninstall} takes flags since Android 9; before, only the
 * hidden {@code deletePackageAsUser} does.
 */
final class UninstallCompat {
    /** {@code PackageManager.DELETE_SYSTEM_APP}: for this user, instead of a downgrade for all. */
    private static final int DELETE_SYSTEM_APP = 0x00000004;
    private static final int DELETE_SUCCEEDED = 1;

    private UninstallCompat() {
    }

    /** Starts it; how it ends is sent to {@code answer}. */
    static void uninstall(@NonNull Context context, @NonNull String name, int user, @NonNull IntentSender answer) {
        PackageManager manager = context.getPackageManager();
        if (Build.VERSION.SDK_INT >= 28) {
            manager.getPackageInstaller().uninstall(
                    new VersionedPackage(name, PackageManager.VERSION_CODE_HIGHEST), DELETE_SYSTEM_APP, answer);
            return;
        }
        manager.deletePackageAsUser(name, new IPackageDeleteObserver.Stub() {
            @Override
            public void packageDeleted(@Nullable String deleted, int result) {
                send(context, answer, result);
            }
        }, DELETE_SYSTEM_APP, user);
    }

    /** {@code install-existing}; hidden, and on every release of the same form. */
    @SuppressWarnings("deprecation")
    static int bringBack(@NonNull PackageManager manager, @NonNull String name, int user)
            throws PackageManager.NameNotFoundException {
        return manager.installExistingPackageAsUser(name, user);
    }

    private static void send(@NonNull Context context, @NonNull IntentSender answer, int result) {
        Intent said = new Intent();
        said.putExtra(PackageInstaller.EXTRA_STATUS,
                result == DELETE_SUCCEEDED ? PackageInstaller.STATUS_SUCCESS : PackageInstaller.STATUS_FAILURE);
        said.putExtra(PackageInstaller.EXTRA_STATUS_MESSAGE, "deletePackageAsUser answered " + result);
        try {
            answer.sendIntent(context, 0, said, null, null);
        } catch (IntentSender.SendIntentException cancelled) {
            // Nobody waits any more.
            return;
        }
    }
}
