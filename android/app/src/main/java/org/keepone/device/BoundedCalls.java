// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;

/**
 * Puts questions to the platform and waits a bounded time for each. A binder call cannot be taken back, so a question
 * that hangs keeps its thread; when too many hang, further ones are answered with {@link Because#TIMED_OUT} at once
 * instead of piling up.
 */
@WorkerThread
public final class BoundedCalls {
    /** So long the platform may take for one answer: more than its own watchdog lets a lock be held in practice. */
    public static final long PATIENCE_MILLIS = 20_000;

    private static final int MOST_AT_ONCE = 16;

    private final ExecutorService workers;
    private final long patienceMillis;

    /** A question that may fail in any way. */
    @FunctionalInterface
    public interface Question<T> {
        /**
         * Asks.
         *
         * @return the answer
         * @throws Exception in whatever way the platform fails
         */
        T ask() throws Exception;
    }

    /** Waits {@link #PATIENCE_MILLIS} for every answer. */
    public BoundedCalls() {
        this(PATIENCE_MILLIS);
    }

    /**
     * Waits as long as it is told.
     *
     * @param patienceMillis how long to wait for one answer
     */
    public BoundedCalls(long patienceMillis) {
        this.patienceMillis = patienceMillis;
        workers = new ThreadPoolExecutor(0, MOST_AT_ONCE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "keepone-platform");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Asks and waits.
     *
     * @param what is asked, for the reason when nothing comes
     * @param question the question
     * @return its answer
     * @throws Withheld when it failed or no answer came in time
     */
    public <T> T ask(@NonNull String what, @NonNull Question<T> question) throws Withheld {
        Future<T> future;
        try {
            future = workers.submit(question::ask);
        } catch (RejectedExecutionException full) {
            throw new Withheld(Because.TIMED_OUT, what + ": " + MOST_AT_ONCE + " questions are unanswered");
        }
        try {
            return future.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            future.cancel(true);
            throw new Withheld(Because.TIMED_OUT, what + ": no answer in " + patienceMillis + " ms");
        } catch (InterruptedException stopped) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new Withheld(Because.FAILED, what + ": interrupted");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof Error && !(cause instanceof LinkageError)) {
                throw (Error) cause;
            }
            throw Withheld.of(cause == null ? failed : cause);
        }
    }

    /** Returns how long to wait for work that ends some time after it was taken, such as an uninstall. */
    public long patienceForWorkMillis() {
        return 3 * patienceMillis;
    }

    /** A change that gives no answer. */
    @FunctionalInterface
    public interface Change {
        /**
         * Makes it.
         *
         * @throws Exception in whatever way the platform fails
         */
        void make() throws Exception;
    }

    /**
     * Makes a change and waits until the platform has taken it.
     *
     * @param what is changed, for the reason when nothing comes
     * @param change the change
     * @throws Withheld when it failed or was not taken in time
     */
    public void make(@NonNull String what, @NonNull Change change) throws Withheld {
        ask(what, () -> {
            change.make();
            return Boolean.TRUE;
        });
    }
}
