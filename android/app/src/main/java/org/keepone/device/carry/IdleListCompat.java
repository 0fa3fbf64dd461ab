// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.os.IDeviceIdleController;
import android.os.RemoteException;
import android.os.ServiceManager;

import org.keepone.annotation.NonNull;

/** The Doze allow-list (DEVICE_POWER), through the one interface that is the same on every release. */
final class IdleListCompat {
    private IdleListCompat() {
    }

    static void set(@NonNull String name, boolean exempt) throws RemoteException {
        IDeviceIdleController controller =
                IDeviceIdleController.Stub.asInterface(ServiceManager.getService("deviceidle"));
        if (controller == null) {
            throw new UnsupportedOperationException("no device idle service");
        } else if (exempt) {
            controller.addPowerSaveWhitelistApp(name);
        } else {
            controller.removePowerSaveWhitelistApp(name);
        }
    }
}
