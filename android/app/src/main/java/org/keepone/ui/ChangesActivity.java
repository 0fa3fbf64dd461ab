// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import android.content.Context;
import android.content.Intent;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Wording;

/** What KeepOne changed, newest first; each can be taken back, or all. */
public final class ChangesActivity extends ScreenActivity {
    @NonNull
    static Intent of(@NonNull Context from) {
        return new Intent(from, ChangesActivity.class);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        Change.Journal journal = phone.changes();
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.text(R.string.changes), say.text(R.string.changes_about)));
        if (journal.damage() != null) {
            String damage = Clean.fact(say.of(journal.damage()));
            page.add(new Row.Note(Tone.BAD, say.text(R.string.changes_damaged), damage));
        }
        if (journal.interrupted()) {
            page.add(new Row.Note(Tone.OPEN, say.text(R.string.changes_cut), say.text(R.string.changes_cut_about)));
            Consent resume = new Consent(
                    say.text(R.string.changes_resume_ask),
                    say.text(R.string.changes_cut_about),
                    null,
                    say.text(R.string.done_read_back),
                    say.text(R.string.changes_resume));
            page.add(new Row.Command(
                    say.text(R.string.changes_resume),
                    null,
                    screen -> screen.ask(resume, Deed.of(Deed.Kind.RESUME, "", 0))));
        }
        boolean any = false;
        List<Row> rows = new ArrayList<>();
        for (Change change : journal.changes()) {
            any |= isOpen(change);
            rows.add(row(say, change));
        }
        if (any) {
            Consent all = new Consent(
                    say.text(R.string.changes_undo_all_ask),
                    say.text(R.string.changes_undo_all_about),
                    allLost(say, journal.changes()),
                    say.text(R.string.changes_inverse),
                    say.text(R.string.changes_undo_all));
            page.add(new Row.Command(
                    say.text(R.string.changes_undo_all),
                    say.text(R.string.changes_undo_all_about),
                    screen -> screen.ask(all, Deed.undo(List.of()))));
        }
        if (rows.isEmpty()) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.changes_none), null));
        }
        rows.forEach(page::add);
        return page.page();
    }

    @NonNull
    private static Row row(@NonNull Say say, @NonNull Change change) {
        Tone tone = change.outcome() == null ? Tone.OPEN : Tone.of(change.outcome());
        String label = say.label(change.name());
        String what = Outcomes.purpose(say, change.purpose());
        String lost = lost(say, change);
        List<String> lines = new ArrayList<>();
        lines.add(Clean.fact(change.purpose().detail()));
        lines.add(Clean.fact(say.of(change.text())));
        lines.add(lost == null ? null : say.text(R.string.changes_lost, lost));
        if (change.undone() && comesBack(change)) {
            lines.add(say.text(R.string.changes_undone));
        } else if (isOpen(change)) {
            lines.add(say.text(R.string.changes_touch));
        }
        Consent consent = new Consent(
                say.text(R.string.changes_undo_ask),
                say.joined(label, what, Clean.fact(change.purpose().detail())),
                lost,
                say.text(R.string.changes_inverse),
                say.text(R.string.changes_undo));
        Row.Tap tap = screen -> screen.ask(consent, Deed.undo(List.of(change.seq())));
        return new Row.Item(
                Sign.of(change.name()),
                what == null ? label : what,
                say.joined(label, say.moment(change.at())),
                say.lines(lines),
                change.undone() ? R.drawable.ic_changes : tone.sign,
                change.undone() ? Tone.PLAIN : tone,
                isOpen(change) ? tap : null);
    }

    private static boolean isOpen(@NonNull Change change) {
        return change.canUndo() && !change.undone() && comesBack(change);
    }

    private static boolean comesBack(@NonNull Change change) {
        return change.purpose().comesBack(change.lost());
    }

    @Nullable
    private static String lost(@NonNull Say say, @NonNull Change change) {
        List<String> lines = new ArrayList<>();
        for (Wording lost : change.lost()) {
            lines.add(Clean.fact(say.of(lost)));
        }
        return say.lines(lines);
    }

    @Nullable
    private static String allLost(@NonNull Say say, @NonNull List<Change> changes) {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            String lost = isOpen(change) ? lost(say, change) : null;
            if (lost != null) {
                lines.add(say.joined(say.label(change.name()), lost));
            }
        }
        return say.lines(lines);
    }
}
