// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.os.PowerManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Exemption from battery optimisation. The platform keeps one list for all users of the phone. */
final class BatteryExemption implements Access {
    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        PowerManager manager = sight.context(cell.user()).getSystemService(PowerManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no power service");
        }
        String name = cell.packageName();
        return sight.ask(cell, () -> manager.isIgnoringBatteryOptimizations(name));
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        String name = cell.packageName();
        sight.make(cell, () -> IdleListCompat.set(name, wanted));
    }
}
