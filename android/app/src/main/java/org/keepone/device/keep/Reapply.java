// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.TreeSet;

import android.content.Context;
import android.util.Log;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Document;
import org.keepone.device.Heard;
import org.keepone.device.Places;
import org.keepone.device.carry.DeviceEnforcer;
import org.keepone.device.read.DeviceReader;
import org.keepone.device.read.UnitedFacts;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;

/**
 * Has the engine hold a user's choices against the phone and set again what was lost. Only packages that something was chosen
 * for are read. What was done stands in the journal; what differs and cannot be set is in the answer.
 */
@WorkerThread
public final class Reapply {
    /** Reads some packages. */
    @FunctionalInterface
    interface Readers {
        @NonNull
        PackageReader of(@NonNull Collection<String> names);
    }

    private static final String TAG = "KeepOne";

    private final Places places;
    private final PackageEnforcer enforcer;
    private final Readers readers;
    private final Core core;

    /**
     * Takes what it asks through.
     *
     * @param context any context of the app
     */
    public Reapply(@NonNull Context context) {
        this(new Places(context), new DeviceEnforcer(context), names -> DeviceReader.of(context, names),
                Core.of(new Engine()));
    }

    Reapply(@NonNull Places places, @NonNull PackageEnforcer enforcer, @NonNull Readers readers, @NonNull Core core) {
        this.places = places;
        this.enforcer = enforcer;
        this.readers = readers;
        this.core = core;
    }

    /**
     * Holds one user's choices.
     *
     * @param user the user of the phone
     * @param packages the packages to look at, {@code null} for all that anything was chosen for
     * @return the engine's answer, {@code null} when nothing was chosen for any of them
     * @throws EngineException when the engine could not
     * @throws IOException when the files' folder cannot be made
     */
    @Nullable
    public byte[] of(int user, @Nullable Collection<String> packages) throws EngineException, IOException {
        File choices = places.choices(user);
        if (!choices.exists()) {
            return null;
        }
        Places.turn().lock();
        try {
            TreeSet<String> chosen = chosen(choices, user);
            if (packages != null) {
                chosen.retainAll(packages);
            }
            if (chosen.isEmpty()) {
                return null;
            }
            byte[] answer = core.control(enforcer, request(user, facts(chosen), choices), places.journal(user));
            note(answer);
            // A screen that shows what was set again reads it anew.
            chosen.forEach(Heard::app);
            return answer;
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the engine's answer is of no known form: " + malformed.getMessage(),
                    "引擎的回答格式未知：" + malformed.getMessage());
        } finally {
            Places.turn().unlock();
        }
    }

    /** The packages that something was chosen for. */
    @NonNull
    private TreeSet<String> chosen(@NonNull File choices, int user) throws EngineException, JSONException {
        byte[] request = Document.bytes(new JSONObject().put("ask", "list").put("user", user));
        JSONArray listed = Document.object(core.choices(request, choices)).getJSONArray("packages");
        TreeSet<String> chosen = new TreeSet<>();
        for (int i = 0; i < listed.length(); i++) {
            chosen.add(listed.getString(i));
        }
        return chosen;
    }

    /** What is known of these packages now; of one that is gone, nothing. */
    @NonNull
    private JSONArray facts(@NonNull TreeSet<String> names) throws EngineException, JSONException {
        UnitedFacts united = new UnitedFacts(core::judge, readers.of(names), "/");
        JSONArray facts = new JSONArray();
        for (String name : names) {
            JSONObject one = united.of(name);
            if (one != null) {
                facts.put(one);
            }
        }
        return facts;
    }

    @NonNull
    private static byte[] request(int user, @NonNull JSONArray facts, @NonNull File choices) throws JSONException {
        return Document.bytes(new JSONObject()
                .put("ask", "reapply")
                .put("facts", facts)
                .put("user", user)
                .put("choices", choices.getPath())
                .put("now", now()));
    }

    /** Returns whether something of an answer was set again so often that it has to wait. */
    static boolean hasToWait(@NonNull byte[] answer) {
        JSONArray items;
        try {
            items = Document.object(answer).getJSONArray("items");
        } catch (JSONException malformed) {
            return false;
        }
        for (int i = 0; i < items.length(); i++) {
            JSONObject item = items.optJSONObject(i);
            if (item != null && "waits".equals(item.optString("outcome"))) {
                return true;
            }
        }
        return false;
    }

    /** What was set again belongs to the record of what was done to apps. */
    private void note(@NonNull byte[] answer) throws JSONException, IOException {
        JSONObject result = Document.object(answer).optJSONObject("result");
        if (result == null) {
            return;
        }
        JSONObject request = new JSONObject().put("ask", "note").put("result", result).put("when", now());
        try {
            core.records(Document.bytes(request), places.record());
        } catch (EngineException failed) {
            // It was done, and stands in the journal.
            Log.w(TAG, "the record does not have what was set again: " + failed.getMessage());
        }
    }

    /**
     * Tells which apps that were removed for a user are there again, since an update of the system brought them back.
     *
     * @param user the user of the phone
     * @return their names, in order
     * @throws EngineException when the engine could not
     * @throws IOException when the files' folder cannot be made
     */
    @NonNull
    public TreeSet<String> cameBack(int user) throws EngineException, IOException {
        File journal = places.journal(user);
        TreeSet<String> names = new TreeSet<>();
        if (!journal.exists()) {
            return names;
        }
        Places.turn().lock();
        try {
            byte[] request = Document.bytes(new JSONObject().put("ask", "came-back"));
            JSONArray listed = Document.object(core.control(enforcer, request, journal)).getJSONArray("came-back");
            for (int i = 0; i < listed.length(); i++) {
                names.add(listed.getJSONObject(i).getString("package"));
            }
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the engine's answer is of no known form: " + malformed.getMessage(),
                    "引擎的回答格式未知：" + malformed.getMessage());
        } finally {
            Places.turn().unlock();
        }
        return names;
    }

    @NonNull
    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
