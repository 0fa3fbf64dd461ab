// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.util.Log;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.device.PackageNames;

/** Tells the user of apps that were removed and that an update of the system brought back; of each app once. */
final class CameBackNotice {
    private static final String TAG = "KeepOne";
    private static final String CHANNEL = "came-back";
    private static final String TOLD = "came-back";

    private CameBackNotice() {
    }

    /** Tells of those apps that were not told of before. One that went again is told of anew when it returns. */
    static void tell(@NonNull Context context, int user, @NonNull Collection<String> names) {
        SharedPreferences kept = context.createDeviceProtectedStorageContext()
                .getSharedPreferences(TOLD, Context.MODE_PRIVATE);
        String key = "user-" + user;
        Set<String> before = kept.getStringSet(key, new HashSet<>());
        TreeSet<String> fresh = new TreeSet<>(names);
        fresh.removeAll(before);
        if (!before.equals(new HashSet<>(names))) {
            kept.edit().putStringSet(key, new HashSet<>(names)).apply();
        }
        if (fresh.isEmpty()) {
            return;
        }
        Log.w(TAG, "restored-after-update: " + fresh.size() + " apps of user " + user);
        show(context, user, fresh);
    }

    private static void show(@NonNull Context context, int user, @NonNull TreeSet<String> names) {
        NotificationManager manager = context.getSystemService(NotificationManager.class);
        if (manager == null) {
            return;
        }
        manager.createNotificationChannel(new NotificationChannel(CHANNEL,
                context.getString(R.string.came_back_channel), NotificationManager.IMPORTANCE_DEFAULT));
        Notification.Builder notice = new Notification.Builder(context, CHANNEL)
                .setSmallIcon(android.R.drawable.stat_notify_error)
                .setContentTitle(context.getResources()
                        .getQuantityString(R.plurals.came_back, names.size(), names.size()))
                .setContentText(PackageNames.forLog(String.join(" ", names)))
                .setAutoCancel(true);
        Intent open = context.getPackageManager().getLaunchIntentForPackage(context.getPackageName());
        if (open != null) {
            notice.setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE));
        }
        manager.notify(CHANNEL, user, notice.build());
    }
}
