// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.HashMap;
import java.util.Map;

import android.app.AppOpsManager;
import android.os.Build;
import android.os.SystemClock;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.AppOpsCompat;

/**
 * Live app-ops (WATCH_APPOPS). {@code startWatchingNoted} is there since Android 10 and {@code startWatchingActive} since Android
 * 9; their listeners changed form three times, and an older platform calls the older method by its name and form. So the
 * listeners have all of them.
 */
final class OpWatchCompat {
    private static final String TAG = "KeepOne";
    private static final int MOST_ACTIVE = 1_000;

    private OpWatchCompat() {
    }

    /** Begins to watch. Returns whether anything is watched. */
    @SuppressWarnings("deprecation")
    static boolean watch(@NonNull AppOpsManager manager, @NonNull String[] ops, @NonNull EventBuffer events) {
        if (Build.VERSION.SDK_INT < 28 || ops.length == 0) {
            return false;
        }
        try {
            if (Build.VERSION.SDK_INT >= 30) {
                manager.startWatchingActive(ops, Runnable::run, new Active(events));
            } else {
                manager.startWatchingActive(numbers(ops), new Active(events));
            }
            if (Build.VERSION.SDK_INT >= 29) {
                manager.startWatchingNoted(numbers(ops), new Noted(events));
            }
            return true;
        } catch (SecurityException | LinkageError | UnsupportedOperationException refused) {
            Log.i(TAG, "app-ops are not watched: " + refused.getMessage());
            return false;
        }
    }

    @NonNull
    private static int[] numbers(@NonNull String[] ops) {
        int[] numbers = new int[ops.length];
        for (int i = 0; i < ops.length; i++) {
            numbers[i] = AppOpsCompat.number(ops[i]);
        }
        return numbers;
    }

    /** Takes notes of every form. */
    private static final class Noted implements AppOpsManager.OnOpNotedListener {
        private final EventBuffer events;

        Noted(@NonNull EventBuffer events) {
            this.events = events;
        }

        /** Android 12 and later. */
        @Override
        public void onOpNoted(@NonNull String op, int uid, @NonNull String packageName,
                @Nullable String attribution, int flags, int result) {
            note(op, uid, packageName, attribution, result);
        }

        /** The form that the listener by numbers has in Android 12 and later. */
        public void onOpNoted(int op, int uid, @NonNull String packageName, @Nullable String attribution, int flags,
                int result) {
            note(AppOpsCompat.name(op), uid, packageName, attribution, result);
        }

        /** Android 10 and 11. */
        public void onOpNoted(int op, int uid, @NonNull String packageName, int result) {
            note(AppOpsCompat.name(op), uid, packageName, null, result);
        }

        private void note(@NonNull String op, int uid, @Nullable String packageName, @Nullable String attribution,
                int result) {
            if (packageName != null) {
                events.add(Event.noted(System.currentTimeMillis(), uid, packageName, op, attribution,
                        result == AppOpsManager.MODE_ALLOWED));
            }
        }
    }

    /** Takes the beginning and the end of what lasts, and records it when it ends. */
    private static final class Active implements AppOpsManager.OnOpActiveChangedListener {
        private final EventBuffer events;
        private final Map<String, Long> begun = new HashMap<>();

        Active(@NonNull EventBuffer events) {
            this.events = events;
        }

        /** Android 11 and later. */
        @Override
        public void onOpActiveChanged(@NonNull String op, int uid, @NonNull String packageName, boolean active) {
            change(op, uid, packageName, active);
        }

        /** Android 9 and 10. */
        public void onOpActiveChanged(int op, int uid, @NonNull String packageName, boolean active) {
            change(AppOpsCompat.name(op), uid, packageName, active);
        }

        private void change(@NonNull String op, int uid, @Nullable String packageName, boolean active) {
            if (packageName == null) {
                return;
            }
            String key = uid + " " + op + " " + packageName;
            long now = SystemClock.elapsedRealtime();
            Long since;
            synchronized (begun) {
                if (active) {
                    if (begun.size() < MOST_ACTIVE) {
                        begun.putIfAbsent(key, now);
                    }
                    return;
                }
                since = begun.remove(key);
            }
            if (since != null) {
                long lasted = now - since;
                events.add(Event.lasted(System.currentTimeMillis() - lasted, uid, packageName, op, null, lasted));
            }
        }
    }
}
