// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/** What was not read of one package or of the phone, each thing once, in the order in which it was met. */
final class NotRead {
    /** More reasons than this say nothing more: a thousand components that fail do so for one cause. */
    private static final int MOST = 200;

    private final Map<String, Withheld> entries = new LinkedHashMap<>();

    /** Notes a thing; the first reason met for it stays. */
    void add(@NonNull String what, @NonNull Withheld because) {
        if (entries.size() < MOST) {
            entries.putIfAbsent(what, because);
        }
    }

    /** Writes the field {@code not-read}. */
    void write(@NonNull JsonWriter json) throws IOException {
        json.name("not-read").beginArray();
        for (Map.Entry<String, Withheld> entry : entries.entrySet()) {
            json.beginObject();
            json.name("what").value(entry.getKey());
            json.name("because");
            JsonBytes.reason(json, "why", entry.getValue());
            json.endObject();
        }
        json.endArray();
    }
}
