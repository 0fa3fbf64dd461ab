// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.File;
import java.util.Collection;
import java.util.Locale;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.LayerLog;
import org.keepone.device.VendorLayers;
import org.keepone.device.read.UnitedFacts;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageReader;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;

/** Reads the phone and has it judged under the maker's layers; the facts of single packages. */
@WorkerThread
final class EngineVerdict {
    private final Asking asking;
    private final EnginePhone.Reading reading;

    EngineVerdict(@NonNull Asking asking, @NonNull EnginePhone.Reading reading) {
        this.asking = asking;
        this.reading = reading;
    }

    /** Reads everything anew. */
    @NonNull
    Judgement judge(@NonNull Phone.Progress progress) throws Failure {
        return asking.ask(() -> {
            PackageReader fresh = reading.reader(asking.engine(), progress);
            VendorLayers layers = VendorLayers.read(new File(reading.root()));
            String now = Asking.now();
            JSONObject options = new JSONObject()
                    .put("want", new JSONArray().put("audit").put("plan").put("screen"))
                    .put("layers", layers.layers())
                    .put("root", reading.root())
                    .put("today", now.substring(0, 10))
                    .put("captured", now);
            JSONObject answer = new JSONObject(Asking.text(asking.engine().judge(fresh, Asking.bytes(options))));
            LayerLog.write(layers, answer.optJSONArray("layer-mistakes"));
            return Judgement.parse(withUnused(answer, layers).toString());
        });
    }

    /** Returns what reads the facts of some packages now. */
    @NonNull
    UnitedFacts facts(@NonNull Collection<String> names) throws Failure {
        return asking.ask(() ->
                new UnitedFacts(asking.engine()::judge, reading.some(asking.engine(), names), reading.root()));
    }

    /** Returns the facts of one package now. */
    @NonNull
    JSONObject facts(@NonNull UnitedFacts united, @NonNull String name) throws Failure {
        return asking.ask(() -> {
            JSONObject facts = united.of(name);
            if (facts == null) {
                throw new EngineException("callback", name + " is not on the phone any more", name + " 已不在本机");
            }
            return facts;
        });
    }

    /** Puts files that could not even be given to the core beside those in which it found mistakes. */
    @NonNull
    private static JSONObject withUnused(@NonNull JSONObject answer, @NonNull VendorLayers layers)
            throws JSONException {
        JSONArray known = answer.optJSONArray("layer-mistakes");
        JSONArray mistakes = known == null ? new JSONArray() : known;
        for (VendorLayers.Mistake mistake : layers.mistakes()) {
            JSONObject message = new JSONObject()
                    .put("en", mistake.message().in(Locale.ENGLISH))
                    .put("zh", mistake.message().in(Locale.CHINESE));
            mistakes.put(new JSONObject().put("path", mistake.path()).put("message", message));
        }
        return answer.put("layer-mistakes", mistakes);
    }
}
