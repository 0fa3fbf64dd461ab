// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;
import org.keepone.device.record.HistoryJob;

/** The phone has started, or this app was updated: choices are held again and the record is taken up. */
public final class StartReceiver extends BroadcastReceiver {
    private static final String TAG = "KeepOne";
    private static final Set<String> ACTIONS = Collections.unmodifiableSet(new HashSet<>(Arrays.asList(
            Intent.ACTION_LOCKED_BOOT_COMPLETED, Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)));

    @Override
    public void onReceive(@NonNull Context context, @Nullable Intent intent) {
        String action = intent == null ? null : intent.getAction();
        if (action == null || !ACTIONS.contains(action)) {
            // The receiver is not exported; an explicit intent from our own process is all that can come here.
            Log.w(TAG, "refused: " + PackageNames.forLog(action));
            return;
        }
        Request.enqueue(context, Request.ALL_USERS, null);
        HistoryJob.schedule(context);
    }
}
