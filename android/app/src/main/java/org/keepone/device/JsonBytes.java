// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Writes JSON as UTF-8 bytes, and the few shapes that every document here has. */
public final class JsonBytes {
    private JsonBytes() {
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes.
         *
         * @param json where to
         * @throws IOException never in practice: the bytes go to memory
         */
        void write(@NonNull JsonWriter json) throws IOException;
    }

    /**
     * Returns what {@code body} writes.
     *
     * @param body writes one JSON value
     * @return its UTF-8 bytes
     */
    @NonNull
    public static byte[] of(@NonNull Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            body.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes a text field, or nothing for a value that is not there.
     *
     * @param json where to
     * @param name the field
     * @param value its value
     * @throws IOException from the writer
     */
    public static void text(@NonNull JsonWriter json, @NonNull String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.name(name).value(value);
        }
    }

    /**
     * Writes a yes-or-no field, or nothing for a value that is not known.
     *
     * @param json where to
     * @param name the field
     * @param value its value
     * @throws IOException from the writer
     */
    public static void flag(@NonNull JsonWriter json, @NonNull String name, @Nullable Boolean value)
            throws IOException {
        if (value != null) {
            json.name(name).value(value.booleanValue());
        }
    }

    /**
     * Writes a list of texts, or nothing for an empty one.
     *
     * @param json where to
     * @param name the field
     * @param values its values
     * @throws IOException from the writer
     */
    public static void texts(@NonNull JsonWriter json, @NonNull String name, @NonNull Collection<String> values)
            throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.name(name).beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    /**
     * Writes why something is not there, {@code {"<tag>": word, "detail": text}}.
     *
     * @param json where to
     * @param tag the field of the word
     * @param withheld the reason
     * @throws IOException from the writer
     */
    public static void reason(@NonNull JsonWriter json, @NonNull String tag, @NonNull Withheld withheld)
            throws IOException {
        json.beginObject();
        json.name(tag).value(withheld.because().word());
        json.name("detail").value(withheld.detail());
        json.endObject();
    }
}
