// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Reads fields of one JSON object; what is absent, {@code null} or of another kind is {@code null} or empty. */
final class Fields {
    private static final JSONObject NOTHING = new JSONObject();

    private final JSONObject object;

    private Fields(@NonNull JSONObject object) {
        this.object = object;
    }

    /** Reads a whole document. */
    @NonNull
    static Fields document(@NonNull String json) throws JSONException {
        return new Fields(new JSONObject(json));
    }

    /** Takes one element of a list, or the value of a field; anything but an object has no fields. */
    @NonNull
    static Fields of(@Nullable Object value) {
        return new Fields(value instanceof JSONObject ? (JSONObject) value : NOTHING);
    }

    boolean has(@NonNull String name) {
        return !object.isNull(name);
    }

    @NonNull
    Fields object(@NonNull String name) {
        return of(object.opt(name));
    }

    @Nullable
    String text(@NonNull String name) {
        Object value = object.opt(name);
        return value instanceof String ? (String) value : null;
    }

    @NonNull
    String text(@NonNull String name, @NonNull String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    @Nullable
    Boolean flag(@NonNull String name) {
        Object value = object.opt(name);
        return value instanceof Boolean ? (Boolean) value : null;
    }

    @Nullable
    Long number(@NonNull String name) {
        Object value = object.opt(name);
        return value instanceof Number ? Long.valueOf(((Number) value).longValue()) : null;
    }

    int count(@NonNull String name) {
        Long value = number(name);
        return value == null ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, value));
    }

    /** Reads a message that exists in both languages: {@code {"en":…,"zh":…}}. */
    @Nullable
    Wording wording(@NonNull String name) {
        Object value = object.opt(name);
        return value instanceof JSONObject ? Wording.of(of(value)) : null;
    }

    /** Reads a list of strings; elements of other kinds are left out. */
    @NonNull
    List<String> texts(@NonNull String name) {
        return listed(name, String.class);
    }

    /** Reads a list of whole numbers; elements of other kinds are left out. */
    @NonNull
    List<Integer> counts(@NonNull String name) {
        return listed(name, Integer.class);
    }

    @NonNull
    private <T> List<T> listed(@NonNull String name, @NonNull Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Object value : values(name)) {
            if (kind.isInstance(value)) {
                found.add(kind.cast(value));
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** Reads a list of objects. */
    @NonNull
    List<Fields> list(@NonNull String name) {
        List<Fields> found = new ArrayList<>();
        for (Object value : values(name)) {
            found.add(of(value));
        }
        return found;
    }

    /** Returns the names of all fields, in the order of the document. */
    @NonNull
    List<String> names() {
        List<String> found = new ArrayList<>();
        for (Iterator<String> names = object.keys(); names.hasNext(); ) {
            found.add(names.next());
        }
        return found;
    }

    @NonNull
    @Override
    public String toString() {
        return object.toString();
    }

    @NonNull
    private List<Object> values(@NonNull String name) {
        JSONArray array = object.optJSONArray(name);
        List<Object> found = new ArrayList<>();
        for (int at = 0; array != null && at < array.length(); at++) {
            found.add(array.opt(at));
        }
        return found;
    }
}
