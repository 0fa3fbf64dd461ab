// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

import android.content.Context;
import android.os.SystemClock;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Whether this program may see what happens for a user ({@link PhoneUsers}). For those who are told of every event: what the
 * platform said is kept for a while, and asked anew at once for a user that came since.
 */
public final class SeenUsers implements IntPredicate {
    private static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(1);

    /** Events of a user that may not be seen come by the hundred; none of them is worth a question of its own. */
    private static final long SOONEST_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private static final long PATIENCE_MILLIS = 2_000;

    private final Context context;
    private final BoundedCalls calls = new BoundedCalls(PATIENCE_MILLIS);
    @Nullable private PhoneUsers users;
    private long asked;

    /**
     * Has not asked yet.
     *
     * @param context any context of the app
     */
    public SeenUsers(@NonNull Context context) {
        this.context = context;
    }

    @Override
    public synchronized boolean test(int user) {
        if (user == PhoneUser.own()) {
            return true;
        }
        long age = SystemClock.elapsedRealtime() - asked;
        if (users == null || age > KEPT_MILLIS || age > SOONEST_MILLIS && !users.has(user)) {
            PhoneUsers now = PhoneUsers.of(context, calls);
            boolean isAnswer = now.withheld() == null || now.withheld().because() != Because.TIMED_OUT;
            users = users == null || isAnswer ? now : users;
            asked = SystemClock.elapsedRealtime();
        }
        return users.has(user);
    }
}
