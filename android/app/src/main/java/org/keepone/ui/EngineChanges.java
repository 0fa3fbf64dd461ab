// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Places;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.ui.model.Change;
import org.keepone.ui.model.Done;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Wording;

/**
 * Changes through the engine: switches, removals, undoing. The engine writes its journal before each step; what came of a
 * run is noted in the record of processing, and a person's choice is stored so that it holds.
 */
@WorkerThread
final class EngineChanges {
    private final Asking asking;
    private final PackageEnforcer hand;
    private final Places places;

    EngineChanges(@NonNull Asking asking, @NonNull PackageEnforcer hand, @NonNull Places places) {
        this.asking = asking;
        this.hand = hand;
        this.places = places;
    }

    /** Asks {@code control} and returns its answer. */
    @NonNull
    String control(@NonNull JSONObject request, int user) throws EngineException, IOException {
        File journal = places.journal(user);
        return Asking.text(asking.inTurn(() -> asking.engine().control(hand, Asking.bytes(request), journal)));
    }

    /** Sets one switch of a package and stores the choice. */
    @NonNull
    Done set(@NonNull JSONObject facts, int user, @NonNull String area, @NonNull String id, @NonNull String to)
            throws Failure {
        return asking.ask(() -> {
            JSONObject request = Asking.request("ask", "set")
                    .put("user", user)
                    .put("facts", facts)
                    .put("area", area)
                    .put("switch", id)
                    .put("to", to)
                    .put("consent", true)
                    .put("now", Asking.now());
            String text = control(request, user);
            JSONObject answer = new JSONObject(text);
            Done done = noted(Done.parse(text), answer.optJSONObject("result"));
            JSONObject now = answer.optJSONObject("switch");
            // What is done once, such as clearing, is no choice that could be held.
            if (now != null && now.optString("kind").equals("switch")) {
                keep(user, facts.optString("name"), area, id, to);
            }
            return done;
        });
    }

    private void keep(
            int user, @NonNull String name, @NonNull String area, @NonNull String id, @NonNull String to)
            throws EngineException, IOException, JSONException {
        JSONObject choice = Asking.request("ask", "set")
                .put("user", user)
                .put("package", name)
                .put("area", area)
                .put("switch", id)
                .put("wanted", to)
                .put("now", Asking.now());
        File choices = places.choices(user);
        asking.inTurn(() -> asking.engine().choices(Asking.bytes(choice), choices));
    }

    /** Keeps users from uninstalling what the plan keeps, and lets them uninstall the others. Nothing else of it is done. */
    @NonNull
    Done hold(@NonNull String plan, @NonNull List<Integer> users) throws Failure {
        JSONArray kinds = new JSONArray().put("block-uninstall").put("unblock-uninstall");
        return forEach(users, user -> asking.ask(() -> enforced(request(plan, user).put("kinds", kinds), user)));
    }

    /** Carries out what a plan says of one package whose removal was agreed to. */
    @NonNull
    Done remove(@NonNull String plan, int user, @NonNull String name) throws Failure {
        return asking.ask(() -> enforced(removal(plan, user, name), user));
    }

    /** Says what {@link #remove} would change and lose, or why it cannot be done; does nothing. */
    @NonNull
    Foresight foresee(@NonNull String plan, int user, @NonNull String name) throws Failure {
        return asking.ask(() -> {
            byte[] request = Asking.bytes(removal(plan, user, name).put("foresee", true));
            File journal = places.journal(user);
            return Foresight.parse(Asking.text(asking.inTurn(() -> asking.engine().enforce(hand, request, journal))));
        });
    }

    @NonNull
    private static JSONObject removal(@NonNull String plan, int user, @NonNull String name) throws JSONException {
        return request(plan, user).put("consent", new JSONArray().put(name)).put("only", new JSONArray().put(name));
    }

    @NonNull
    private static JSONObject request(@NonNull String plan, int user) throws JSONException {
        return new JSONObject().put("plan", new JSONObject(plan)).put("user", user).put("now", Asking.now());
    }

    /** Something that is done for one user. */
    private interface Run {
        @NonNull
        Done done(int user) throws Failure;
    }

    /** Does something for users one after the other. A user for whom it cannot be done holds up no other. */
    @NonNull
    private static Done forEach(@NonNull List<Integer> users, @NonNull Run run) throws Failure {
        List<Done> all = new ArrayList<>();
        Failure last = null;
        for (int user : users) {
            try {
                all.add(run.done(user));
            } catch (Failure failed) {
                last = failed;
            }
        }
        if (all.isEmpty() && last != null) {
            throw last;
        }
        Done done = Done.joined(all);
        return last == null ? done : done.noting(last.wording());
    }

    /** Brings a run to its end that was cut short. */
    @NonNull
    Done resume(int user) throws Failure {
        return asking.ask(() -> {
            Done done = enforced(new JSONObject().put("resume", true).put("now", Asking.now()), user);
            return withoutChoices(done, user);
        });
    }

    @NonNull
    private Done enforced(@NonNull JSONObject request, int user) throws EngineException, IOException, JSONException {
        File journal = places.journal(user);
        return run(asking.inTurn(() -> asking.engine().enforce(hand, Asking.bytes(request), journal)));
    }

    /** Undoes changes of a user's journal. What was undone is no choice any more, so that nothing sets it again. */
    @NonNull
    Done undo(@NonNull List<Long> numbers, int user) throws Failure {
        return undo(new JSONArray(numbers), user);
    }

    @NonNull
    private Done undo(@Nullable JSONArray numbers, int user) throws Failure {
        Places.turn().lock();
        try {
            // In one turn: no choice is held again between what is undone and the choice that goes with it.
            return asking.ask(() -> {
                JSONObject request = new JSONObject().put("now", Asking.now()).putOpt("seq", numbers);
                File journal = places.journal(user);
                Done done = run(asking.inTurn(() -> asking.engine().undo(hand, Asking.bytes(request), journal)));
                return withoutChoices(done, user);
            });
        } finally {
            Places.turn().unlock();
        }
    }

    /** Undoes all changes that stand in any user's journal. */
    @NonNull
    Done undoAll() throws Failure {
        List<Integer> users = new ArrayList<>();
        for (Change.Journal journal : journals()) {
            if (journal.canUndo()) {
                users.add(journal.user());
            }
        }
        return forEach(users, user -> undo((JSONArray) null, user));
    }

    /** Takes back the choices whose changes the last run undid. What was undone is undone: that the choice stays is told. */
    @NonNull
    private Done withoutChoices(@NonNull Done done, int user) throws IOException, JSONException {
        File choices = places.choices(user);
        if (!choices.exists()) {
            return done;
        }
        JSONObject request = Asking.request("ask", "undone")
                .put("user", user)
                .put("journal", places.journal(user).getPath());
        try {
            asking.inTurn(() -> asking.engine().choices(Asking.bytes(request), choices));
            return done;
        } catch (EngineException refused) {
            return done.noting(new Wording(
                    "it may be set again, since the choice could not be taken back: "
                            + refused.message(Locale.ENGLISH),
                    "未能收回相应的选择，之后可能会被重新设置：" + refused.message(Locale.CHINESE)));
        }
    }

    /**
     * Brings a package back for a user. What was removed here is undone, so that its switches and roles return with it; what
     * somebody else took away, or never was there, is installed from what the phone has.
     */
    @NonNull
    Done bringBack(@NonNull String plan, int user, @NonNull String name) throws Failure {
        List<Long> removals = removals(name, user);
        if (!removals.isEmpty()) {
            return undo(removals, user);
        }
        return asking.ask(() -> enforced(request(plan, user).put("bring-back", new JSONArray().put(name)), user));
    }

    /** Returns the removals of a package for a user that stand in the journal. */
    @NonNull
    List<Long> removals(@NonNull String name, int user) throws Failure {
        List<Long> removals = new ArrayList<>();
        for (Change change : journal(user).changes()) {
            boolean isRemoval = change.purpose().id().equals("uninstall-for-user");
            if (isRemoval && change.name().equals(name) && change.user() == user && change.canUndo()) {
                removals.add(change.seq());
            }
        }
        return Collections.unmodifiableList(removals);
    }

    /** Reads a user's journal. */
    @NonNull
    Change.Journal journal(int user) throws Failure {
        return asking.ask(() -> {
            File journal = places.journal(user);
            byte[] request = Asking.bytes(Asking.request("ask", "list"));
            String answer = Asking.text(asking.inTurn(() -> asking.engine().journal(request, journal)));
            return Change.journal(answer, user);
        });
    }

    /** Reads the journals of every user who has one. */
    @NonNull
    List<Change.Journal> journals() throws Failure {
        List<Change.Journal> journals = new ArrayList<>();
        for (int user : places.users()) {
            if (asking.ask(() -> places.journal(user).exists())) {
                journals.add(journal(user));
            }
        }
        return Collections.unmodifiableList(journals);
    }

    @NonNull
    private Done run(@NonNull byte[] answer) throws EngineException, IOException, JSONException {
        String text = Asking.text(answer);
        if (text.trim().equals("null")) {
            // There was no run to bring to its end.
            return new Done(List.of(), null, List.of());
        }
        return noted(Done.parse(text), new JSONObject(text));
    }

    /** Notes a run in the record. What was done is done: a record that cannot be written is told beside it. */
    @NonNull
    private Done noted(@NonNull Done done, @Nullable JSONObject result) throws JSONException {
        if (result == null) {
            return done;
        }
        JSONObject request = Asking.request("ask", "note").put("result", result).put("when", Asking.now());
        try {
            File record = places.record();
            asking.inTurn(() -> asking.engine().records(Asking.bytes(request), record));
            return done;
        } catch (EngineException refused) {
            return done.noting(new Wording(
                    "not noted in the record: " + refused.message(Locale.ENGLISH),
                    "未能记入处理记录：" + refused.message(Locale.CHINESE)));
        } catch (IOException failed) {
            return done.noting(new Wording(
                    "not noted in the record: " + failed.getMessage(), "未能记入处理记录：" + failed.getMessage()));
        }
    }
}
