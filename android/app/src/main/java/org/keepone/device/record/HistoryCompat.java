// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import android.app.AppOpsManager;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/**
 * The platform's own history of app-ops (system API since Android 10; single accesses with their time since 12). To whom it
 * may not tell, it answers with an empty history (frameworks/base, {@code AppOpsService.getHistoricalOps}).
 */
final class HistoryCompat {
    /** {@code AppOpsManager.HISTORY_FLAGS_ALL}: sums and single accesses. */
    private static final int BOTH = 0x3;
    private static final int ALL_OP_FLAGS = 0x1f;
    private static final long PATIENCE_SECONDS = 60;

    private HistoryCompat() {
    }

    /** Reads the history between two times and hands every entry on. Returns how many there were. */
    static int read(@NonNull AppOpsManager manager, @NonNull String[] ops, long from, long to,
            @NonNull EventBuffer events) throws Withheld {
        if (Build.VERSION.SDK_INT < 29) {
            throw new Withheld(Because.NOT_ON_THIS_RELEASE, "no history before Android 10");
        }
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
        return take(answer.get(), to, events);
    }

    private static int take(@Nullable AppOpsManager.HistoricalOps history, long to, @NonNull EventBuffer events) {
        int taken = 0;
        for (int u = 0; history != null && u < history.getUidCount(); u++) {
            AppOpsManager.HistoricalUidOps uid = history.getUidOpsAt(u);
            for (int p = 0; p < uid.getPackageCount(); p++) {
                AppOpsManager.HistoricalPackageOps ops = uid.getPackageOpsAt(p);
                for (int o = 0; o < ops.getOpCount(); o++) {
                    taken += take(uid.getUid(), ops.getPackageName(), ops.getOpAt(o), to, events);
                }
            }
        }
        return taken;
    }

    private static int take(int uid, @NonNull String name, @NonNull AppOpsManager.HistoricalOp op, long to,
            @NonNull EventBuffer events) {
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
            return single;
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
        return (count > 0 ? 1 : 0) + (refused > 0 ? 1 : 0);
    }
}
