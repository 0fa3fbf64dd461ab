// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.TreeMap;

import android.os.Bundle;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/** Writes {@code <meta-data>} of an app or component. */
final class MetaFacts {
    private static final int LONGEST = 2_000;

    private MetaFacts() {
    }

    /** Writes the field {@code meta-data}, or nothing where there is none. */
    static void write(@NonNull JsonWriter json, @NonNull String of, @Nullable Bundle bundle, @NonNull NotRead notRead)
            throws IOException {
        TreeMap<String, String> values = new TreeMap<>();
        try {
            read(of, bundle, values, notRead);
        } catch (RuntimeException unreadable) {
            // A bundle is taken apart when it is first looked at; what is wrong with it shows here.
            notRead.add("meta-data of " + of, Withheld.of(unreadable));
        }
        if (values.isEmpty()) {
            return;
        }
        json.name("meta-data").beginArray();
        for (String name : values.keySet()) {
            json.beginObject().name("name").value(name);
            JsonBytes.text(json, "value", values.get(name));
            json.endObject();
        }
        json.endArray();
    }

    @SuppressWarnings("deprecation")
    private static void read(@NonNull String of, @Nullable Bundle bundle, @NonNull TreeMap<String, String> values,
            @NonNull NotRead notRead) {
        if (bundle == null) {
            return;
        }
        for (String name : bundle.keySet()) {
            if (name == null) {
                continue;
            }
            Object value = bundle.get(name);
            String text = value == null ? null : String.valueOf(value);
            if (text != null && text.length() > LONGEST) {
                notRead.add("meta-data of " + of, new Withheld(Because.TOO_LARGE, text.length() + " characters"));
                text = null;
            }
            values.put(name, text);
        }
    }
}
