// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.concurrent.Executor;

import android.os.Handler;
import android.os.Looper;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Heard;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Wording;

/**
 * One page on its way from the phone to a screen. Outlives the screen when it is rotated: work goes on, and whichever
 * screen is attached when it ends shows the page.
 */
final class Loading {
    /** Makes a page, off the main thread. */
    interface Work {
        @WorkerThread
        @NonNull
        Page make(@NonNull Phone.Progress progress) throws Failure;
    }

    /** Is told, on the main thread, how the work stands. */
    interface Watcher {
        void changed(@NonNull Loading loading);
    }

    /** Progress is told to the screen at most this often. */
    private static final long BETWEEN_MILLIS = 50;

    private final Executor worker;
    private final Handler main = new Handler(Looper.getMainLooper());
    @Nullable private Watcher watcher;
    @Nullable private Page page;
    @Nullable private Failure failure;
    @Nullable private volatile Row outcome;
    private String language = "";
    private volatile int heard;
    private int running;
    private int done;
    private int of;

    Loading(@NonNull Executor worker) {
        this.worker = worker;
    }

    /** Tells this screen from now on; {@code null} when the screen goes. */
    void attach(@Nullable Watcher watcher) {
        this.watcher = watcher;
        tell();
    }

    /** Starts making a page in a language; the page before stays until it is there. */
    void start(@NonNull String language, @NonNull Work work) {
        this.language = language;
        running++;
        done = 0;
        of = 0;
        tell();
        worker.execute(
                () -> {
                    long[] told = {0};
                    Phone.Progress progress =
                            (at, end) -> {
                                long now = System.nanoTime() / 1_000_000;
                                if (now - told[0] >= BETWEEN_MILLIS) {
                                    told[0] = now;
                                    main.post(() -> at(at, end));
                                }
                            };
                    try {
                        Page made = work.make(progress);
                        main.post(() -> ended(made, null));
                    } catch (Failure failed) {
                        main.post(() -> ended(null, failed));
                    } catch (RuntimeException ours) {
                        Wording text = new Wording("KeepOne made a mistake: " + ours, "KeepOne 内部出错：" + ours);
                        main.post(() -> ended(null, new Failure("internal", text, ours)));
                    }
                });
    }

    boolean isRunning() {
        return running > 0;
    }

    /** Returns the page in this language; {@code null} when there is none yet. */
    @Nullable
    Page page(@NonNull String wanted) {
        return language.equals(wanted) ? page : null;
    }

    /** Notes that the phone is read from here on. */
    @WorkerThread
    void reads() {
        heard = Heard.times();
    }

    /** Returns whether anything was heard of that may have changed the phone since it was read for the page. */
    boolean isOld() {
        return heard != Heard.times();
    }

    /** Keeps the row that says how what was done came out, or that nothing was. */
    @WorkerThread
    void cameOut(@Nullable Row row) {
        outcome = row;
    }

    /** Returns the row that says how what was done last came out. */
    @Nullable
    Row outcome() {
        return outcome;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    int done() {
        return done;
    }

    int of() {
        return of;
    }

    private void at(int done, int of) {
        this.done = done;
        this.of = of;
        tell();
    }

    private void ended(@Nullable Page made, @Nullable Failure failed) {
        running--;
        failure = failed;
        if (made != null) {
            page = made;
        }
        tell();
    }

    private void tell() {
        if (watcher != null) {
            watcher.changed(this);
        }
    }
}
