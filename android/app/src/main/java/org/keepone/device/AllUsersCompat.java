// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.IntentFilter;
import android.os.Build;
import android.os.UserHandle;
import android.util.Log;

import org.keepone.annotation.NonNull;

/**
 * Receivers for the broadcasts to every user of the phone (INTERACT_ACROSS_USERS_FULL); to the own user alone where that is kept
 * from this app. The broadcasts are the platform's own: nobody else can send them. {@code registerReceiverForAllUsers} is there
 * since Android 11, {@code registerReceiverAsUser} hidden on every release; the former calls the latter with all users.
 */
public final class AllUsersCompat {
    private static final String TAG = "KeepOne";

    private AllUsersCompat() {
    }

    /**
     * Registers for as long as the process lives.
     *
     * @param context the application
     * @param receiver the receiver
     * @param filter broadcasts that the platform alone sends
     */
    public static void register(@NonNull Context context, @NonNull BroadcastReceiver receiver, @NonNull IntentFilter filter) {
        try {
            if (Build.VERSION.SDK_INT >= 30) {
                context.registerReceiverForAllUsers(receiver, filter, null, null);
            } else {
                context.registerReceiverAsUser(receiver, UserHandle.ALL, filter, null, null);
            }
        } catch (SecurityException | LinkageError kept) {
            Log.i(TAG, "only the own user's packages are watched: " + kept.getMessage());
            if (Build.VERSION.SDK_INT >= 33) {
                context.registerReceiver(receiver, filter, Context.RECEIVER_EXPORTED);
            } else {
                context.registerReceiver(receiver, filter);
            }
        }
    }
}
