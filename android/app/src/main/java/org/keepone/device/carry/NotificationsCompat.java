// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.NotificationManager;
import android.content.ComponentName;
import android.os.Build;

import org.keepone.annotation.NonNull;

/** Setters of the notification service: listeners since Android 8.1 (MANAGE_NOTIFICATION_LISTENERS since 11), Do Not Disturb. */
final class NotificationsCompat {
    private NotificationsCompat() {
    }

    static void setListener(@NonNull NotificationManager manager, @NonNull ComponentName listener, int user,
            boolean granted) {
        if (Build.VERSION.SDK_INT < 27) {
            throw new UnsupportedOperationException("setNotificationListenerAccessGranted before Android 8.1");
        }
        manager.setNotificationListenerAccessGrantedForUser(listener, user, granted);
    }

    static boolean hasPolicyAccess(@NonNull NotificationManager manager, @NonNull String name) {
        return manager.isNotificationPolicyAccessGrantedForPackage(name);
    }

    static void setPolicyAccess(@NonNull NotificationManager manager, @NonNull String name, boolean granted) {
        manager.setNotificationPolicyAccessGranted(name, granted);
    }
}
