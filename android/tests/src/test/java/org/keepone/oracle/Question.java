// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import android.content.Intent;
import android.net.Uri;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** What the framework is asked: which APKs to read, which probes to answer. Written by {@code tests/corpus/oracle.rs}. */
final class Question {
    /** A probe of {@code config/groups.toml}. */
    record Probe(String id, String component, Intent intent) {}

    private final File root;
    private final List<String> apks;
    private final List<Probe> probes;

    private Question(File root, List<String> apks, List<Probe> probes) {
        this.root = root;
        this.apks = apks;
        this.probes = probes;
    }

    /** Reads the question. */
    static Question read(Path file) throws IOException, JSONException {
        JSONObject question = new JSONObject(Files.readString(file));
        List<Probe> probes = new ArrayList<>();
        JSONArray asked = question.getJSONArray("probes");
        for (int at = 0; at < asked.length(); at++) {
            probes.add(probe(asked.getJSONObject(at)));
        }
        return new Question(new File(question.getString("root")), texts(question.getJSONArray("apks")), probes);
    }

    private static Probe probe(JSONObject asked) throws JSONException {
        Intent intent = new Intent(asked.getString("action"));
        for (String category : texts(asked.getJSONArray("categories"))) {
            intent.addCategory(category);
        }
        Uri data = asked.isNull("data") ? null : Uri.parse(asked.getString("data"));
        String type = asked.isNull("mime-type") ? null : asked.getString("mime-type");
        intent.setDataAndType(data, type);
        return new Probe(asked.getString("id"), asked.getString("component"), intent);
    }

    private static List<String> texts(JSONArray array) throws JSONException {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < array.length(); at++) {
            texts.add(array.getString(at));
        }
        return texts;
    }

    /** The folder that the APKs' paths begin in. */
    File root() {
        return root;
    }

    /** The paths of the APKs. */
    List<String> apks() {
        return apks;
    }

    /** The probes. */
    List<Probe> probes() {
        return probes;
    }
}
