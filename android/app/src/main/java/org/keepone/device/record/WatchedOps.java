// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.io.File;
import java.nio.charset.StandardCharsets;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;

/** Which app-ops belong to the record: the engine says, as it says what each of them means. */
final class WatchedOps {
    private WatchedOps() {
    }

    /** Asks the engine: {@code {"ask":"watch"}} gives {@code {"ops":[…]}}. */
    @NonNull
    static String[] ask(@NonNull Engine engine, @NonNull File record) throws EngineException {
        byte[] answer = engine.records("{\"ask\":\"watch\"}".getBytes(StandardCharsets.UTF_8), record);
        try {
            JSONArray listed = new JSONObject(new String(answer, StandardCharsets.UTF_8)).getJSONArray("ops");
            String[] ops = new String[listed.length()];
            for (int i = 0; i < ops.length; i++) {
                ops[i] = listed.getString(i);
            }
            return ops;
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the engine names no app-ops: " + malformed.getMessage(),
                    "引擎没有给出要记录的操作：" + malformed.getMessage());
        }
    }
}
