// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.device.Document;

/** Everything that the engine wants asked: intents, and beginnings of the names of system properties. */
final class ProbeDocument {
    private final List<Probe> probes;
    private final List<String> propertyBeginnings;

    private ProbeDocument(@NonNull List<Probe> probes, @NonNull List<String> propertyBeginnings) {
        this.probes = Collections.unmodifiableList(probes);
        this.propertyBeginnings = Collections.unmodifiableList(propertyBeginnings);
    }

    /**
     * Reads the engine's questions.
     *
     * @throws IllegalArgumentException when they are not of the documented form: the library and this app do not fit
     */
    @NonNull
    static ProbeDocument of(@NonNull byte[] document) {
        List<Probe> probes = new ArrayList<>();
        List<String> beginnings = new ArrayList<>();
        try {
            JSONObject root = Document.object(document);
            JSONArray listed = root.getJSONArray("probes");
            for (int i = 0; i < listed.length(); i++) {
                probes.add(Probe.of(listed.getJSONObject(i)));
            }
            JSONArray properties = root.optJSONArray("properties");
            for (int i = 0; properties != null && i < properties.length(); i++) {
                beginnings.add(properties.getString(i));
            }
        } catch (JSONException malformed) {
            throw new IllegalArgumentException("probes: " + malformed.getMessage(), malformed);
        }
        return new ProbeDocument(probes, beginnings);
    }

    /** Returns a document that asks nothing. */
    @NonNull
    static ProbeDocument none() {
        return new ProbeDocument(Collections.emptyList(), Collections.emptyList());
    }

    /** Returns the intents to ask for. */
    @NonNull
    List<Probe> probes() {
        return probes;
    }

    /** Returns the beginnings of the names of properties to list; empty when the engine asks for none. */
    @NonNull
    List<String> propertyBeginnings() {
        return propertyBeginnings;
    }
}
