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
    private final Say say;
    private final RecordFilters filters;
    private final Event.Seal seal;
    private final Event.Records records;

    RecordPage(
            @NonNull Say say, @NonNull RecordFilters filters, @NonNull Event.Seal seal, @NonNull Event.Records records) {
        this.say = say;
        this.filters = filters;
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
        page.section(say.text(R.string.record_filter), null, filters.rows());
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
        if (records.next() != null) {
            page.add(new Row.Command(
                    say.text(R.string.record_more), null, screen -> ((RecordActivity) screen).more()));
        }
        return page.page();
    }

    /** An event leads to the app's page for the user whom it is about, as long as the phone has that user. */
    @NonNull
    private Row row(@NonNull Event event) {
        boolean isThere = filters.isThere(event);
        return new Row.Item(
                Sign.of(event.name()),
                say.label(event.name()),
                EventWords.what(say, event),
                say.joined(say.moment(event.at()), EventWords.how(say, event), filters.user(event)),
                isThere ? R.drawable.ic_next : 0,
                Tone.PLAIN,
                isThere ? screen -> screen.startActivity(AppActivity.of(screen, event.name(), event.user())) : null);
    }
}
