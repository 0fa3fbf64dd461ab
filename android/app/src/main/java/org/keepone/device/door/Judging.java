// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import android.content.Context;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Document;
import org.keepone.device.LayerLog;
import org.keepone.device.VendorLayers;
import org.keepone.device.read.DeviceReader;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;

/** One reading of the phone, judged by the engine under the maker's layers; for those who ask from outside the screens. */
final class Judging {
    private final Context context;
    private final Engine engine = new Engine();

    Judging(@NonNull Context context) {
        this.context = context;
    }

    /**
     * Reads and judges.
     *
     * @param want the document, {@code audit} or {@code snapshot}
     * @param progress is told how far it is
     * @return the document alone
     */
    @WorkerThread
    @NonNull
    byte[] document(@NonNull String want, @NonNull DeviceReader.Progress progress) throws EngineException {
        VendorLayers layers = VendorLayers.read();
        byte[] answer = engine.judge(new DeviceReader(context, engine.probes(), progress), options(want, layers));
        try {
            JSONObject documents = Document.object(answer);
            LayerLog.write(layers, documents.optJSONArray("layer-mistakes"));
            return Document.bytes(documents.getJSONObject(want));
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the engine's answer has no " + want, "引擎的回答中没有 " + want);
        }
    }

    @NonNull
    private static byte[] options(@NonNull String want, @NonNull VendorLayers layers) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            return Document.bytes(new JSONObject()
                    .put("want", new JSONArray().put(want))
                    .put("layers", layers.layers())
                    .put("today", now.toString().substring(0, 10))
                    .put("captured", now.toString()));
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
