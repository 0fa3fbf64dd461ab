// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.device.Document;
import org.keepone.engine.EngineException;

/** Takes from an audit what it says of one package: its entry, and the findings that name it. */
final class OnePackage {
    private OnePackage() {
    }

    /** Returns {@code {"schema-version":…,"package":…,"findings":[…]}}; without an entry, {@code package} is null. */
    @NonNull
    static byte[] of(@NonNull byte[] audit, @NonNull String name) throws EngineException {
        try {
            JSONObject whole = Document.object(audit);
            JSONObject sheet = new JSONObject();
            sheet.put("schema-version", whole.getInt("schema-version"));
            sheet.put("package", JSONObject.NULL);
            JSONArray packages = whole.getJSONArray("packages");
            for (int i = 0; i < packages.length(); i++) {
                if (name.equals(packages.getJSONObject(i).getString("name"))) {
                    sheet.put("package", packages.getJSONObject(i));
                }
            }
            JSONArray of = new JSONArray();
            JSONArray findings = whole.getJSONArray("findings");
            for (int i = 0; i < findings.length(); i++) {
                if (names(findings.getJSONObject(i), name)) {
                    of.put(findings.getJSONObject(i));
                }
            }
            sheet.put("findings", of);
            return Document.bytes(sheet);
        } catch (JSONException malformed) {
            throw new EngineException("internal", "the audit is of no known form: " + malformed.getMessage(),
                    "审核结果格式未知：" + malformed.getMessage());
        }
    }

    private static boolean names(@NonNull JSONObject finding, @NonNull String name) {
        JSONArray packages = finding.optJSONArray("packages");
        for (int i = 0; packages != null && i < packages.length(); i++) {
            if (name.equals(packages.optString(i))) {
                return true;
            }
        }
        return false;
    }
}
