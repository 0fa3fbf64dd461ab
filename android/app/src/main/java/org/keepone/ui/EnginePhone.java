// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Places;
import org.keepone.device.VendorLayers;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Words;

/**
 * The phone through the engine: the collector reads it, the core judges it, the enforcer is the core's hand. What was read
 * is kept until something changes. Called on one thread.
 */
@WorkerThread
final class EnginePhone implements Phone {
    /** Makes a reader for one reading of the phone. */
    interface Reading {
        @NonNull
        PackageReader reader(@NonNull Engine engine, @NonNull Progress progress) throws EngineException;

        /** Tells whether the core opens the packages' files for what the platform does not tell of their manifests. */
        default boolean opensManifests() {
            return true;
        }
    }

    /** A page of the record: as many rows as a person scrolls through before they narrow it. */
    private static final int EVENTS = 500;

    private final Asking asking = new Asking();
    private final Reading reading;
    private final PackageEnforcer hand;
    private final Places places;
    private final int current;

    private final Map<String, Words> words = new HashMap<>();
    private final Map<String, Sheet> sheets = new HashMap<>();
    @Nullable private PackageReader facts;
    @Nullable private Judgement judgement;
    @Nullable private Way way;

    /** The packages of the last verdict, also while it is being read anew. */
    private Map<String, App> named = Map.of();

    EnginePhone(@NonNull Reading reading, @NonNull PackageEnforcer hand, @NonNull Places places, int current) {
        this.reading = reading;
        this.hand = hand;
        this.places = places;
        this.current = current;
    }

    @Override
    @NonNull
    public Way way() throws Failure {
        if (way == null) {
            way = asking.ask(() -> Way.parse(Asking.text(may()), current));
        }
        return way;
    }

    @NonNull
    private byte[] may() throws EngineException {
        try {
            return hand.may();
        } catch (Exception failed) {
            // The hand is called by the engine as a rule, which takes whatever it throws; here it is called by us.
            throw new EngineException("failed", "what may be done is not known: " + failed, "无法得知可执行的操作：" + failed);
        }
    }

    @Override
    @NonNull
    public Judgement judgement(@NonNull Progress progress) throws Failure {
        if (judgement == null) {
            judgement = asking.ask(() -> {
                facts = reading.reader(asking.engine(), progress);
                VendorLayers layers = VendorLayers.read();
                String now = now();
                JSONObject options = new JSONObject()
                        .put("want", new JSONArray().put("audit").put("plan").put("screen"))
                        .put("layers", layers.layers())
                        .put("manifests", reading.opensManifests())
                        .put("today", now.substring(0, 10))
                        .put("captured", now);
                JSONObject answer = new JSONObject(
                        Asking.text(asking.engine().judge(facts, Asking.bytes(options))));
                return Judgement.parse(withUnused(answer, layers).toString());
            });
        }
        named = judgement.apps();
        return judgement;
    }

    /** Puts files that could not even be given to the core beside those in which it found mistakes. */
    @NonNull
    private static JSONObject withUnused(@NonNull JSONObject answer, @NonNull VendorLayers layers)
            throws JSONException {
        JSONArray all = answer.optJSONArray("layer-mistakes");
        JSONArray mistakes = all == null ? new JSONArray() : all;
        for (VendorLayers.Mistake mistake : layers.mistakes()) {
            JSONObject message = new JSONObject()
                    .put("en", mistake.message().in(java.util.Locale.ENGLISH))
                    .put("zh", mistake.message().in(java.util.Locale.CHINESE));
            mistakes.put(new JSONObject().put("path", mistake.path()).put("message", message));
        }
        return answer.put("layer-mistakes", mistakes);
    }

    @Override
    @Nullable
    public App known(@NonNull String name) {
        return named.get(name);
    }

    @Override
    public void forget(@Nullable String name) {
        if (name == null) {
            judgement = null;
            way = null;
            sheets.clear();
        } else {
            sheets.keySet().removeIf(key -> key.endsWith(" " + name));
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
        String key = user + " " + name;
        Sheet known = sheets.get(key);
        if (known == null) {
            known = asking.ask(() -> {
                JSONObject request =
                        Asking.request("ask", "sheet").put("user", user).put("facts", facts(name));
                return Sheet.parse(Asking.text(control(request, user)));
            });
            sheets.put(key, known);
        }
        return known;
    }

    /** Returns what the collector says of the package; the core makes the sheet from it. */
    @NonNull
    private Object facts(@NonNull String name) throws EngineException, JSONException {
        try {
            if (facts == null) {
                facts = reading.reader(asking.engine(), (done, of) -> { });
            }
            byte[] read = facts.read(name);
            return read == null ? JSONObject.NULL : new JSONObject(Asking.text(read)).opt("package");
        } catch (EngineException | JSONException known) {
            throw known;
        } catch (Exception failed) {
            throw new EngineException("callback", name + " could not be read: " + failed, "无法读取 " + name + "：" + failed);
        }
    }

    @Override
    @NonNull
    public List<Sheet> sheets(int user, @NonNull Progress progress) throws Failure {
        List<String> names = new ArrayList<>(judgement(progress).apps().keySet());
        List<Sheet> found = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            progress.at(at, names.size());
            try {
                found.add(sheet(names.get(at), user));
            } catch (Failure unread) {
                if (found.isEmpty() && at + 1 == names.size()) {
                    throw unread;
                }
            }
        }
        return Collections.unmodifiableList(found);
    }

    @Override
    @NonNull
    public Done set(
            @NonNull String name, int user, @NonNull String area, @NonNull String id, @NonNull String to)
            throws Failure {
        forget(name);
        return asking.ask(() -> {
            JSONObject request = Asking.request("ask", "set")
                    .put("user", user)
                    .put("facts", facts(name))
                    .put("area", area)
                    .put("switch", id)
                    .put("to", to)
                    .put("consent", true)
                    .put("now", now());
            String answer = Asking.text(control(request, user));
            keep(new JSONObject(answer), name, user, area, id, to);
            return Done.parse(answer);
        });
    }

    /** Stores the choice, so that it is held after a start, a change or an update. What is done once is no choice. */
    private void keep(
            @NonNull JSONObject answer,
            @NonNull String name,
            int user,
            @NonNull String area,
            @NonNull String id,
            @NonNull String to)
            throws EngineException, IOException, JSONException {
        JSONObject now = answer.optJSONObject("switch");
        if (now == null || !now.optString("kind").equals("switch")) {
            return;
        }
        JSONObject choice = Asking.request("ask", "set")
                .put("user", user)
                .put("package", name)
                .put("area", area)
                .put("switch", id)
                .put("wanted", to)
                .put("now", now());
        File choices = places.choices(user);
        asking.inTurn(() -> asking.engine().choices(Asking.bytes(choice), choices));
    }

    @Override
    @NonNull
    public Done hold() throws Failure {
        return enforce(new JSONArray(), null, current);
    }

    @Override
    @NonNull
    public Done remove(@NonNull String name, int user) throws Failure {
        return enforce(new JSONArray().put(name), name, user);
    }

    @NonNull
    private Done enforce(@NonNull JSONArray consent, @Nullable String only, int user) throws Failure {
        String plan = judgement((done, of) -> { }).runTime().plan();
        forget(null);
        return asking.ask(() -> {
            JSONObject request = new JSONObject()
                    .put("plan", new JSONObject(plan))
                    .put("user", user)
                    .put("consent", consent)
                    .put("now", now());
            if (only != null) {
                request.put("only", new JSONArray().put(only));
            }
            return Done.parse(enforced(request, user));
        });
    }

    @Override
    @NonNull
    public Done resume() throws Failure {
        forget(null);
        return asking.ask(() ->
                Done.parse(enforced(new JSONObject().put("resume", true).put("now", now()), current)));
    }

    @Override
    @NonNull
    public Done bringBack(@NonNull String name, int user) throws Failure {
        List<Long> removals = new ArrayList<>();
        for (Change change : changes(user).changes()) {
            boolean isRemoval = change.purpose().id().equals("uninstall-for-user");
            if (isRemoval && change.name().equals(name) && change.user() == user && change.canUndo()) {
                removals.add(change.seq());
            }
        }
        if (removals.isEmpty()) {
            throw Asking.failure("bad-input", name + " was not removed by KeepOne", name + " 不是由 KeepOne 移除的");
        }
        return undo(removals, user);
    }

    @Override
    @Nullable
    public Boolean isInstalled(@NonNull String name, int user) throws Failure {
        return asking.ask(() -> {
            JSONObject cell =
                    new JSONObject().put("cell", "installed").put("package", name).put("user", user);
            JSONArray answer = new JSONArray(Asking.text(cells(new JSONArray().put(cell))));
            JSONObject read = answer.optJSONObject(0);
            Object value = read == null ? null : read.opt("value");
            return value instanceof Boolean ? (Boolean) value : null;
        });
    }

    @NonNull
    private byte[] cells(@NonNull JSONArray cells) throws EngineException {
        try {
            return hand.read(Asking.bytes(cells));
        } catch (Exception failed) {
            throw new EngineException("callback", "not read: " + failed, "未能读取：" + failed);
        }
    }

    @Override
    @NonNull
    public Change.Journal changes() throws Failure {
        return changes(current);
    }

    @NonNull
    private Change.Journal changes(int user) throws Failure {
        return asking.ask(() -> {
            File journal = places.journal(user);
            byte[] request = Asking.bytes(Asking.request("ask", "list"));
            return Change.journal(Asking.text(asking.inTurn(() -> asking.engine().journal(request, journal))));
        });
    }

    @Override
    @NonNull
    public Done undo(@NonNull List<Long> numbers) throws Failure {
        return undo(numbers, current);
    }

    @NonNull
    private Done undo(@NonNull List<Long> numbers, int user) throws Failure {
        forget(null);
        return asking.ask(() -> {
            JSONObject request = new JSONObject().put("now", now());
            if (!numbers.isEmpty()) {
                request.put("seq", new JSONArray(numbers));
            }
            File journal = places.journal(user);
            byte[] bytes = Asking.bytes(request);
            return Done.parse(Asking.text(asking.inTurn(() -> asking.engine().undo(hand, bytes, journal))));
        });
    }

    @Override
    @NonNull
    public Event.Records records(@NonNull Event.Filter filter, @Nullable Long from) throws Failure {
        return asking.ask(() -> {
            JSONObject request = Asking.request("ask", "list").put("limit", EVENTS);
            if (filter.days() > 0) {
                request.put("since", seconds(Instant.now().minus(filter.days(), ChronoUnit.DAYS)));
            }
            if (filter.name() != null) {
                request.put("package", filter.name());
            }
            if (filter.kind() != null) {
                request.put("kind", filter.kind());
            }
            if (from != null) {
                request.put("after", from);
            }
            return Event.records(Asking.text(recorded(request)));
        });
    }

    @Override
    public void export(@NonNull String format, @NonNull OutputStream to) throws Failure {
        byte[] document = asking.ask(() -> recorded(Asking.request("ask", "export").put("format", format)));
        try {
            to.write(document);
            to.flush();
        } catch (IOException failed) {
            throw Asking.failure("failed", "not written: " + failed.getMessage(), "未能写入：" + failed.getMessage());
        }
    }

    @NonNull
    private byte[] control(@NonNull JSONObject request, int user) throws EngineException, IOException {
        File journal = places.journal(user);
        return asking.inTurn(() -> asking.engine().control(hand, Asking.bytes(request), journal));
    }

    @NonNull
    private String enforced(@NonNull JSONObject request, int user) throws EngineException, IOException {
        File journal = places.journal(user);
        return Asking.text(asking.inTurn(() -> asking.engine().enforce(hand, Asking.bytes(request), journal)));
    }

    @NonNull
    private byte[] recorded(@NonNull JSONObject request) throws EngineException, IOException {
        File record = places.record();
        return asking.inTurn(() -> asking.engine().records(Asking.bytes(request), record));
    }

    @NonNull
    private static String now() {
        return seconds(Instant.now());
    }

    @NonNull
    private static String seconds(@NonNull Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
