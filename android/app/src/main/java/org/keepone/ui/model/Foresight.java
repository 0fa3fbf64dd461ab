// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * What the removal of an app would change and lose, said before anything is done.
 *
 * @param hindrance why it cannot be done from here; {@code null} when nothing is known to stand in the way
 * @param handovers the roles that go to other apps before it
 * @param bytes how much data goes with it; {@code null} when that could not be read
 * @param settings what else no undo would bring back
 */
public record Foresight(
        @Nullable Wording hindrance,
        @NonNull List<Handover> handovers,
        @Nullable Long bytes,
        @NonNull List<Wording> settings) {

    /** A role, such as {@code android.app.role.DIALER}, and the package that takes it over. */
    public record Handover(@NonNull String role, @NonNull String to) {
    }

    /** Returns a removal that cannot be done from here. */
    @NonNull
    public static Foresight hindered(@NonNull Wording hindrance) {
        return new Foresight(hindrance, List.of(), null, List.of());
    }

    /** Reads the answer to {@code enforce} with {@code foresee}, of the steps that remove one app. */
    @NonNull
    public static Foresight parse(@NonNull String json) throws JSONException {
        Wording hindrance = null;
        Long bytes = null;
        List<Handover> handovers = new ArrayList<>();
        List<Wording> settings = new ArrayList<>();
        Fields answer = Fields.document(new JSONObject().put("steps", new JSONArray(json)).toString());
        for (Fields step : answer.list("steps")) {
            if (step.has("because") && hindrance == null) {
                hindrance = step.wording("text");
            }
            String role = step.object("cell").text("role");
            if (role != null && !Boolean.TRUE.equals(step.flag("already"))) {
                for (String to : step.texts("to")) {
                    handovers.add(new Handover(role, to));
                }
            }
            for (Fields lost : step.list("lost")) {
                Wording text = lost.wording("text");
                if (lost.text("what", "").equals("data")) {
                    bytes = lost.number("bytes");
                } else if (text != null) {
                    settings.add(text);
                }
            }
        }
        return new Foresight(
                hindrance, Collections.unmodifiableList(handovers), bytes, Collections.unmodifiableList(settings));
    }
}
