// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.Set;

import android.content.ComponentName;

import org.keepone.annotation.NonNull;
import org.keepone.device.Withheld;

/** Seeing and controlling the screen. Kept as a list in the secure settings, which the platform watches. */
final class AccessibilityServices implements Access {
    private static final String SETTING = "enabled_accessibility_services";
    private static final String GUARD = "android.permission.BIND_ACCESSIBILITY_SERVICE";

    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return !SecureList.of(SecureList.read(cell, SETTING, sight), cell.packageName()).isEmpty();
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        Set<String> entries = SecureList.read(cell, SETTING, sight);
        entries.removeAll(SecureList.of(entries, cell.packageName()));
        if (wanted) {
            for (ComponentName service : ServicesOf.guardedBy(cell, GUARD, sight)) {
                entries.add(service.flattenToString());
            }
        }
        SecureList.write(cell, SETTING, entries, sight);
    }
}
