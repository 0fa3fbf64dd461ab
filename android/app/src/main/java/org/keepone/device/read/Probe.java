// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import android.content.Intent;
import android.net.Uri;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;

/** One of the engine's questions: which components of a kind answer this intent? What it is for, only the engine knows. */
final class Probe {
    private final ComponentKind kind;
    private final Intent intent;

    private Probe(@NonNull ComponentKind kind, @NonNull Intent intent) {
        this.kind = kind;
        this.intent = intent;
    }

    /** Reads one question. */
    @NonNull
    static Probe of(@NonNull JSONObject probe) throws JSONException {
        ComponentKind kind = ComponentKind.of(probe.getString("component"));
        if (kind == null) {
            throw new JSONException("unknown component kind: " + probe.getString("component"));
        }
        Intent intent = new Intent(probe.getString("action"));
        JSONArray categories = probe.optJSONArray("categories");
        for (int i = 0; categories != null && i < categories.length(); i++) {
            intent.addCategory(categories.getString(i));
        }
        Uri data = probe.isNull("data") ? null : Uri.parse(probe.getString("data"));
        String type = probe.isNull("mime-type") ? null : probe.getString("mime-type");
        if (data != null || type != null) {
            intent.setDataAndType(data, type);
        }
        return new Probe(kind, intent);
    }

    @NonNull
    ComponentKind kind() {
        return kind;
    }

    @NonNull
    Intent intent() {
        return intent;
    }

    /** Names the question where its answer failed. */
    @NonNull
    String name() {
        StringBuilder name = new StringBuilder("probe ").append(kind.word()).append(' ').append(intent.getAction());
        if (intent.getCategories() != null) {
            intent.getCategories().forEach(category -> name.append(' ').append(category));
        }
        if (intent.getData() != null) {
            name.append(' ').append(intent.getData());
        }
        if (intent.getType() != null) {
            name.append(' ').append(intent.getType());
        }
        return name.toString();
    }
}
