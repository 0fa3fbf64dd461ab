// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.concurrent.TimeUnit;

import android.content.Context;
import android.content.SharedPreferences;

import org.keepone.annotation.NonNull;

/** Up to which time the record knows what happened, so that the platform's history fills the gaps and doubles nothing. */
final class Covered {
    private static final String FILE = "record";
    private static final String UNTIL = "covered-until";

    /** The platform keeps single accesses for seven days ({@code discrete_history_cutoff_millis}). */
    private static final long FARTHEST_MILLIS = TimeUnit.DAYS.toMillis(7);

    private final SharedPreferences kept;

    Covered(@NonNull Context context) {
        kept = context.createDeviceProtectedStorageContext().getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }

    /** Returns from when on history is missing at {@code now}. */
    long missingFrom(long now) {
        long until = kept.getLong(UNTIL, 0);
        // A clock that was set back must not make the record ask for the future.
        return Math.min(now, Math.max(until, now - FARTHEST_MILLIS));
    }

    /** Notes that everything up to {@code time} is recorded. */
    void until(long time) {
        kept.edit().putLong(UNTIL, time).apply();
    }
}
