// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Way;

/** How the record can be narrowed: by period, by kind, by app, and by user where it tells of several. */
final class RecordFilters {
    /** What can have happened, under the core's names, but for starts: the platform tells of no single one. */
    private static final List<String> KINDS =
            List.of("access", "denied", "grant", "revoke", "control", "install", "update", "remove");

    private static final int[] PERIODS = {1, 7, 30, 0};

    private final Say say;
    private final Event.Filter filter;
    private final Way way;
    private final TreeSet<Integer> users = new TreeSet<>();

    /** Packages in the order of their labels, those with the same label apart. */
    private final Map<String, String> labels = new LinkedHashMap<>();

    /** Takes what is chosen, the users that the phone has, and the last events of all apps and users. */
    RecordFilters(@NonNull Say say, @NonNull Event.Filter filter, @NonNull Way way, @NonNull Event.Last last) {
        this.say = say;
        this.filter = filter;
        this.way = way;
        way.users().forEach(user -> users.add(user.id()));
        TreeSet<String> names = new TreeSet<>();
        for (Event event : last.events()) {
            users.add(event.user());
            if (filter.user() == null || filter.user() == event.user()) {
                names.add(event.name());
            }
        }
        if (filter.name() != null) {
            names.add(filter.name());
        }
        Map<String, String> found = new LinkedHashMap<>();
        names.forEach(name -> found.put(name, say.label(name)));
        List<Map.Entry<String, String>> inOrder = new ArrayList<>(found.entrySet());
        inOrder.sort(Map.Entry.comparingByValue(String.CASE_INSENSITIVE_ORDER));
        inOrder.forEach(entry -> labels.put(entry.getKey(), entry.getValue()));
    }

    /** Returns a row for each way to narrow. */
    @NonNull
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Choices periods = new Choices();
        for (int days : PERIODS) {
            periods.add(period(days), filter.ofDays(days));
        }
        rows.add(periods.row(R.string.record_since, period(filter.days())));
        Choices kinds = new Choices();
        kinds.add(kind(null), filter.ofKind(null));
        KINDS.forEach(kind -> kinds.add(kind(kind), filter.ofKind(kind)));
        rows.add(kinds.row(R.string.record_kind, kind(filter.kind())));
        if (!labels.isEmpty()) {
            Choices apps = new Choices();
            apps.add(app(null), filter.ofApp(null));
            labels.keySet().forEach(name -> apps.add(app(name), filter.ofApp(name)));
            rows.add(apps.row(R.string.record_app, app(filter.name())));
        }
        if (users.size() > 1) {
            Choices of = new Choices();
            of.add(nameOf(null), filter.ofUser(null));
            users.forEach(user -> of.add(nameOf(user), filter.ofUser(user)));
            rows.add(of.row(R.string.app_user, nameOf(filter.user())));
        }
        return rows;
    }

    /** Returns what to call the user of an event; {@code null} where there is one only. */
    @Nullable
    String user(@NonNull Event event) {
        return users.size() > 1 ? Users.name(say, way, event.user()) : null;
    }

    /** Returns whether the phone has the user of an event still. */
    boolean isThere(@NonNull Event event) {
        return way.users().stream().anyMatch(user -> user.id() == event.user());
    }

    @NonNull
    private String period(int days) {
        return days == 0 ? say.text(R.string.record_all_time) : say.count(R.plurals.record_days, days);
    }

    @NonNull
    private String kind(@Nullable String kind) {
        return kind == null ? say.text(R.string.record_all_kinds) : say.name("event", kind);
    }

    @NonNull
    private String app(@Nullable String name) {
        return name == null ? say.text(R.string.record_all_apps) : labels.getOrDefault(name, name);
    }

    @NonNull
    private String nameOf(@Nullable Integer user) {
        return user == null ? say.text(R.string.record_all_users) : Users.name(say, way, user);
    }

    /** The lines that a person chooses from, and what each would show. */
    private final class Choices {
        private final List<String> names = new ArrayList<>();
        private final List<Event.Filter> filters = new ArrayList<>();

        void add(@NonNull String name, @NonNull Event.Filter filter) {
            names.add(name);
            filters.add(filter);
        }

        @NonNull
        Row row(int title, @NonNull String chosen) {
            return new Row.Item(
                    Sign.NONE,
                    say.text(title),
                    chosen,
                    null,
                    R.drawable.ic_next,
                    Tone.PLAIN,
                    screen -> ((RecordActivity) screen).choose(title, names, filters));
        }
    }
}
