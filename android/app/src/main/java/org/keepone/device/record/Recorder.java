// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import android.app.AppOpsManager;
import android.content.Context;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Because;
import org.keepone.device.PhoneUser;
import org.keepone.device.Places;
import org.keepone.device.SeenUsers;
import org.keepone.device.Withheld;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;

/**
 * The record of processing for as long as this process lives: what is noted and what lasts, grants and revokes, and from the
 * platform's history what happened while nobody watched.
 */
public final class Recorder {
    private static final String TAG = "KeepOne";

    /** Reasons that are the same tomorrow; after any other the history is asked for again. */
    private static final Set<Because> LASTING =
            EnumSet.of(Because.NOT_ON_THIS_RELEASE, Because.NEEDS_ROLE, Because.NEEDS_PERMISSION);

    private static final long UNKNOWN_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** The one that watches in this process. */
    @Nullable private static volatile Recorder watching;

    private final Context context;
    private final Engine engine = new Engine();
    private final File record;
    private final Covered covered;
    private final SeenUsers seen;

    /** Since when it watches; 0: it does not. */
    private volatile long watchedSince;

    /** Whether nothing happens unseen any more: it is watched, and what happened before is taken over or told as unknown. */
    private volatile boolean whole;

    /**
     * Makes a recorder that has not begun.
     *
     * @param context the application
     * @throws IOException when the record's folder cannot be made
     */
    public Recorder(@NonNull Context context) throws IOException {
        this.context = context;
        record = new Places(context).record();
        covered = new Covered(context);
        seen = new SeenUsers(context);
    }

    private void append(@NonNull byte[] request) throws EngineException {
        // What comes while the store writes waits in memory, and is not covered yet.
        long now = System.currentTimeMillis();
        Places.turn().lock();
        try {
            engine.records(request, record);
        } finally {
            Places.turn().unlock();
        }
        if (whole) {
            covered.until(now);
        }
    }

    /** Begins to watch and fills the gap since the last run. */
    @WorkerThread
    public void begin() {
        AppOpsManager manager = context.getSystemService(AppOpsManager.class);
        if (manager == null) {
            return;
        }
        EventBuffer events = new EventBuffer(context.getPackageName(), this::append, seen);
        PackageEvents.begin(context, events);
        new GrantWatch(context, events).begin();
        try {
            String[] ops = WatchedOps.ask(engine, record);
            if (OpWatchCompat.watch(manager, ops, events)) {
                watchedSince = System.currentTimeMillis();
                watching = this;
            }
            // Last, since the platform may take its time over a week. Where it fails, the gap stays open for the next try.
            history(manager, ops);
        } catch (EngineException refused) {
            Log.w(TAG, "app-ops are not recorded: " + refused.getMessage());
        }
    }

    /** Fills the gap from the platform's history, once; up to where this process watches, if it does. */
    @WorkerThread
    public void fill() {
        Recorder watcher = watching;
        if (watcher != null && watcher != this && watcher.context == context) {
            watcher.fill();
            return;
        }
        AppOpsManager manager = context.getSystemService(AppOpsManager.class);
        try {
            if (manager != null) {
                history(manager, WatchedOps.ask(engine, record));
            }
        } catch (EngineException refused) {
            Log.w(TAG, "app-ops are not recorded: " + refused.getMessage());
        }
    }

    private void history(@NonNull AppOpsManager manager, @NonNull String[] ops) {
        // The job and the start of the process must not both take the same week.
        synchronized (Recorder.class) {
            if (whole) {
                return;
            }
            long to = watchedSince > 0 ? watchedSince : System.currentTimeMillis();
            long from = covered.missingFrom(to);
            if (from >= to || ops.length == 0 || isClosed(manager, ops, from, to)) {
                whole = watchedSince > 0;
            }
        }
    }

    /** Takes the history between two times over, or records that it is not known. Returns whether either is durable. */
    private boolean isClosed(@NonNull AppOpsManager manager, @NonNull String[] ops, long from, long to) {
        Batches events = new Batches(this::append, seen);
        try {
            HistoryCompat.read(context, manager, ops, from, to, events);
            events.finish();
            Log.i(TAG, events.taken() + " entries of the platform's history taken");
            covered.until(to);
            return true;
        } catch (Withheld kept) {
            return LASTING.contains(kept.because()) && isTold(from, to, kept);
        } catch (Exception | LinkageError refused) {
            Log.i(TAG, "the platform's history is not read: " + refused.getMessage());
            return false;
        }
    }

    /** Records that the time is unknown: as soon as watching ends it, else once a day. */
    private boolean isTold(long from, long to, @NonNull Withheld kept) {
        Log.i(TAG, "the platform's history is withheld: " + kept.getMessage());
        if (watchedSince == 0 && to - from < UNKNOWN_MILLIS) {
            return false;
        }
        Batches events = new Batches(this::append, seen);
        try {
            events.add(Event.unknown(from, to, PhoneUser.own(), context.getPackageName(), kept.because()));
            events.finish();
            covered.until(to);
            return true;
        } catch (Exception failed) {
            Log.w(TAG, "the record could not be written: " + failed.getMessage());
            return false;
        }
    }
}
