// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.IntentSender;
import android.os.Build;
import android.os.Handler;

import org.keepone.annotation.NonNull;

/** Receivers and senders for our own eyes, as each release asks for them. */
public final class BroadcastsCompat {
    private BroadcastsCompat() {
    }

    /**
     * Registers a receiver that only this app can reach: not exported since Android 13; before, by an action that nobody
     * else knows.
     *
     * @param context the context to register with
     * @param receiver the receiver
     * @param action its action
     * @param handler where it runs
     */
    public static void register(@NonNull Context context, @NonNull BroadcastReceiver receiver, @NonNull String action,
            @NonNull Handler handler) {
        IntentFilter filter = new IntentFilter(action);
        if (Build.VERSION.SDK_INT >= 33) {
            context.registerReceiver(receiver, filter, null, handler, Context.RECEIVER_NOT_EXPORTED);
        } else {
            context.registerReceiver(receiver, filter, null, handler);
        }
    }

    /**
     * Makes a sender to such a receiver. The platform fills the answer in, so it is mutable, and so it names its receiver's
     * app.
     *
     * @param context the context to send as
     * @param action the receiver's action
     * @return the sender
     */
    @NonNull
    public static IntentSender sender(@NonNull Context context, @NonNull String action) {
        int mutable = Build.VERSION.SDK_INT >= 31 ? PendingIntent.FLAG_MUTABLE : 0;
        Intent intent = new Intent(action).setPackage(context.getPackageName());
        return PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_ONE_SHOT | mutable).getIntentSender();
    }
}
