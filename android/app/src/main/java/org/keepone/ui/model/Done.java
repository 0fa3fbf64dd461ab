// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** How a run came out, change by change, as the core read it back. */
public record Done(@NonNull List<Step> steps, @Nullable Wording stopped, @NonNull List<Wording> notes) {
    /** One change with its outcome: {@code done refused ignored disabled-instead reverted unknown}. */
    public record Step(
            @NonNull String name,
            @NonNull Change.Purpose purpose,
            @NonNull String outcome,
            @Nullable Wording text,
            @NonNull List<Wording> lost) {
    }

    /** Reads the answer to {@code enforce}, {@code undo}, or {@code control} with {@code set}. */
    @NonNull
    public static Done parse(@NonNull String json) throws JSONException {
        Fields whole = Fields.document(json);
        // Setting a switch tells of its run, and of what could not even be tried.
        Fields answer = whole.has("changes") ? whole : whole.object("result");
        List<Step> steps = new ArrayList<>();
        add(steps, answer.list("changes"));
        for (Fields cannot : whole.list("cannot")) {
            Change.Purpose none = new Change.Purpose("undo", "", Change.detail(cannot.object("cell")), null);
            steps.add(new Step(whole.text("package", ""), none, "refused", cannot.wording("text"), List.of()));
        }
        List<Wording> notes = new ArrayList<>();
        for (Fields note : answer.list("notes")) {
            Wording text = Wording.of(note);
            if (text != null) {
                notes.add(text);
            }
        }
        return new Done(
                Collections.unmodifiableList(steps),
                answer.object("stopped").wording("text"),
                Collections.unmodifiableList(notes));
    }

    /** Returns the same with something that has to be known about it. */
    @NonNull
    public Done noting(@NonNull Wording note) {
        List<Wording> all = new ArrayList<>(notes);
        all.add(note);
        return new Done(steps, stopped, Collections.unmodifiableList(all));
    }

    /** Returns several as one; what stopped the first that was stopped is told. */
    @NonNull
    public static Done joined(@NonNull List<Done> all) {
        List<Step> steps = new ArrayList<>();
        List<Wording> notes = new ArrayList<>();
        Wording stopped = null;
        for (Done one : all) {
            steps.addAll(one.steps);
            notes.addAll(one.notes);
            stopped = stopped == null ? one.stopped : stopped;
        }
        return new Done(Collections.unmodifiableList(steps), stopped, Collections.unmodifiableList(notes));
    }

    private static void add(@NonNull List<Step> steps, @NonNull List<Fields> changes) {
        for (Fields change : changes) {
            steps.add(new Step(
                    change.text("package", ""),
                    Change.purpose(change),
                    change.text("outcome", "unknown"),
                    change.wording("text"),
                    Change.lost(change)));
            add(steps, change.list("also"));
        }
    }
}
