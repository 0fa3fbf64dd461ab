// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.json.JSONArray;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Heard;
import org.keepone.device.Places;
import org.keepone.device.read.UnitedFacts;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Connected;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Words;

/**
 * The phone through the engine: the collector reads it, the core judges it, the enforcer is the core's hand. What was read
 * is kept until something is heard of that may have changed it ({@link Heard}); the switches of a single app are never kept,
 * since many a change of theirs is heard of by nobody. Called on one thread, but for {@link #forget}.
 */
@WorkerThread
final class EnginePhone implements Phone {
    /** Makes readers. */
    interface Reading {
        /** Makes a reader for one reading of the phone. */
        @NonNull
        PackageReader reader(@NonNull Engine engine, @NonNull Progress progress) throws EngineException;

        /** Makes a reader of some packages alone; it asks none of the engine's questions, as where choices are held again. */
        @NonNull
        PackageReader some(@NonNull Engine engine, @NonNull Collection<String> names) throws EngineException;

        /** Returns which apps were connected to a user's apps; where no phone runs, nothing counts them. */
        @NonNull
        default Connected connected(int user) {
            return Connected.unread("not-on-this-release", "");
        }

        /** Returns the folder below which the packages' files and the maker's layers lie at the paths of the platform. */
        @NonNull
        default String root() {
            return "/";
        }
    }

    /** Switches, and what had been heard when they were read. */
    private record Kept(@NonNull Sheet sheet, int heard) {}

    private final Asking asking = new Asking();
    private final Reading reading;
    private final EngineVerdict verdict;
    private final EngineChanges changes;
    private final EngineRecords records;
    private final PackageEnforcer hand;
    private final int current;

    private final Map<String, Words> words = new HashMap<>();
    private final Map<String, Kept> sheets = new HashMap<>();
    @Nullable private Judgement judgement;
    @Nullable private Way way;
    private int heardBeforeJudging;
    private int heardBeforeAsking;

    /** The packages of the last verdict, also while it is being read anew. */
    private Map<String, App> named = Map.of();

    EnginePhone(@NonNull Reading reading, @NonNull PackageEnforcer hand, @NonNull Places places, int current) {
        this.reading = reading;
        this.verdict = new EngineVerdict(asking, reading);
        this.changes = new EngineChanges(asking, hand, places);
        this.records = new EngineRecords(asking, places);
        this.hand = hand;
        this.current = current;
    }

    @Override
    @NonNull
    public Way way() throws Failure {
        if (way == null || Heard.ofPhone(heardBeforeAsking)) {
            int heard = Heard.times();
            way = asking.ask(() -> Way.parse(Asking.text(asking.answer(hand::may)), current));
            heardBeforeAsking = heard;
        }
        return way;
    }

    @Override
    @NonNull
    public Judgement judgement(@NonNull Progress progress) throws Failure {
        if (judgement == null || Heard.ofPhone(heardBeforeJudging)) {
            int heard = Heard.times();
            judgement = verdict.judge(progress);
            heardBeforeJudging = heard;
        }
        named = judgement.apps();
        return judgement;
    }

    @Override
    @Nullable
    public App known(@NonNull String name) {
        return named.get(name);
    }

    @Override
    public void forget(@Nullable String name) {
        if (name == null) {
            Heard.phone();
        } else {
            Heard.app(name);
        }
    }

    @Override
    @NonNull
    public Words words(@NonNull String language) throws Failure {
        Words known = words.get(language);
        if (known == null) {
            JSONObject request = Asking.request("language", language);
            known = asking.ask(() -> Words.parse(Asking.text(asking.engine().explain(Asking.bytes(request)))));
            words.put(language, known);
        }
        return known;
    }

    @Override
    @NonNull
    public Sheet sheet(@NonNull String name, int user) throws Failure {
        return read(verdict.facts(List.of(name)), name, user);
    }

    @NonNull
    private Sheet read(@NonNull UnitedFacts united, @NonNull String name, int user) throws Failure {
        int heard = Heard.times();
        JSONObject facts = verdict.facts(united, name);
        Sheet sheet = asking.ask(() -> {
            JSONObject request = Asking.request("ask", "sheet").put("user", user).put("facts", facts);
            return Sheet.parse(changes.control(request, user));
        });
        sheets.put(user + " " + name, new Kept(sheet, heard));
        return sheet;
    }

    @Override
    @NonNull
    public List<Sheet> sheets(int user, @NonNull Progress progress) throws Failure {
        List<String> names = new ArrayList<>(judgement(progress).apps().keySet());
        List<Sheet> found = new ArrayList<>();
        Failure last = null;
        // One reader for all: to list the phone's packages anew for each of them would take longer than the rest.
        UnitedFacts united = verdict.facts(names);
        for (int at = 0; at < names.size(); at++) {
            progress.at(at, names.size());
            try {
                String name = names.get(at);
                Kept kept = sheets.get(user + " " + name);
                boolean isOld = kept == null || Heard.ofApp(name, kept.heard());
                found.add(isOld ? read(united, name, user) : kept.sheet());
            } catch (Failure unread) {
                last = unread;
            }
        }
        if (found.isEmpty() && last != null) {
            throw last;
        }
        return Collections.unmodifiableList(found);
    }

    @Override
    @NonNull
    public Done set(
            @NonNull String name, int user, @NonNull String area, @NonNull String id, @NonNull String to)
            throws Failure {
        forget(name);
        JSONObject facts = verdict.facts(verdict.facts(List.of(name)), name);
        return changes.set(facts, user, area, id, to);
    }

    @Override
    @NonNull
    public Done hold() throws Failure {
        List<Integer> users = new ArrayList<>();
        for (Way.User user : way().users()) {
            users.add(user.id());
        }
        if (users.isEmpty()) {
            users.add(current);
        }
        String plan = plan();
        forget(null);
        return changes.hold(plan, users);
    }

    @Override
    @NonNull
    public Foresight foresee(@NonNull String name, int user) throws Failure {
        return changes.foresee(plan(), user, name);
    }

    @Override
    @NonNull
    public Done remove(@NonNull String name, int user) throws Failure {
        String plan = plan();
        forget(null);
        return changes.remove(plan, user, name);
    }

    @NonNull
    private String plan() throws Failure {
        return judgement((done, of) -> { }).runTime().plan();
    }

    @Override
    @NonNull
    public Done resume(int user) throws Failure {
        forget(null);
        return changes.resume(user);
    }

    @Override
    @NonNull
    public Done bringBack(@NonNull String name, int user) throws Failure {
        String plan = plan();
        forget(null);
        return changes.bringBack(plan, user, name);
    }

    @Override
    public boolean hasRemoved(@NonNull String name, int user) throws Failure {
        return !changes.removals(name, user).isEmpty();
    }

    @Override
    @Nullable
    public Boolean isInstalled(@NonNull String name, int user) throws Failure {
        return asking.ask(() -> {
            JSONObject cell =
                    new JSONObject().put("cell", "installed").put("package", name).put("user", user);
            byte[] cells = Asking.bytes(new JSONArray().put(cell));
            JSONObject read = new JSONArray(Asking.text(asking.answer(() -> hand.read(cells)))).optJSONObject(0);
            Object value = read == null ? null : read.opt("value");
            return value instanceof Boolean ? (Boolean) value : null;
        });
    }

    @Override
    @NonNull
    public List<Change.Journal> changes() throws Failure {
        return changes.journals();
    }

    @Override
    @NonNull
    public Done undo(int user, @NonNull List<Long> numbers) throws Failure {
        forget(null);
        return changes.undo(numbers, user);
    }

    @Override
    @NonNull
    public Done undoAll() throws Failure {
        forget(null);
        return changes.undoAll();
    }

    @Override
    @NonNull
    public Connected connected(int user) {
        return reading.connected(user);
    }

    @Override
    @NonNull
    public Event.Records records(@NonNull Event.Filter filter, @Nullable Long from) throws Failure {
        return records.records(filter, from);
    }

    @Override
    @NonNull
    public Event.Last last(@Nullable String kind, @Nullable Integer user) throws Failure {
        return records.last(kind, user);
    }

    @Override
    @NonNull
    public Event.Seal seal() throws Failure {
        return records.seal();
    }

    @Override
    public void export(@NonNull String format, @NonNull OutputStream to) throws Failure {
        records.export(format, to);
    }
}
