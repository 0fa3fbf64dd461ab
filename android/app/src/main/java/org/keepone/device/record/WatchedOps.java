// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.device.AppOpsCompat;
import org.keepone.device.Document;
import org.keepone.engine.Engine;
import org.keepone.engine.EngineException;

/** Which app-ops belong to the record: the engine says, as it says what each of them means. */
final class WatchedOps {
    private WatchedOps() {
    }

    /** Asks the engine, {@code {"ask":"watch"}}, and returns those that this release knows. */
    @NonNull
    static String[] ask(@NonNull Engine engine, @NonNull File record) throws EngineException {
        try {
            byte[] request = Document.bytes(new JSONObject().put("ask", "watch"));
            JSONArray listed = Document.object(engine.records(request, record)).getJSONArray("ops");
            List<String> ops = new ArrayList<>();
            for (int i = 0; i < listed.length(); i++) {
                if (isKnown(listed.getString(i))) {
                    ops.add(listed.getString(i));
                }
            }
            return ops.toArray(new String[0]);
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the engine names no app-ops: " + malformed.getMessage(),
                    "引擎没有给出要记录的操作：" + malformed.getMessage());
        }
    }

    /** One op that a release does not know would make it refuse to watch any. */
    private static boolean isKnown(@NonNull String op) {
        try {
            return AppOpsCompat.number(op) >= 0;
        } catch (UnsupportedOperationException | LinkageError unknown) {
            return false;
        }
    }
}
