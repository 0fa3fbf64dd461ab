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
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Wording;

/** What KeepOne changed, for any user of the phone, newest first; each can be taken back, or all. */
public final class ChangesActivity extends ScreenActivity {
    @NonNull
    static Intent of(@NonNull Context from) {
        return new Intent(from, ChangesActivity.class);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        List<Change.Journal> journals = phone.changes();
        Way way = phone.way();
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.text(R.string.changes), say.text(R.string.changes_about)));
        for (Change.Journal journal : journals) {
            state(page, say, journal, user(say, way, journals, journal.user()));
        }
        List<Change.Entry> entries = Change.Journal.newestFirst(journals);
        if (journals.stream().anyMatch(Change.Journal::canUndo)) {
            Consent all = new Consent(
                    say.text(R.string.changes_undo_all_ask),
                    say.text(R.string.changes_undo_all_about),
                    allLost(say, entries),
                    say.text(R.string.changes_inverse),
                    say.text(R.string.changes_undo_all));
            page.add(new Row.Command(
                    say.text(R.string.changes_undo_all),
                    say.text(R.string.changes_undo_all_about),
                    screen -> screen.ask(all, Deed.of(Deed.Kind.UNDO_ALL, "", way.current()))));
        }
        if (entries.isEmpty()) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.changes_none), null));
        }
        for (Change.Entry entry : entries) {
            page.add(row(say, entry, user(say, way, journals, entry.user())));
        }
        return page.page();
    }

    /** What has to be known of a journal before its changes. */
    private static void state(
            @NonNull Page.Maker page, @NonNull Say say, @NonNull Change.Journal journal, @Nullable String user) {
        if (journal.damage() != null) {
            String damage = Clean.fact(say.of(journal.damage()));
            page.add(new Row.Note(Tone.BAD, say.text(R.string.changes_damaged), say.joined(user, damage)));
        }
        if (journal.interrupted()) {
            String about = say.text(R.string.changes_cut_about);
            page.add(new Row.Note(Tone.OPEN, say.text(R.string.changes_cut), say.joined(user, about)));
            Consent resume = new Consent(
                    say.text(R.string.changes_resume_ask),
                    say.joined(user, about),
                    null,
                    say.text(R.string.done_read_back),
                    say.text(R.string.changes_resume));
            page.add(new Row.Command(
                    say.text(R.string.changes_resume),
                    user,
                    screen -> screen.ask(resume, Deed.of(Deed.Kind.RESUME, "", journal.user()))));
        }
    }

    /** Names the user of a change where it could be another's. */
    @Nullable
    private static String user(@NonNull Say say, @NonNull Way way, @NonNull List<Change.Journal> journals, int id) {
        boolean isAlone = way.users().size() < 2 && journals.size() < 2 && id == way.current();
        return isAlone ? null : Users.name(say, way, id);
    }

    @NonNull
    private static Row row(@NonNull Say say, @NonNull Change.Entry entry, @Nullable String user) {
        Change change = entry.change();
        Tone tone = change.outcome() == null ? Tone.OPEN : Tone.of(change.outcome());
        String label = say.label(change.name());
        String what = Outcomes.purpose(say, change.purpose());
        String lost = lost(say, change);
        List<String> lines = new ArrayList<>();
        lines.add(Clean.fact(change.purpose().detail()));
        lines.add(Clean.fact(say.of(change.text())));
        lines.add(lost == null ? null : say.text(R.string.changes_lost, lost));
        if (change.undone()) {
            lines.add(say.text(R.string.changes_undone));
        } else if (change.canUndo()) {
            lines.add(say.text(R.string.changes_touch));
        }
        Consent consent = new Consent(
                say.text(R.string.changes_undo_ask),
                say.joined(label, user, what, Clean.fact(change.purpose().detail())),
                loses(say, change),
                say.text(R.string.changes_inverse),
                say.text(R.string.changes_undo));
        Row.Tap tap = screen -> screen.ask(consent, Deed.undo(entry.user(), List.of(change.seq())));
        return new Row.Item(
                Sign.of(change.name()),
                what == null ? label : what,
                say.joined(label, user, say.moment(change.at())),
                say.lines(lines),
                change.undone() ? R.drawable.ic_changes : tone.sign,
                change.undone() ? Tone.PLAIN : tone,
                change.canUndo() ? tap : null);
    }

    @Nullable
    private static String lost(@NonNull Say say, @NonNull Change change) {
        List<String> lines = new ArrayList<>();
        for (Wording lost : change.lost()) {
            lines.add(Clean.fact(say.of(lost)));
        }
        return say.lines(lines);
    }

    /** Returns what an undo loses: what was lost stays lost, and an app that was brought goes with what it has saved. */
    @Nullable
    private static String loses(@NonNull Say say, @NonNull Change change) {
        boolean takesAway = change.purpose().id().equals("install-for-user");
        return takesAway ? say.text(R.string.remove_loses) : lost(say, change);
    }

    @Nullable
    private static String allLost(@NonNull Say say, @NonNull List<Change.Entry> entries) {
        List<String> lines = new ArrayList<>();
        for (Change.Entry entry : entries) {
            Change change = entry.change();
            String lost = change.canUndo() ? loses(say, change) : null;
            if (lost != null) {
                lines.add(say.joined(say.label(change.name()), lost));
            }
        }
        return say.lines(lines);
    }
}
