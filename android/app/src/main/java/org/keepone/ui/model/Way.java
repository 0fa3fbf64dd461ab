// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.json.JSONException;

import org.keepone.annotation.NonNull;

/** What this copy of the app may do on the phone, and the phone's users that it acts for. */
public record Way(@NonNull Kind kind, int sdk, @NonNull List<User> users, int current, boolean isAcross) {
    /** What the platform asks of whoever opens a page of its own for another user ({@code ActivityStarter}, ALLOW_FULL_ONLY). */
    private static final String ACROSS = "android.permission.INTERACT_ACROSS_USERS_FULL";

    /** The three ways to live on a phone. */
    public enum Kind {
        /** Signed with the platform's key, privileged: every control. */
        PLATFORM_SIGNED,
        /** Privileged by the allow-list alone. */
        PRIVILEGED,
        /** Installed like any app: reads and judges, and opens the system's own pages. */
        ORDINARY
    }

    /**
     * A user of the phone.
     *
     * @param isNear whether it is the one who asks, or of the same group of profiles: the same person's
     * @param isHeld whether what is chosen for it is held from here
     */
    public record User(int id, @NonNull String kind, boolean isNear, boolean isHeld) {}

    /** Reads the answer of {@code PackageEnforcer.may}. A way that is not known counts as the one that may least. */
    @NonNull
    public static Way parse(@NonNull String json, int current) throws JSONException {
        Fields may = Fields.document(json);
        List<Integer> near = may.counts("near");
        List<Integer> held = may.counts("held");
        List<User> users = new ArrayList<>();
        for (Fields user : may.list("users")) {
            if (user.number("id") != null) {
                int id = user.count("id");
                users.add(new User(id, user.text("kind", ""), near.contains(id), held.contains(id)));
            }
        }
        return new Way(
                kind(may.text("way", "")),
                may.count("sdk"),
                Collections.unmodifiableList(users),
                current,
                may.texts("permissions").contains(ACROSS));
    }

    /** Returns whether a user is the one who asks, or another of the same person's. */
    public boolean isNear(int id) {
        return id == current || users.stream().anyMatch(user -> user.id() == id && user.isNear());
    }

    /** Returns whether what is chosen for a user is held from here. Where nobody says so, it is for the one who asks. */
    public boolean isHeld(int id) {
        return users.isEmpty() ? id == current : users.stream().anyMatch(user -> user.id() == id && user.isHeld());
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
