// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** One processing activity that happened, as the record has it. */
public record Event(
        long seq,
        @Nullable String at,
        @NonNull String name,
        long user,
        @NonNull String kind,
        @Nullable Wording what,
        @Nullable Long seconds) {

    /** A page of the record: newest first, whether the chain holds, and where the next page starts. */
    public record Records(
            @NonNull List<Event> events, @Nullable Wording damage, @Nullable Long next, long kept) {}

    /** Which events are asked for; {@code null} asks for all. */
    public record Filter(@Nullable String name, @Nullable String kind, int days) {}

    /** Reads the answer to {@code records} with {@code list}. */
    @NonNull
    public static Records records(@NonNull String json) throws JSONException {
        Fields answer = Fields.document(json);
        List<Event> events = new ArrayList<>();
        for (Fields event : answer.list("events")) {
            events.add(
                    new Event(
                            event.count("seq"),
                            event.text("at"),
                            event.text("package", ""),
                            event.count("user"),
                            event.text("kind", ""),
                            event.wording("what"),
                            event.number("seconds")));
        }
        return new Records(
                Collections.unmodifiableList(events),
                answer.wording("damage"),
                answer.number("next"),
                answer.count("kept"));
    }
}
