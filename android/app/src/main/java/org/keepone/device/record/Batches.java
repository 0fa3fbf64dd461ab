// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

import org.keepone.annotation.NonNull;

/**
 * Events that all exist already, on their way to the store: written a batch at a time as they come, so that a week of history
 * needs no more memory than a batch and none of it is cut. What the store has taken stays taken when a later batch fails.
 */
final class Batches {
    /** Some 400 bytes each: 400 KB. */
    static final int EACH = 1_000;

    private final EventBuffer.Store store;
    private final IntPredicate seen;
    private final List<Event> batch = new ArrayList<>();
    private int taken;

    /** Takes the store, and of which users events are recorded; of others they are passed over. */
    Batches(@NonNull EventBuffer.Store store, @NonNull IntPredicate seen) {
        this.store = store;
        this.seen = seen;
    }

    /** Takes an event; blocks on the store when a batch is full. */
    void add(@NonNull Event event) throws Exception {
        if (!event.isOfPackage() || !seen.test(event.user())) {
            return;
        }
        batch.add(event);
        taken++;
        if (batch.size() >= EACH) {
            finish();
        }
    }

    /** Writes the rest. When it returns, every event is durable. */
    void finish() throws Exception {
        if (!batch.isEmpty()) {
            store.append(EventBuffer.request(batch));
            batch.clear();
        }
    }

    /** Returns how many events were taken. */
    int taken() {
        return taken;
    }
}
