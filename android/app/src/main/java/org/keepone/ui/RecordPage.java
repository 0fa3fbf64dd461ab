// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Wording;

/** The page of the record: what to show, how it can be taken along, and the events, newest first. */
final class RecordPage {
    /** What can have happened, under the core's names. */
    private static final List<String> KINDS =
            List.of("access", "denied", "grant", "revoke", "control", "install", "update", "remove", "start");

    private static final int[] PERIODS = {1, 7, 30, 0};

    private final Say say;
    private final Event.Filter filter;
    private final Event.Seal seal;
    private final Event.Records records;

    RecordPage(
            @NonNull Say say, @NonNull Event.Filter filter, @NonNull Event.Seal seal, @NonNull Event.Records records) {
        this.say = say;
        this.filter = filter;
        this.seal = seal;
        this.records = records;
    }

    @NonNull
    Page page() {
        Page.Maker page = new Page.Maker();
        int kept = (int) Math.min(Integer.MAX_VALUE, seal.events());
        page.add(new Row.Title(say.name("area", "processing-record"), say.count(R.plurals.record_kept, kept)));
        for (Wording damage : seal.damage()) {
            page.add(new Row.Note(Tone.BAD, say.text(R.string.record_damaged), Clean.fact(say.of(damage))));
        }
        page.section(say.text(R.string.record_filter), null, filters());
        page.add(new Row.Command(
                say.text(R.string.record_export), null, screen -> ((RecordActivity) screen).save()));
        List<Row> rows = new ArrayList<>();
        for (Event event : records.events()) {
            rows.add(row(event));
        }
        page.section(say.text(R.string.happened), null, rows);
        if (rows.isEmpty()) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.record_empty), null));
        }
        return page.page();
    }

    @NonNull
    private List<Row> filters() {
        List<Row> rows = new ArrayList<>();
        List<String> periods = new ArrayList<>();
        List<Event.Filter> byPeriod = new ArrayList<>();
        for (int days : PERIODS) {
            periods.add(period(days));
            byPeriod.add(new Event.Filter(filter.name(), filter.kind(), days));
        }
        rows.add(filter(R.string.record_since, period(filter.days()), periods, byPeriod));
        List<String> kinds = new ArrayList<>();
        List<Event.Filter> byKind = new ArrayList<>();
        kinds.add(say.text(R.string.record_all_kinds));
        byKind.add(new Event.Filter(filter.name(), null, filter.days()));
        for (String kind : KINDS) {
            kinds.add(say.name("event", kind));
            byKind.add(new Event.Filter(filter.name(), kind, filter.days()));
        }
        String kind = filter.kind();
        rows.add(filter(
                R.string.record_kind,
                kind == null ? say.text(R.string.record_all_kinds) : say.name("event", kind),
                kinds,
                byKind));
        if (filter.name() != null) {
            String label = say.label(filter.name());
            rows.add(filter(
                    R.string.record_app,
                    label,
                    List.of(label, say.text(R.string.record_all_apps)),
                    List.of(filter, new Event.Filter(null, filter.kind(), filter.days()))));
        }
        return rows;
    }

    @NonNull
    private Row filter(
            int title, @NonNull String chosen, @NonNull List<String> names, @NonNull List<Event.Filter> filters) {
        return new Row.Item(
                Sign.NONE,
                say.text(title),
                chosen,
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> ((RecordActivity) screen).choose(title, names, filters));
    }

    @NonNull
    private String period(int days) {
        return days == 0 ? say.text(R.string.record_all_time) : say.count(R.plurals.record_days, days);
    }

    @NonNull
    private Row row(@NonNull Event event) {
        return new Row.Item(
                Sign.of(event.name()),
                say.label(event.name()),
                EventWords.what(say, event),
                say.joined(say.moment(event.at()), EventWords.how(say, event)),
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(AppActivity.of(screen, event.name())));
    }
}
