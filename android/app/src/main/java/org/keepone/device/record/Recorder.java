// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.io.File;
import java.io.IOException;

import android.app.AppOpsManager;
import android.content.Context;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;
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

    private final Context context;
    private final Engine engine = new Engine();
    private final File record;
    private final EventBuffer events;
    private final Covered covered;

    /** Whether nothing happens unseen any more: it is watched, and what happened before is taken over. */
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
        events = new EventBuffer(context.getPackageName(), this::append, new SeenUsers(context));
    }

    private void append(@NonNull byte[] request) throws EngineException {
        Places.turn().lock();
        try {
            engine.records(request, record);
        } finally {
            Places.turn().unlock();
        }
        if (whole) {
            covered.until(System.currentTimeMillis());
        }
    }

    /** Begins to watch and fills the gap since the last run. */
    @WorkerThread
    public void begin() {
        AppOpsManager manager = context.getSystemService(AppOpsManager.class);
        if (manager == null) {
            return;
        }
        PackageEvents.begin(context, events);
        new GrantWatch(context, events).begin();
        try {
            String[] ops = WatchedOps.ask(engine, record);
            boolean live = OpWatchCompat.watch(manager, ops, events);
            // Last, since the platform may take its time over a week. Where it fails, the gap stays open for the next start.
            whole = history(manager, ops) && live;
        } catch (EngineException refused) {
            Log.w(TAG, "app-ops are not recorded: " + refused.getMessage());
        }
    }

    /** Fills the gap from the platform's history, once. For apps that may not watch. */
    @WorkerThread
    public void fill() {
        AppOpsManager manager = context.getSystemService(AppOpsManager.class);
        try {
            if (manager != null) {
                history(manager, WatchedOps.ask(engine, record));
            }
        } catch (EngineException refused) {
            Log.w(TAG, "app-ops are not recorded: " + refused.getMessage());
        }
        events.flush();
    }

    /** Returns whether nothing is missing any more. */
    private boolean history(@NonNull AppOpsManager manager, @NonNull String[] ops) {
        long now = System.currentTimeMillis();
        long from = covered.missingFrom(now);
        if (from >= now || ops.length == 0) {
            return true;
        }
        try {
            int found = HistoryCompat.read(manager, ops, from, now, events);
            Log.i(TAG, found + " entries of the platform's history taken");
            covered.until(now);
            return true;
        } catch (Withheld | RuntimeException | LinkageError refused) {
            Log.i(TAG, "the platform's history is not read: " + refused.getMessage());
            return false;
        }
    }
}
