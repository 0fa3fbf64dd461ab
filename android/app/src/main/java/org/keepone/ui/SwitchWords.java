// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Sheet;

/** Says how a switch stands: on or off, how precisely, who decided that, what it answers to, and what stands against it. */
final class SwitchWords {
    /** More than these are counted: a person reads what wakes an app, not a manifest. */
    private static final int ANSWERS = 3;

    /** Stands before most actions and says nothing. */
    private static final String PLAIN = "android.intent.action.";

    private SwitchWords() {
    }

    /** Returns the state in a few words; of a told size, the size. */
    @Nullable
    static String about(@NonNull Say say, @NonNull Sheet.Switch one) {
        if (!one.sizes().isEmpty()) {
            List<String> sizes = new ArrayList<>();
            for (Sheet.Size size : one.sizes()) {
                sizes.add(say.size(size.bytes()));
            }
            return say.joined(sizes.toArray(new String[0]));
        }
        return say.joined(state(say, one.state()), parts(say, one), precision(say, one));
    }

    /** Returns what else there is to know of it, line by line; ready for more lines. */
    @NonNull
    static List<String> lines(@NonNull Say say, @NonNull Sheet.Switch one) {
        List<String> lines = new ArrayList<>();
        if (one.sizes().isEmpty() && !one.state().equals("unknown")) {
            lines.add(Clean.fact(say.of(one.who())));
        }
        lines.add(answers(say, one));
        if (one.because() != null) {
            String detail = Clean.fact(one.because().detail());
            lines.add(say.joined(say.name("obstacle", one.because().because()), detail));
        }
        lines.add(Clean.fact(say.of(one.cannot())));
        if (one.kind().equals("told")) {
            lines.add(Clean.fact(say.of(one.limit())));
        }
        lines.removeIf(String::isEmpty);
        return new ArrayList<>(new LinkedHashSet<>(lines));
    }

    @NonNull
    private static String state(@NonNull Say say, @NonNull String state) {
        switch (state) {
            case "on":
                return say.text(R.string.state_on);
            case "off":
                return say.text(R.string.state_off);
            case "mixed":
                return say.text(R.string.state_mixed);
            default:
                return say.text(R.string.state_unknown);
        }
    }

    /** Counts what is on of a switch that turns several things. */
    @Nullable
    private static String parts(@NonNull Say say, @NonNull Sheet.Switch one) {
        if (!one.state().equals("mixed") || one.items().isEmpty()) {
            return null;
        }
        int on = 0;
        for (Sheet.Item item : one.items()) {
            on += item.state().equals("on") ? 1 : 0;
        }
        return say.text(R.string.parts_on, on, one.items().size());
    }

    /** Says how precisely, where the switch is about the location: Android's permissions tell. */
    @Nullable
    private static String precision(@NonNull Say say, @NonNull Sheet.Switch one) {
        Set<String> held = new LinkedHashSet<>();
        for (Sheet.Item item : one.items()) {
            if (item.state().equals("on")) {
                held.add(item.what());
            }
        }
        List<String> said = new ArrayList<>();
        if (held.contains("android.permission.ACCESS_FINE_LOCATION")) {
            said.add(say.text(R.string.location_precise));
        } else if (held.contains("android.permission.ACCESS_COARSE_LOCATION")) {
            said.add(say.text(R.string.location_coarse));
        }
        if (held.contains("android.permission.ACCESS_BACKGROUND_LOCATION")) {
            said.add(say.text(R.string.location_always));
        }
        return say.joined(said.toArray(new String[0]));
    }

    /** Names what the app answers to, that is, what starts it. */
    @NonNull
    private static String answers(@NonNull Say say, @NonNull Sheet.Switch one) {
        Set<String> answers = new LinkedHashSet<>();
        for (Sheet.Item item : one.items()) {
            answers.addAll(item.answers());
        }
        if (answers.isEmpty()) {
            return "";
        }
        List<String> named = new ArrayList<>();
        for (String answer : answers) {
            if (named.size() < ANSWERS) {
                boolean isPlain = answer.startsWith(PLAIN);
                named.add(Clean.fact(isPlain ? answer.substring(PLAIN.length()) : answer));
            }
        }
        if (answers.size() > ANSWERS) {
            named.add(say.count(R.plurals.more, answers.size() - ANSWERS));
        }
        return say.text(R.string.answers_to, say.list(named));
    }
}
