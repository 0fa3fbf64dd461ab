// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;

/**
 * Says where a piece of evidence was seen. The core writes "activity some.Class: some.action" and the like: the word before
 * the fact is put into the language of the screen, the fact stays as it is.
 */
final class Origins {
    private static final String[] WORDS = {
        "activity ", "receiver ", "service ", "provider ", "permission ", "package name ", "label ", "class ", "feature ",
        "shared user id ", "many actions such as ", "package ",
    };

    private static final int[] NAMES = {
        R.string.origin_activity, R.string.origin_receiver, R.string.origin_service, R.string.origin_provider,
        R.string.origin_permission, R.string.evidence_name, R.string.evidence_label, R.string.origin_class,
        R.string.origin_feature, R.string.origin_shared_user, R.string.origin_many, R.string.origin_package,
    };

    private Origins() {
    }

    /** Returns the evidence in one line, with its points. */
    @NonNull
    static String line(@NonNull Say say, @NonNull App.Evidence evidence) {
        String origin = evidence.origin();
        String line = null;
        for (int at = 0; at < WORDS.length && line == null; at++) {
            if (origin.startsWith(WORDS[at])) {
                String fact = Clean.fact(origin.substring(WORDS[at].length()));
                line = say.text(R.string.set_to, say.text(NAMES[at]), fact);
            }
        }
        if (line == null) {
            line = say.text(R.string.set_to, kind(say, evidence.kind()), Clean.fact(origin));
        }
        return say.text(R.string.evidence_points, line, evidence.weight());
    }

    /** Returns the kind of evidence; one that is not known yet stays as it is. */
    @Nullable
    private static String kind(@NonNull Say say, @NonNull String kind) {
        switch (kind) {
            case "role":
                return say.text(R.string.evidence_role);
            case "intent":
                return say.text(R.string.evidence_intent);
            case "category":
                return say.text(R.string.evidence_category);
            case "declared":
                return say.text(R.string.evidence_declared);
            case "image":
                return say.text(R.string.evidence_image);
            case "name":
                return say.text(R.string.evidence_name);
            case "label":
                return say.text(R.string.evidence_label);
            case "claim":
                return say.text(R.string.evidence_claim);
            default:
                return Clean.fact(kind);
        }
    }
}
