// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.Set;

import android.app.NotificationManager;
import android.content.ComponentName;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** Reading other apps' notifications. Given to all listeners of the package, since the user decides over the app. */
final class NotificationListeners implements Access {
    private static final String SETTING = "enabled_notification_listeners";
    private static final String GUARD = "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE";

    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        return !SecureList.of(SecureList.read(cell, SETTING, sight), cell.packageName()).isEmpty();
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        NotificationManager manager = sight.context(cell.user()).getSystemService(NotificationManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no notification service");
        }
        for (ComponentName listener : ServicesOf.guardedBy(cell, GUARD, sight)) {
            try {
                sight.make(cell, () -> NotificationsCompat.setListener(manager, listener, cell.user(), wanted));
            } catch (Withheld withheld) {
                if (withheld.because() != Because.NOT_ON_THIS_RELEASE) {
                    throw withheld;
                }
                Set<String> entries = SecureList.read(cell, SETTING, sight);
                entries.removeAll(SecureList.of(entries, cell.packageName()));
                if (wanted) {
                    entries.add(listener.flattenToString());
                }
                SecureList.write(cell, SETTING, entries, sight);
            }
        }
    }
}
