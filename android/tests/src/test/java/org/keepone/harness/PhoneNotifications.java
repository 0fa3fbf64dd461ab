// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.NotificationManager;
import android.content.ComponentName;
import android.content.pm.PackageManager;
import android.os.Build;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowNotificationManager;

/**
 * Robolectric's notification manager, with what the service refuses to an app that is not the system itself
 * ({@code NotificationManagerService}: {@code enforceSystemOrSystemUIOrSamePackage}, {@code checkCallerIsSystemOrShell} up to
 * Android 11, {@code checkNotificationListenerAccess} since).
 */
@Implements(value = NotificationManager.class, isInAndroidSdk = false)
public class PhoneNotifications extends ShadowNotificationManager {
    private static boolean holds(String permission) {
        return RuntimeEnvironment.getApplication().checkSelfPermission("android.permission." + permission)
                == PackageManager.PERMISSION_GRANTED;
    }

    @Implementation
    protected boolean isNotificationPolicyAccessGrantedForPackage(String name) {
        if (!name.equals(RuntimeEnvironment.getApplication().getPackageName()) && !holds("STATUS_BAR_SERVICE")) {
            throw new SecurityException("request policy access status for another package");
        }
        return false;
    }

    @Implementation
    protected void setNotificationPolicyAccessGranted(String name, boolean granted) {
        throw new SecurityException("Disallowed call");
    }

    @Implementation(minSdk = 27)
    protected void setNotificationListenerAccessGrantedForUser(ComponentName listener, int user, boolean granted) {
        if (Build.VERSION.SDK_INT < 31 || !holds("MANAGE_NOTIFICATION_LISTENERS")) {
            throw new SecurityException("Disallowed call");
        }
        setNotificationListenerAccessGranted(listener, granted);
    }
}
