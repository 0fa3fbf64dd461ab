// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** One package as the audit judged it. */
public record App(
        @NonNull String name,
        @NonNull String path,
        @Nullable Wording label,
        @NonNull String scope,
        @NonNull List<Membership> groups,
        @NonNull List<String> undecided,
        @Nullable Removability removability) {

    /** A function group that the package serves, or that a person has to look at. */
    public record Membership(
            @NonNull String id, @NonNull String status, int score, @NonNull List<Evidence> evidence) {}

    /** One observed fact that speaks for or against a group. */
    public record Evidence(
            @NonNull String id, @NonNull String kind, long weight, @NonNull String origin) {}

    /** May the user remove it, and who decided that. */
    public record Removability(
            @NonNull String verdict,
            @NonNull String reason,
            @NonNull String decidedBy,
            @Nullable String disable,
            @Nullable Boolean byShell) {
        /** Returns whether the user can remove it; {@code null} when that is not known. */
        @Nullable
        public Boolean uninstallable() {
            switch (verdict) {
                case "uninstallable":
                    return Boolean.TRUE;
                case "non-uninstallable":
                    return Boolean.FALSE;
                default:
                    return null;
            }
        }
    }

    @NonNull
    static App of(@NonNull Fields entry) {
        List<Membership> groups = new ArrayList<>();
        for (Fields group : entry.list("groups")) {
            List<Evidence> evidence = new ArrayList<>();
            for (Fields fact : group.list("evidence")) {
                Long weight = fact.number("weight");
                evidence.add(
                        new Evidence(
                                fact.text("id", ""),
                                fact.text("kind", ""),
                                weight == null ? 0 : weight,
                                fact.text("origin", "")));
            }
            groups.add(
                    new Membership(
                            group.text("id", ""),
                            group.text("status", ""),
                            group.count("score"),
                            Collections.unmodifiableList(evidence)));
        }
        return new App(
                entry.text("name", ""),
                entry.text("path", ""),
                label(entry),
                entry.text("scope", "unknown"),
                Collections.unmodifiableList(groups),
                entry.texts("undecided"),
                entry.has("removability") ? removability(entry.object("removability")) : null);
    }

    /** Returns whether the rule looks at it; {@code null} when that is not known. */
    @Nullable
    public Boolean inScope() {
        switch (scope) {
            case "in-scope":
                return Boolean.TRUE;
            case "no-entry":
            case "not-an-app":
                return Boolean.FALSE;
            default:
                return null;
        }
    }

    @Nullable
    private static Wording label(@NonNull Fields entry) {
        Fields label = entry.object("label");
        String en = label.text("en");
        String zh = label.text("zh");
        if (en == null && zh == null) {
            return null;
        }
        return new Wording(en == null ? zh : en, zh == null ? en : zh);
    }

    @NonNull
    private static Removability removability(@NonNull Fields fields) {
        return new Removability(
                fields.text("verdict", "unknown"),
                fields.text("reason", "not-read"),
                fields.text("decided-by", ""),
                fields.text("disable"),
                fields.flag("by-shell"));
    }
}
