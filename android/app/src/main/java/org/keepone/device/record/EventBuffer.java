// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

import android.util.Log;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.device.Document;
import org.keepone.device.PhoneUser;

/**
 * Events on their way to the record: joined where they say the same, appended in batches off the threads that bring them. It
 * holds a bounded number; what does not fit while the store cannot be written is counted, and the count is recorded.
 */
final class EventBuffer {
    private static final String TAG = "KeepOne";

    /** Some 400 bytes each: under 2 MB. */
    static final int MOST = 4_000;
    private static final int BATCH = 200;
    private static final long WAIT_MILLIS = 5_000;
    private static final long SAME_MILLIS = 1_000;

    /** Appends to the store. */
    @FunctionalInterface
    interface Store {
        void append(@NonNull byte[] request) throws Exception;
    }

    private final String ownName;
    private final Store store;
    private final IntPredicate seen;
    private final ScheduledExecutorService worker;
    private final ArrayDeque<Event> waiting = new ArrayDeque<>();
    private long lost;
    private boolean flushing;

    /** The last event of the batch that is being written: nothing is joined to it any more. */
    private Event writing;

    /** Takes the name under which missing events are recorded, the store, and of which users events are recorded. */
    EventBuffer(@NonNull String ownName, @NonNull Store store, @NonNull IntPredicate seen) {
        this.ownName = ownName;
        this.store = store;
        this.seen = seen;
        worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keepone-record");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes an event; never blocks on the store. */
    void add(@NonNull Event event) {
        if (!event.isOfPackage() || !seen.test(event.user())) {
            return;
        }
        synchronized (this) {
            Event last = waiting.peekLast();
            if (last != null && last != writing && last.isSameAs(event, SAME_MILLIS)) {
                waiting.removeLast();
                waiting.addLast(last.with(event));
            } else if (waiting.size() >= MOST) {
                lost++;
            } else {
                waiting.addLast(event);
            }
            if (!flushing) {
                flushing = true;
                worker.schedule(this::flush, waiting.size() >= BATCH ? 0 : WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Writes what waits. Events stay until the store has them. */
    void flush() {
        List<Event> batch;
        int taken;
        long lostNow;
        synchronized (this) {
            flushing = false;
            batch = new ArrayList<>(waiting);
            taken = batch.size();
            writing = waiting.peekLast();
            lostNow = lost;
        }
        if (lostNow > 0) {
            batch.add(Event.missing(System.currentTimeMillis(), PhoneUser.own(), ownName, lostNow));
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            store.append(request(batch));
        } catch (Exception failed) {
            // Tried again with the next event; meanwhile what does not fit is counted.
            Log.w(TAG, "the record could not be written: " + failed.getMessage());
            return;
        }
        synchronized (this) {
            for (int i = 0; i < taken; i++) {
                waiting.pollFirst();
            }
            lost -= lostNow;
        }
    }

    /** Returns the request that appends these events. */
    @NonNull
    static byte[] request(@NonNull List<Event> events) throws JSONException {
        JSONArray list = new JSONArray();
        for (Event event : events) {
            list.put(event.json());
        }
        return Document.bytes(new JSONObject().put("ask", "append").put("events", list));
    }
}
