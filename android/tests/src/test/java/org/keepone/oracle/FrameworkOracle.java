// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import static org.junit.Assert.assertEquals;

import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.PackageParser;
import android.os.Build;
import android.util.JsonWriter;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.json.JSONException;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;

/**
 * Asks the framework what our readers are asked: what an APK's manifest says, which filters let a probe through, and
 * which apps are eligible for text messages. It compares nothing: {@code tests/corpus/oracle.rs} starts it and does.
 *
 * <p>Takes the file named by {@code keepone.question}; writes {@code answer-PLATFORM.jsonl} beside it, a line per APK.
 */
@RunWith(PhoneRunner.class)
@SuppressWarnings("deprecation")
public final class FrameworkOracle {
    @Test
    public void answer() throws IOException, JSONException {
        Path asked = Path.of(System.getProperty("keepone.question"));
        Question question = Question.read(asked);
        int lines = 0;
        Path answers = asked.resolveSibling("answer-" + Build.VERSION.SDK_INT + ".jsonl");
        try (Writer out = Files.newBufferedWriter(answers)) {
            for (String apk : question.apks()) {
                out.write(line(question, apk));
                out.write('\n');
                lines++;
            }
        }
        assertEquals(question.apks().size(), lines);
    }

    private static String line(Question question, String apk) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject().name("apk").value(apk);
            try {
                PackageParser.Package read = FrameworkParser.parse(new File(question.root(), apk));
                new Facts(json).write(read);
                json.name("answers").beginObject();
                for (Question.Probe probe : question.probes()) {
                    answer(json, probe, read);
                }
                json.endObject();
                json.name("texts").value(TextMessages.isEligible(read));
            } catch (PackageParser.PackageParserException refused) {
                Throwable cause = refused.getCause();
                json.name("refused").value(refused.getMessage() + (cause == null ? "" : ": " + cause));
            }
            json.endObject();
        }
        return text.toString();
    }

    /** Writes which filters of which components let the probe through: pairs of positions in the manifest's order. */
    private static void answer(JsonWriter json, Question.Probe probe, PackageParser.Package read) throws IOException {
        List<? extends PackageParser.Component<? extends IntentFilter>> components =
                switch (probe.component()) {
                    case "activity" -> read.activities;
                    case "receiver" -> read.receivers;
                    case "service" -> read.services;
                    default -> throw new IllegalArgumentException(probe.component());
                };
        boolean found = false;
        Intent intent = probe.intent();
        for (int component = 0; component < components.size(); component++) {
            List<? extends IntentFilter> filters = components.get(component).intents;
            for (int filter = 0; filter < filters.size(); filter++) {
                int match =
                        filters.get(filter)
                                .match(
                                        intent.getAction(),
                                        intent.getType(),
                                        intent.getScheme(),
                                        intent.getData(),
                                        intent.getCategories(),
                                        "oracle");
                if (match >= 0) {
                    if (!found) {
                        json.name(probe.id()).beginArray();
                        found = true;
                    }
                    json.beginArray().value(component).value(filter).endArray();
                }
            }
        }
        if (found) {
            json.endArray();
        }
    }
}
