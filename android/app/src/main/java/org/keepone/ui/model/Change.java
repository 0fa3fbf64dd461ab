// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** One change that was made on the phone, as the journal has it. */
public record Change(
        long seq,
        @Nullable String at,
        @NonNull String name,
        int user,
        @NonNull Purpose purpose,
        @Nullable String outcome,
        @Nullable Wording text,
        boolean undone,
        boolean canUndo,
        @NonNull List<Wording> lost) {

    /**
     * What a change is for: a step of the plan, a switch, or an undo.
     *
     * @param kind {@code step}, {@code switch} or {@code undo}: the kind of the core's word
     * @param id the core's word for it; empty for an undo
     * @param detail which permission, component or role it is about; empty where the word says it all
     * @param on what it was set to; {@code null} where that is neither on nor off
     */
    public record Purpose(
            @NonNull String kind, @NonNull String id, @NonNull String detail, @Nullable Boolean on) {
        /**
         * Whether what was done for this can be taken back: an undo cannot, nor a switch that loses something, such as
         * clearing. A removed app comes back, if without its data.
         */
        public boolean comesBack(@NonNull List<Wording> lost) {
            return kind.equals("step") || kind.equals("switch") && lost.isEmpty();
        }
    }

    /** A user's journal as read: its changes, newest first, what is wrong with it, and whether a run was cut short. */
    public record Journal(
            int user, @NonNull List<Change> changes, @Nullable Wording damage, boolean torn, boolean interrupted) {
        /** Returns whether anything of it can be undone. */
        public boolean canUndo() {
            return changes.stream().anyMatch(Change::canUndo);
        }

        /** Returns the changes of several journals, newest first; the order within each stays, whatever the clock did. */
        @NonNull
        public static List<Entry> newestFirst(@NonNull List<Journal> journals) {
            List<Entry> entries = new ArrayList<>();
            int[] next = new int[journals.size()];
            while (true) {
                int newest = -1;
                String at = "";
                for (int one = 0; one < next.length; one++) {
                    List<Change> changes = journals.get(one).changes;
                    if (next[one] < changes.size()) {
                        String known = changes.get(next[one]).at();
                        String when = known == null ? "" : known;
                        if (newest < 0 || when.compareTo(at) > 0) {
                            newest = one;
                            at = when;
                        }
                    }
                }
                if (newest < 0) {
                    return Collections.unmodifiableList(entries);
                }
                Journal journal = journals.get(newest);
                entries.add(new Entry(journal.user, journal.changes.get(next[newest]++)));
            }
        }
    }

    /** A change and the user of the phone in whose journal it stands. */
    public record Entry(int user, @NonNull Change change) {
    }

    /** Reads the answer to {@code journal} with {@code list}, of a user's journal. */
    @NonNull
    public static Journal journal(@NonNull String json, int user) throws JSONException {
        Fields answer = Fields.document(json);
        Map<Long, String> runs = new HashMap<>();
        for (Fields run : answer.list("runs")) {
            runs.put(run.number("run"), run.text("now"));
        }
        List<Change> changes = new ArrayList<>();
        for (Fields change : answer.list("changes")) {
            changes.add(of(change, runs));
        }
        return new Journal(
                user,
                Collections.unmodifiableList(changes),
                answer.object("damaged").wording("text"),
                answer.has("torn"),
                answer.has("interrupted"));
    }

    @NonNull
    private static Change of(@NonNull Fields fields, @NonNull Map<Long, String> runs) {
        return new Change(
                fields.count("seq"),
                runs.get(fields.number("run")),
                fields.text("package", ""),
                fields.object("cell").count("user"),
                purpose(fields),
                fields.text("outcome"),
                fields.wording("text"),
                Boolean.TRUE.equals(fields.flag("undone")),
                Boolean.TRUE.equals(fields.flag("can-undo")),
                lost(fields));
    }

    /** Reads what a change or a result is for. */
    @NonNull
    static Purpose purpose(@NonNull Fields fields) {
        Fields purpose = fields.object("purpose");
        String kind = purpose.text("for", "undo");
        String id = kind.equals("step") ? purpose.text("kind", "") : purpose.text("switch", "");
        return new Purpose(kind, id, detail(fields.object("cell")), on(fields));
    }

    /** Reads what no undo brings back. */
    @NonNull
    static List<Wording> lost(@NonNull Fields fields) {
        List<Wording> lost = new ArrayList<>();
        for (Fields told : fields.list("lost")) {
            Wording text = told.wording("text");
            if (text != null) {
                lost.add(text);
            }
        }
        return Collections.unmodifiableList(lost);
    }

    /** Returns what tells a cell from others of its kind: the permission, the component, the operation. */
    @NonNull
    static String detail(@NonNull Fields cell) {
        for (String name : new String[] {"permission", "component", "op", "access", "part", "role"}) {
            String value = cell.text(name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    @Nullable
    private static Boolean on(@NonNull Fields change) {
        Boolean flag = change.flag("to");
        if (flag != null) {
            return flag;
        }
        Boolean granted = change.object("to").flag("granted");
        if (granted != null) {
            return granted;
        }
        switch (change.text("to", "")) {
            case "enabled":
            case "allowed":
            case "foreground":
                return Boolean.TRUE;
            case "disabled":
            case "disabled-by-user":
            case "disabled-until-used":
            case "ignored":
            case "errored":
                return Boolean.FALSE;
            default:
                return null;
        }
    }
}
