// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import static org.junit.Assert.assertTrue;

import android.content.Context;
import android.content.pm.PackageParser;
import android.os.Build;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.read.DeviceReader;
import org.keepone.engine.Engine;
import org.keepone.harness.Phone;
import org.keepone.harness.PhoneRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowPackageManager;

/**
 * Judges firmware trees as a phone would that runs them: the framework's parser reads the APKs, Robolectric's package
 * manager holds them, the app's collector asks it, and the engine judges through JNI. It compares nothing: {@code
 * tests/corpus/framework/through_jni.rs} starts it and does.
 *
 * <p>Takes the file named by {@code keepone.question}; writes {@code verdict-PLATFORM.jsonl} beside it, a line per tree.
 */
@RunWith(PhoneRunner.class)
@SuppressWarnings("deprecation")
public final class TreeOracle {
    @Test
    public void judge() throws Exception {
        Path asked = Path.of(System.getProperty("keepone.question"));
        JSONObject question = new JSONObject(Files.readString(asked));
        JSONArray trees = question.getJSONArray("trees");
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < trees.length(); at++) {
            lines.append(judge(trees.getJSONObject(at), question.getJSONObject("options"))).append('\n');
        }
        assertTrue(trees.length() > 0);
        Files.writeString(asked.resolveSibling("verdict-" + Build.VERSION.SDK_INT + ".jsonl"), lines);
    }

    private static JSONObject judge(JSONObject tree, JSONObject options) throws Exception {
        ShadowPackageManager.reset();
        Phone phone = new Phone();
        File root = new File(tree.getString("root"));
        JSONObject refused = new JSONObject();
        JSONArray files = tree.getJSONArray("files");
        for (int at = 0; at < files.length(); at++) {
            JSONArray place = files.getJSONArray(at);
            String file = place.getString(0);
            try {
                phone.install(new File(root, file), "/" + file, "/" + place.getString(1));
            } catch (PackageParser.PackageParserException reason) {
                refused.put(file, String.valueOf(reason.getMessage()));
            }
        }
        options.put("root", root.getPath());
        byte[] request = options.toString().getBytes(StandardCharsets.UTF_8);
        Context context = RuntimeEnvironment.getApplication();
        Engine engine = new Engine();
        byte[] answer =
                Fixtures.beside(() -> engine.judge(new DeviceReader(context, engine.probes()), request));
        JSONObject verdict = new JSONObject(new String(answer, StandardCharsets.UTF_8));
        return new JSONObject().put("tree", tree.getString("id")).put("refused", refused).put("verdict", verdict);
    }
}
