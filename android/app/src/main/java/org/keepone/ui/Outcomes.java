// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Wording;

/** Says how a change came out. What only half happened is never shown as done. */
final class Outcomes {
    /** More lines than this are counted, not listed: the journal has them all. */
    private static final int LISTED = 6;

    private Outcomes() {
    }

    @NonNull
    static Row row(@NonNull Say say, @NonNull Done done) {
        List<String> lines = new ArrayList<>();
        int good = 0;
        int others = 0;
        boolean comesBack = false;
        for (Done.Step step : done.steps()) {
            if (step.outcome().equals("done")) {
                good++;
                comesBack |= step.purpose().comesBack(step.lost());
                missing(say, step, lines);
            } else if (++others <= LISTED) {
                lines.add(line(say, step));
            }
        }
        if (others > LISTED) {
            lines.add(say.count(R.plurals.more, others - LISTED));
        }
        if (done.stopped() != null) {
            lines.add(Clean.fact(say.of(done.stopped())));
        }
        for (Wording note : done.notes()) {
            lines.add(Clean.fact(say.of(note)));
        }
        if (others > 0 || done.stopped() != null) {
            String name = say.text(R.string.done_part, good, done.steps().size());
            return new Row.Note(Tone.BAD, name, say.lines(lines));
        }
        if (good == 0) {
            return new Row.Note(Tone.PLAIN, say.text(R.string.done_nothing), say.lines(lines));
        }
        if (comesBack) {
            lines.add(say.text(R.string.done_read_back));
        }
        return new Row.Note(Tone.GOOD, say.count(R.plurals.done_all, good), say.lines(lines));
    }

    /** Adds what an undo did not bring back. */
    private static void missing(@NonNull Say say, @NonNull Done.Step step, @NonNull List<String> lines) {
        for (Wording lost : step.lost()) {
            if (step.purpose().kind().equals("undo") && lines.size() < LISTED) {
                lines.add(say.joined(say.label(step.name()), say.text(R.string.changes_lost, Clean.fact(say.of(lost)))));
            }
        }
    }

    /** Says what a change is for, such as "Self-start: Off". */
    @Nullable
    static String purpose(@NonNull Say say, @NonNull Change.Purpose purpose) {
        if (purpose.id().isEmpty()) {
            return null;
        }
        String name = say.name(purpose.kind(), purpose.id());
        if (purpose.on() == null || purpose.kind().equals("step")) {
            return name;
        }
        return say.text(R.string.set_to, name, say.text(purpose.on() ? R.string.state_on : R.string.state_off));
    }

    @NonNull
    private static String line(@NonNull Say say, @NonNull Done.Step step) {
        String text = say.of(step.text());
        String outcome = text == null ? say.name("change", step.outcome()) : Clean.fact(text);
        String of = step.name().isEmpty() ? null : say.label(step.name());
        String line = say.joined(of, purpose(say, step.purpose()), Clean.fact(step.purpose().detail()), outcome);
        return line == null ? outcome : line;
    }
}
