// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import android.Manifest;
import android.app.AppOpsManager;
import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * The platform's own history of app-ops (system API since Android 10; single accesses with their time since 12). In Android 11
 * and 12 it is for the system and its permission controller alone, since 13 also for who holds GET_HISTORICAL_APP_OPS_STATS;
 * anybody else is answered with an empty history (frameworks/base, {@code AppOpsService.getHistoricalOps}), which looks as if
 * nothing had happened. So it is not asked there.
 */
final class HistoryCompat {
    /** {@code AppOpsManager.HISTORY_FLAGS_ALL}: sums and single accesses. */
    private static final int BOTH = 0x3;
    private static final int ALL_OP_FLAGS = 0x1f;
    private static final long PATIENCE_SECONDS = 60;

    private HistoryCompat() {
    }

    private static void check(@NonNull Context context) throws Withheld {
        if (Build.VERSION.SDK_INT < 29) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "no history before Android 10");
        } else if (Build.VERSION.SDK_INT >= 30 && Build.VERSION.SDK_INT < 33) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "Android 11 and 12 keep the history to themselves");
        } else if (Build.VERSION.SDK_INT >= 33 && !holds(context, Manifest.permission.GET_HISTORICAL_APP_OPS_STATS)) {
            throw new Withheld(Because.NEEDS_ROLE, "the history is for the system's protection service");
        } else if (!holds(context, Manifest.permission.GET_APP_OPS_STATS)) {
            throw new Withheld(Because.NEEDS_PERMISSION, "the history needs GET_APP_OPS_STATS");
        }
    }

    private static boolean holds(@NonNull Context context, @NonNull String permission) {
        return context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED;
    }

    /** Reads the history between two times and hands every entry on; the last ones wait for {@link Batches#finish}. */
    static void read(@NonNull Context context, @NonNull AppOpsManager manager, @NonNull String[] ops, long from, long to,
            @NonNull Batches events) throws Exception {
        check(context);
        AppOpsManager.HistoricalOpsRequest.Builder builder =
                new AppOpsManager.HistoricalOpsRequest.Builder(from, to)
                        .setOpNames(Arrays.asList(ops))
                        .setFlags(ALL_OP_FLAGS);
        if (Build.VERSION.SDK_INT >= 31) {
            builder.setHistoryFlags(BOTH);
        }
        AtomicReference<AppOpsManager.HistoricalOps> answer = new AtomicReference<>();
        CountDownLatch came = new CountDownLatch(1);
        manager.getHistoricalOps(builder.build(), Runnable::run, history -> {
            answer.set(history);
            came.countDown();
        });
        try {
            if (!came.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Withheld(Because.TIMED_OUT, "the platform's history did not come");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Withheld(Because.FAILED, "interrupted while the platform read its history");
        }
        AppOpsManager.HistoricalOps history = answer.get();
        if (history == null) {
            throw new Withheld(Because.FAILED, "the platform answered without a history");
        }
        take(history, to, events);
    }

    private static void take(@NonNull AppOpsManager.HistoricalOps history, long to, @NonNull Batches events)
            throws Exception {
        for (int u = 0; u < history.getUidCount(); u++) {
            AppOpsManager.HistoricalUidOps uid = history.getUidOpsAt(u);
            for (int p = 0; p < uid.getPackageCount(); p++) {
                AppOpsManager.HistoricalPackageOps ops = uid.getPackageOpsAt(p);
                for (int o = 0; o < ops.getOpCount(); o++) {
                    take(uid.getUid(), ops.getPackageName(), ops.getOpAt(o), to, events);
                }
            }
        }
    }

    private static void take(int uid, @NonNull String name, @NonNull AppOpsManager.HistoricalOp op, long to,
            @NonNull Batches events) throws Exception {
        int single = 0;
        if (Build.VERSION.SDK_INT >= 31) {
            for (int i = 0; i < op.getDiscreteAccessCount(); i++) {
                AppOpsManager.AttributedOpEntry entry = op.getDiscreteAccessAt(i);
                long at = entry.getLastAccessTime(ALL_OP_FLAGS);
                if (at > 0) {
                    long lasted = Math.max(0, entry.getLastDuration(ALL_OP_FLAGS));
                    events.add(Event.history(at, uid, name, op.getOpName(), null, true, lasted, 1));
                    single++;
                }
            }
        }
        if (single > 0) {
            return;
        }
        long count = op.getAccessCount(AppOpsManager.UID_STATE_PERSISTENT, AppOpsManager.UID_STATE_CACHED, ALL_OP_FLAGS);
        long refused = op.getRejectCount(AppOpsManager.UID_STATE_PERSISTENT, AppOpsManager.UID_STATE_CACHED,
                ALL_OP_FLAGS);
        long lasted = op.getAccessDuration(AppOpsManager.UID_STATE_PERSISTENT, AppOpsManager.UID_STATE_CACHED,
                ALL_OP_FLAGS);
        if (count > 0) {
            events.add(Event.history(to, uid, name, op.getOpName(), null, true, lasted, count));
        }
        if (refused > 0) {
            events.add(Event.history(to, uid, name, op.getOpName(), null, false, 0, refused));
        }
    }
}
