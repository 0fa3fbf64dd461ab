// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Places;
import org.keepone.engine.EngineException;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;

/** The record of processing through the engine: listed, checked, written out. Adds nothing to it. */
@WorkerThread
final class EngineRecords {
    /** As many rows as a person scrolls through before they narrow them, or ask for more. */
    private static final int EVENTS = 500;

    private final Asking asking;
    private final Places places;

    EngineRecords(@NonNull Asking asking, @NonNull Places places) {
        this.asking = asking;
        this.places = places;
    }

    @NonNull
    Event.Records records(@NonNull Event.Filter filter, @Nullable Long from) throws Failure {
        return asking.ask(() -> {
            JSONObject asked = new JSONObject();
            if (filter.days() > 0) {
                asked.put("since", Asking.seconds(Instant.now().minus(filter.days(), ChronoUnit.DAYS)));
            }
            if (filter.name() != null) {
                asked.put("package", filter.name());
            }
            if (filter.kind() != null) {
                asked.put("kind", filter.kind());
            }
            if (filter.user() != null) {
                asked.put("user", filter.user());
            }
            JSONObject request = Asking.request("ask", "list").put("filter", asked).put("limit", EVENTS);
            if (from != null) {
                request.put("after", from);
            }
            return Event.records(Asking.text(recorded(request)));
        });
    }

    @NonNull
    Event.Last last(@Nullable String kind, @Nullable Integer user) throws Failure {
        return asking.ask(() -> {
            JSONObject request = Asking.request("ask", "last");
            if (kind != null) {
                request.put("kind", kind);
            }
            if (user != null) {
                request.put("user", user);
            }
            String answer = Asking.text(recorded(request));
            return Event.last(answer, Asking.text(recorded(Asking.request("ask", "watch"))));
        });
    }

    @NonNull
    Event.Seal seal() throws Failure {
        return asking.ask(() -> Event.seal(Asking.text(recorded(Asking.request("ask", "verify")))));
    }

    void export(@NonNull String format, @NonNull OutputStream to) throws Failure {
        byte[] document = asking.ask(() -> recorded(Asking.request("ask", "export").put("format", format)));
        try {
            to.write(document);
            to.flush();
        } catch (IOException failed) {
            throw Asking.failure("failed", "not written: " + failed.getMessage(), "未能写入：" + failed.getMessage());
        }
    }

    @NonNull
    private byte[] recorded(@NonNull JSONObject request) throws EngineException, IOException {
        File record = places.record();
        return asking.inTurn(() -> asking.engine().records(Asking.bytes(request), record));
    }
}
