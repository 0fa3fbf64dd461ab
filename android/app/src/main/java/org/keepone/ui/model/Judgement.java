// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What the core says of this phone: the verdict, every function group, every package, what was not read. */
public record Judgement(
        @NonNull Verdict verdict,
        @NonNull List<Group> groups,
        @NonNull Map<String, App> apps,
        @NonNull List<Finding> findings,
        @NonNull List<Unread> unread,
        @NonNull List<Mistake> mistakes,
        @NonNull RunTime runTime) {

    /** The whole in one word, and in a few sentences of the core. */
    public record Verdict(
            @NonNull String outcome,
            @Nullable Wording name,
            @Nullable Wording sentence,
            @Nullable Wording counts,
            @Nullable Wording rule,
            int unknown) {}

    /**
     * One function group as the phone fills it.
     *
     * @param held apps that cannot be uninstalled
     * @param keepers those that stay so: where there are too many, the choice of the plan
     */
    public record Group(
            @NonNull String id,
            @Nullable Wording name,
            @NonNull String outcome,
            @Nullable Wording state,
            @Nullable Long allowed,
            @NonNull List<String> held,
            @NonNull List<String> keepers,
            @NonNull List<String> open,
            @NonNull List<String> removable,
            @NonNull Map<String, List<Wording>> because) {
        /** Returns the apps that cannot be uninstalled and should not stay so. */
        @NonNull
        public List<String> tooMany() {
            List<String> tooMany = new ArrayList<>(held);
            tooMany.removeAll(keepers);
            return Collections.unmodifiableList(tooMany);
        }
    }

    /** Something worth telling. */
    public record Finding(
            @NonNull String code, @NonNull String outcome, @Nullable String group, @NonNull List<String> packages) {}

    /** Something that could not be read, and why. */
    public record Unread(
            @NonNull String path, @Nullable String name, @NonNull String why, @Nullable Wording reason) {}

    /** A mistake in a file of the maker; the built-in rule is used in its place. */
    public record Mistake(@NonNull String path, long line, long column, @Nullable Wording message) {}

    /** What the plan offers on the running phone: which packages stay, may go, and what that leaves to the image. */
    public record RunTime(
            @NonNull String plan,
            @NonNull Set<String> blocked,
            @NonNull Set<String> freed,
            @NonNull Map<String, Boolean> removable,
            @NonNull Map<String, Wording> leaves) {
        /** Returns whether the phone does not yet hold its keepers, and them alone. */
        public boolean canHold() {
            return !blocked.isEmpty() || !freed.isEmpty();
        }
    }

    /** Reads the answer to {@code judge} with {@code audit}, {@code plan} and {@code screen}. */
    @NonNull
    public static Judgement parse(@NonNull String json) throws JSONException {
        Fields answer = Fields.document(json);
        Fields audit = answer.object("audit");
        Fields screen = answer.object("screen");
        Map<String, App> apps = new LinkedHashMap<>();
        for (Fields entry : audit.list("packages")) {
            App app = App.of(entry);
            apps.putIfAbsent(app.name(), app);
        }
        List<Finding> findings = new ArrayList<>();
        for (Fields finding : audit.list("findings")) {
            findings.add(
                    new Finding(
                            finding.text("code", ""),
                            finding.text("outcome", ""),
                            finding.text("group"),
                            finding.texts("packages")));
        }
        return new Judgement(
                verdict(audit.object("summary"), screen.object("verdict")),
                groups(audit, screen, answer.object("plan")),
                Collections.unmodifiableMap(apps),
                Collections.unmodifiableList(findings),
                unread(audit, screen),
                mistakes(answer),
                runTime(answer.object("plan"), screen));
    }

    @NonNull
    private static Verdict verdict(@NonNull Fields summary, @NonNull Fields said) {
        return new Verdict(
                summary.text("outcome", "unknown"),
                said.wording("name"),
                said.wording("sentence"),
                said.wording("counts"),
                said.wording("rule"),
                summary.count("unknown"));
    }

    @NonNull
    private static List<Group> groups(@NonNull Fields audit, @NonNull Fields screen, @NonNull Fields plan) {
        Map<String, List<String>> chosen = chosen(plan);
        Map<String, Fields> said = new LinkedHashMap<>();
        for (Fields group : screen.list("groups")) {
            said.put(group.text("id", ""), group);
        }
        List<Group> groups = new ArrayList<>();
        for (Fields group : audit.list("groups")) {
            String id = group.text("id", "");
            Fields words = said.containsKey(id) ? said.get(id) : Fields.of(null);
            Map<String, List<Wording>> because = new LinkedHashMap<>();
            for (Fields app : words.list("because")) {
                because.put(app.text("package", ""), wordings(app.list("reasons")));
            }
            String outcome = words.text("outcome", "unknown");
            List<String> held = group.texts("non-uninstallable");
            groups.add(
                    new Group(
                            id,
                            words.wording("name"),
                            outcome,
                            words.wording("state"),
                            group.number("allowed"),
                            held,
                            outcome.equals("fail") ? chosen.getOrDefault(id, List.of()) : held,
                            group.texts("open"),
                            group.texts("uninstallable"),
                            Collections.unmodifiableMap(because)));
        }
        return Collections.unmodifiableList(groups);
    }

    /** Returns the apps that the plan keeps, by group; groups without too many are none of its business. */
    @NonNull
    private static Map<String, List<String>> chosen(@NonNull Fields plan) {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        for (Fields group : plan.list("groups")) {
            List<String> keepers = new ArrayList<>();
            for (Fields keeper : group.list("keepers")) {
                keepers.add(keeper.text("package", ""));
            }
            chosen.put(group.text("id", ""), Collections.unmodifiableList(keepers));
        }
        return chosen;
    }

    @NonNull
    private static List<Wording> wordings(@NonNull List<Fields> list) {
        List<Wording> found = new ArrayList<>();
        for (Fields fields : list) {
            Wording wording = Wording.of(fields);
            if (wording != null) {
                found.add(wording);
            }
        }
        return Collections.unmodifiableList(found);
    }

    @NonNull
    private static List<Unread> unread(@NonNull Fields audit, @NonNull Fields screen) {
        List<Fields> reasons = screen.list("unread");
        List<Unread> found = new ArrayList<>();
        for (Fields unread : audit.list("unread")) {
            Wording reason = found.size() < reasons.size() ? Wording.of(reasons.get(found.size())) : null;
            String why = unread.object("reason").text("why", "");
            found.add(new Unread(unread.text("path", ""), unread.text("package"), why, reason));
        }
        return Collections.unmodifiableList(found);
    }

    @NonNull
    private static List<Mistake> mistakes(@NonNull Fields answer) {
        List<Mistake> found = new ArrayList<>();
        for (Fields mistake : answer.list("layer-mistakes")) {
            found.add(
                    new Mistake(
                            mistake.text("path", ""),
                            mistake.count("line"),
                            mistake.count("column"),
                            mistake.wording("message")));
        }
        return Collections.unmodifiableList(found);
    }

    @NonNull
    private static RunTime runTime(@NonNull Fields plan, @NonNull Fields screen) {
        // In the order of the plan, since they are shown.
        Set<String> blocked = new LinkedHashSet<>();
        Set<String> freed = new LinkedHashSet<>();
        Map<String, Boolean> removable = new LinkedHashMap<>();
        for (Fields step : plan.object("run-time").list("steps")) {
            String name = step.text("package", "");
            switch (step.text("kind", "")) {
                case "block-uninstall":
                    blocked.add(name);
                    break;
                case "unblock-uninstall":
                    freed.add(name);
                    break;
                case "uninstall-for-user":
                    removable.put(name, !Boolean.FALSE.equals(step.flag("destroys-data")));
                    break;
                default:
                    break;
            }
        }
        Map<String, Wording> leaves = new LinkedHashMap<>();
        for (Fields left : screen.list("leaves")) {
            Wording because = Wording.of(left);
            for (String name : left.texts("packages")) {
                if (because != null) {
                    leaves.put(name, because);
                }
            }
        }
        return new RunTime(
                plan.toString(),
                Collections.unmodifiableSet(blocked),
                Collections.unmodifiableSet(freed),
                Collections.unmodifiableMap(removable),
                Collections.unmodifiableMap(leaves));
    }
}
