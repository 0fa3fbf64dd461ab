// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.net.Uri;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.AllUsersCompat;

/** Records that packages were installed, updated and removed; the platform itself keeps no history of that. */
final class PackageEvents extends BroadcastReceiver {
    private final EventBuffer events;

    PackageEvents(@NonNull EventBuffer events) {
        this.events = events;
    }

    static void begin(@NonNull Context context, @NonNull EventBuffer events) {
        IntentFilter packages = new IntentFilter();
        packages.addAction(Intent.ACTION_PACKAGE_ADDED);
        packages.addAction(Intent.ACTION_PACKAGE_REPLACED);
        packages.addAction(Intent.ACTION_PACKAGE_REMOVED);
        packages.addDataScheme("package");
        AllUsersCompat.register(context, new PackageEvents(events), packages);
    }

    @Override
    public void onReceive(@NonNull Context context, @Nullable Intent intent) {
        Uri data = intent == null ? null : intent.getData();
        String name = data == null ? null : data.getSchemeSpecificPart();
        int uid = intent == null ? -1 : intent.getIntExtra(Intent.EXTRA_UID, -1);
        String kind = intent == null ? null : kind(intent);
        if (name != null && uid >= 0 && kind != null) {
            events.add(Event.ofPackage(System.currentTimeMillis(), uid / 100_000, name, kind));
        }
    }

    /** An update is told three times: as removed, added and replaced. */
    @Nullable
    private static String kind(@NonNull Intent intent) {
        boolean replacing = intent.getBooleanExtra(Intent.EXTRA_REPLACING, false);
        String action = String.valueOf(intent.getAction());
        switch (action) {
            case Intent.ACTION_PACKAGE_ADDED:
                return replacing ? null : "install";
            case Intent.ACTION_PACKAGE_REMOVED:
                return replacing ? null : "remove";
            case Intent.ACTION_PACKAGE_REPLACED:
                return "update";
            default:
                return null;
        }
    }
}
