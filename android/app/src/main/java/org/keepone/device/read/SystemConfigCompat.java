// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import android.content.Context;
import android.os.Build;
import android.os.IDeviceIdleController;
import android.os.RemoteException;
import android.os.ServiceManager;
import android.os.SystemConfigManager;

import org.keepone.annotation.NonNull;

/**
 * The lists of {@code SystemConfig} that the platform tells, each with the release that began to. What it does not tell, the
 * engine reads from the files themselves where it may.
 */
final class SystemConfigCompat {
    /** One list. */
    abstract static class Listing {
        private final String what;

        Listing(@NonNull String what) {
            this.what = what;
        }

        /** Names the list where it was withheld. */
        @NonNull
        String what() {
            return what;
        }

        /** Reads it; empty on releases that do not tell it. */
        @NonNull
        abstract List<SystemConfigFacts.Statement> read(@NonNull Context context) throws RemoteException;
    }

    /** {@code SystemConfigManager}, Android 11; READ_CARRIER_APP_INFO. */
    private static final Listing CARRIER_APPS = new Listing("disabled-until-used") {
        @Override
        @NonNull
        List<SystemConfigFacts.Statement> read(@NonNull Context context) {
            SystemConfigManager manager =
                    Build.VERSION.SDK_INT >= 30 ? context.getSystemService(SystemConfigManager.class) : null;
            if (manager == null) {
                return Collections.emptyList();
            }
            List<SystemConfigFacts.Statement> statements = new ArrayList<>();
            for (String name : manager.getDisabledUntilUsedPreinstalledCarrierApps()) {
                statements.add(new SystemConfigFacts.Statement(name, "disabled-until-used", null));
            }
            return statements;
        }
    };

    /** {@code SystemConfigManager.getPreventUserDisablePackages}, Android 15. */
    private static final Listing PREVENT_DISABLE = new Listing("prevent-disable") {
        @Override
        @NonNull
        List<SystemConfigFacts.Statement> read(@NonNull Context context) {
            SystemConfigManager manager =
                    Build.VERSION.SDK_INT >= 35 ? context.getSystemService(SystemConfigManager.class) : null;
            if (manager == null) {
                return Collections.emptyList();
            }
            List<SystemConfigFacts.Statement> statements = new ArrayList<>();
            for (String name : manager.getPreventUserDisablePackages()) {
                statements.add(new SystemConfigFacts.Statement(name, "prevent-disable", null));
            }
            return statements;
        }
    };

    /** {@code DeviceIdleController}'s own list, which the configuration fills; open to every app. */
    private static final Listing POWER_SAVE = new Listing("allow-in-power-save") {
        @Override
        @NonNull
        List<SystemConfigFacts.Statement> read(@NonNull Context context) throws RemoteException {
            IDeviceIdleController controller =
                    IDeviceIdleController.Stub.asInterface(ServiceManager.getService("deviceidle"));
            String[] names = controller == null ? null : controller.getSystemPowerWhitelist();
            if (names == null) {
                return Collections.emptyList();
            }
            List<SystemConfigFacts.Statement> statements = new ArrayList<>();
            for (String name : names) {
                statements.add(new SystemConfigFacts.Statement(name, "allow-in-power-save", null));
            }
            return statements;
        }
    };

    static final List<Listing> LISTINGS =
            Collections.unmodifiableList(Arrays.asList(CARRIER_APPS, PREVENT_DISABLE, POWER_SAVE));

    private SystemConfigCompat() {
    }
}
