// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * One processing activity that happened, as the record has it.
 *
 * @param kind the core's word: {@code access denied grant revoke control install update remove start}
 * @param what the operation, permission or switch
 * @param isSum whether the platform told of several at once: the last of them happened at the moment or before
 */
public record Event(
        long seq,
        @Nullable String at,
        @Nullable String until,
        @NonNull String name,
        int user,
        @NonNull String kind,
        @NonNull String what,
        @Nullable Boolean foreground,
        @Nullable Boolean precise,
        @Nullable Long times,
        boolean isSum) {

    /** Events, newest first, and where the next page starts ({@code null}: there is none). */
    public record Records(@NonNull List<Event> events, @Nullable Long next, long unreadable) {
        /** Returns these and the page after them as one. */
        @NonNull
        public Records and(@NonNull Records page) {
            List<Event> all = new ArrayList<>(events);
            all.addAll(page.events);
            return new Records(Collections.unmodifiableList(all), page.next, Math.max(unreadable, page.unreadable));
        }
    }

    /**
     * The last event of each app, kind, subject and user, newest first.
     *
     * @param since when the earliest event of the asked kind happened that is still kept; {@code null}: there is none
     * @param isCut whether there were more than one answer holds
     * @param watched the operations whose use is recorded
     */
    public record Last(
            @NonNull List<Event> events, @Nullable String since, boolean isCut, @NonNull Set<String> watched) {
    }

    /** Whether the record is whole: how many events are kept, how many gave way to newer ones, where it was changed. */
    public record Seal(long events, long dropped, @NonNull List<Wording> damage) {
    }

    /** Which events are asked for; {@code null} asks for all, and so do 0 days. */
    public record Filter(@Nullable String name, @Nullable String kind, int days, @Nullable Integer user) {
        /** Returns the same for one app, or for all. */
        @NonNull
        public Filter ofApp(@Nullable String name) {
            return new Filter(name, kind, days, user);
        }

        /** Returns the same for one kind, or for all. */
        @NonNull
        public Filter ofKind(@Nullable String kind) {
            return new Filter(name, kind, days, user);
        }

        /** Returns the same for the last days, or for all. */
        @NonNull
        public Filter ofDays(int days) {
            return new Filter(name, kind, days, user);
        }

        /** Returns the same for one user of the phone, or for all. */
        @NonNull
        public Filter ofUser(@Nullable Integer user) {
            return new Filter(name, kind, days, user);
        }
    }

    /** Reads the answer to {@code records} with {@code list}. */
    @NonNull
    public static Records records(@NonNull String json) throws JSONException {
        Fields answer = Fields.document(json);
        return new Records(events(answer), answer.number("next"), answer.count("unreadable"));
    }

    /**
     * Reads the answer to {@code records} with {@code last}.
     *
     * @param watched the answer to {@code watch}
     */
    @NonNull
    public static Last last(@NonNull String json, @NonNull String watched) throws JSONException {
        Fields answer = Fields.document(json);
        return new Last(
                events(answer),
                answer.text("since"),
                Boolean.TRUE.equals(answer.flag("cut")),
                Collections.unmodifiableSet(new HashSet<>(Fields.document(watched).texts("ops"))));
    }

    @NonNull
    private static List<Event> events(@NonNull Fields answer) {
        List<Event> events = new ArrayList<>();
        for (Fields event : answer.list("events")) {
            events.add(new Event(
                    event.count("seq"),
                    event.text("when"),
                    event.text("until"),
                    event.text("package", ""),
                    event.count("user"),
                    event.text("kind", ""),
                    event.text("what", ""),
                    event.flag("foreground"),
                    event.flag("precise"),
                    event.number("count"),
                    event.has("count") && event.text("origin", "").equals("platform-history")));
        }
        return Collections.unmodifiableList(events);
    }

    /** Reads the answer to {@code records} with {@code verify}. */
    @NonNull
    public static Seal seal(@NonNull String json) throws JSONException {
        Fields answer = Fields.document(json);
        List<Wording> damage = new ArrayList<>();
        for (Fields one : answer.list("damage")) {
            Wording text = one.wording("text");
            damage.add(text == null ? new Wording("?", "?") : text);
        }
        return new Seal(answer.count("events"), answer.count("dropped"), Collections.unmodifiableList(damage));
    }

    /** Returns how long it lasted, in seconds; 0 when it was a moment, or that is not known. */
    public long seconds() {
        try {
            return at == null || until == null
                    ? 0
                    : Math.max(0, Duration.between(Instant.parse(at), Instant.parse(until)).getSeconds());
        } catch (DateTimeException notAMoment) {
            return 0;
        }
    }
}
