// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.ActivityManager;
import android.app.AppGlobals;
import android.os.RemoteException;

import org.keepone.annotation.NonNull;

/** What no public method offers on every release: the package service's own calls, and force-stop. */
final class PackageServiceCompat {
    private PackageServiceCompat() {
    }

    static boolean blocksUninstall(@NonNull String name, int user) throws RemoteException {
        return AppGlobals.getPackageManager().getBlockUninstallForUser(name, user);
    }

    static boolean blockUninstall(@NonNull String name, boolean blocked, int user) throws RemoteException {
        return AppGlobals.getPackageManager().setBlockUninstallForUser(name, blocked, user);
    }

    /** FORCE_STOP_PACKAGES; for another user INTERACT_ACROSS_USERS_FULL. */
    static void forceStop(@NonNull ActivityManager manager, @NonNull String name, int user) {
        manager.forceStopPackageAsUser(name, user);
    }

    /** CHANGE_COMPONENT_ENABLED_STATE; nothing else lifts the stopped state without starting the app. */
    static void setStopped(@NonNull String name, boolean stopped, int user) throws RemoteException {
        AppGlobals.getPackageManager().setPackageStoppedState(name, stopped, user);
    }
}
