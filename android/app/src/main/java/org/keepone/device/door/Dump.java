// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import android.content.Context;

import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;
import org.keepone.engine.EngineException;

/**
 * What {@code dumpsys activity service org.keepone/.DumpService} prints: one JSON document on one line, {@code audit} or {@code
 * snapshot}. The platform ends a dump after five seconds ({@code TransferPipe}); a document that takes longer is announced
 * with how far it is, and printed when asked for again.
 */
public final class Dump {
    private static final List<String> DOCUMENTS = Collections.unmodifiableList(Arrays.asList("audit", "snapshot"));
    private static final long PATIENCE_MILLIS = 3_500;

    private final Answers answers;

    /**
     * Takes what it asks through.
     *
     * @param context any context of the app
     */
    public Dump(@NonNull Context context) {
        this(new Answers((want, progress) -> new Judging(context).document(want, progress::at)));
    }

    Dump(@NonNull Answers answers) {
        this.answers = answers;
    }

    /**
     * Prints what was asked for.
     *
     * @param writer where to
     * @param arguments nothing for the audit, or the name of one document
     */
    public void print(@NonNull PrintWriter writer, @Nullable String[] arguments) {
        String want = arguments == null || arguments.length == 0 ? "audit" : arguments[0];
        if (want == null || !DOCUMENTS.contains(want) || arguments != null && arguments.length > 1) {
            writer.println("usage: dumpsys activity service org.keepone/.DumpService [audit|snapshot]"
                    + "  (not: " + PackageNames.forLog(want) + ")");
            return;
        }
        try {
            byte[] document = answers.get(want, PATIENCE_MILLIS);
            if (document == null) {
                writer.println(pending(answers.progress(want)));
            } else {
                writer.println(new String(document, StandardCharsets.UTF_8));
            }
        } catch (EngineException failed) {
            writer.println(failure(failed));
        }
    }

    /** Returns what stands in place of a document that is not ready. */
    @NonNull
    static String pending(@NonNull Answers.Progress progress) {
        return "{\"pending\":{\"done\":" + progress.done() + ",\"of\":" + progress.of() + "}}";
    }

    /** Returns what stands in place of a document that could not be made. */
    @NonNull
    static String failure(@NonNull EngineException failed) {
        try {
            return new JSONObject().put("error", new JSONObject()
                    .put("code", failed.code())
                    .put("message", failed.getMessage())).toString();
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
