// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import android.os.SystemClock;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.engine.EngineException;

/**
 * Documents that take longer to make than their reader may wait. Each is made once, on a thread of its own, and kept for a
 * while; whoever comes too early learns how far it is.
 */
final class Answers {
    /** So long a document counts as that of the phone's present state. */
    private static final long KEPT_MILLIS = 60_000;

    /** Makes a document. */
    @FunctionalInterface
    interface Maker {
        @NonNull
        byte[] make(@NonNull String want, @NonNull Progress progress) throws EngineException;
    }

    /** How far the making is. */
    static final class Progress {
        private volatile int done;
        private volatile int of;

        void at(int doneNow, int ofNow) {
            done = doneNow;
            of = ofNow;
        }

        int done() {
            return done;
        }

        int of() {
            return of;
        }
    }

    private static final class Making {
        private final Progress progress = new Progress();
        private final FutureTask<byte[]> task;
        private final long begun = SystemClock.elapsedRealtime();

        Making(@NonNull Maker maker, @NonNull String want) {
            task = new FutureTask<>(() -> maker.make(want, progress));
        }
    }

    private final Maker maker;
    private final Map<String, Making> makings = new HashMap<>();

    Answers(@NonNull Maker maker) {
        this.maker = maker;
    }

    /** Starts making a document unless one is being made or is fresh enough. */
    @NonNull
    private synchronized Making making(@NonNull String want) {
        Making known = makings.get(want);
        boolean old = known != null && known.task.isDone()
                && SystemClock.elapsedRealtime() - known.begun > KEPT_MILLIS;
        if (known == null || old) {
            known = new Making(maker, want);
            makings.put(want, known);
            Thread thread = new Thread(known.task, "keepone-answers");
            thread.setDaemon(true);
            thread.start();
        }
        return known;
    }

    /** Forgets a document that failed, so that the next one who asks is not told of an old failure. */
    private synchronized void forget(@NonNull String want, @NonNull Making failed) {
        if (makings.get(want) == failed) {
            makings.remove(want);
        }
    }

    /**
     * Returns a document if it comes in time.
     *
     * @return the document, {@code null} while it is being made
     * @throws EngineException when it could not be made
     */
    @Nullable
    byte[] get(@NonNull String want, long patienceMillis) throws EngineException {
        Making making = making(want);
        try {
            return making.task.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException early) {
            return null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException failed) {
            forget(want, making);
            Throwable cause = failed.getCause();
            if (cause instanceof EngineException) {
                throw (EngineException) cause;
            }
            throw new EngineException("internal", String.valueOf(cause), String.valueOf(cause));
        }
    }

    /** Returns how far a document is. */
    @NonNull
    Progress progress(@NonNull String want) {
        return making(want).progress;
    }
}
