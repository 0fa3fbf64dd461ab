// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONException;

import org.keepone.annotation.NonNull;

/** What this copy of the app may do on the phone, and the phone's users. */
public record Way(@NonNull Kind kind, int sdk, @NonNull List<User> users, int current) {
    /** The three ways to live on a phone. */
    public enum Kind {
        /** Signed with the platform's key, privileged: every control. */
        PLATFORM_SIGNED,
        /** Privileged by the allow-list alone. */
        PRIVILEGED,
        /** Installed like any app: reads and judges, and opens the system's own pages. */
        ORDINARY
    }

    /** A user of the phone. */
    public record User(int id, @NonNull String kind) {}

    /** Reads the answer of {@code PackageEnforcer.may}. A way that is not known counts as the one that may least. */
    @NonNull
    public static Way parse(@NonNull String json, int current) throws JSONException {
        Fields may = Fields.document(json);
        List<User> users = new ArrayList<>();
        for (Fields user : may.list("users")) {
            if (user.number("id") != null) {
                users.add(new User(user.count("id"), user.text("kind", "")));
            }
        }
        return new Way(
                kind(may.text("way", "")), may.count("sdk"), Collections.unmodifiableList(users), current);
    }

    @NonNull
    private static Kind kind(@NonNull String word) {
        switch (word) {
            case "platform-signed":
                return Kind.PLATFORM_SIGNED;
            case "privileged":
                return Kind.PRIVILEGED;
            default:
                return Kind.ORDINARY;
        }
    }
}
