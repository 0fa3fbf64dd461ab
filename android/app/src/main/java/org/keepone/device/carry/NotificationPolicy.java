// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.NotificationManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;

/** Changing Do Not Disturb. The notification service keeps it by package for the user who asks. */
final class NotificationPolicy implements Access {
    @Override
    public boolean has(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        NotificationManager manager = manager(cell, sight);
        String name = cell.packageName();
        return sight.ask(cell, () -> NotificationsCompat.hasPolicyAccess(manager, name));
    }

    @Override
    public void set(@NonNull Cell cell, boolean wanted, @NonNull Sight sight) throws Withheld {
        NotificationManager manager = manager(cell, sight);
        String name = cell.packageName();
        sight.make(cell, () -> NotificationsCompat.setPolicyAccess(manager, name, wanted));
    }

    @NonNull
    private static NotificationManager manager(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        if (cell.user() != PhoneUser.own()) {
            // The service takes the user from the caller's uid, whatever context asks.
            throw new Withheld(Because.HIDDEN_USER, "kept by the notification service for the asking user alone");
        }
        NotificationManager manager = sight.context(cell.user()).getSystemService(NotificationManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no notification service");
        }
        return manager;
    }
}
