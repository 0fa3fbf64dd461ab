// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.nio.charset.StandardCharsets;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;

/** The bytes that go to the engine and come from it: one JSON object in UTF-8. */
public final class Document {
    private Document() {
    }

    /**
     * Reads bytes.
     *
     * @param document JSON in UTF-8
     * @return the object
     * @throws JSONException when they are no object
     */
    @NonNull
    public static JSONObject object(@NonNull byte[] document) throws JSONException {
        return new JSONObject(new String(document, StandardCharsets.UTF_8));
    }

    /**
     * Writes an object.
     *
     * @param object the object
     * @return JSON in UTF-8
     */
    @NonNull
    public static byte[] bytes(@NonNull JSONObject object) {
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }
}
