// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.Map;
import java.util.Set;

import android.text.format.DateUtils;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;

/** Says what happened, and how. */
final class EventWords {
    /** What happens to an app as a whole is said by the kind alone. */
    private static final Set<String> ALL_SAID = Set.of("install", "update", "remove");

    /** What the record does not hold, and why: the words of {@code device/record/Event}. */
    private static final Map<String, Integer> UNKNOWN = Map.of(
            "record/not-kept", R.string.record_not_kept,
            "record/history-needs-role", R.string.record_history_role,
            "record/history-needs-permission", R.string.record_history_permission,
            "record/history-not-on-this-release", R.string.record_history_release);

    private EventWords() {
    }

    /** Returns what happened, such as "Used: Location". */
    @NonNull
    static String what(@NonNull Say say, @NonNull Event event) {
        Integer unknown = UNKNOWN.get(event.what());
        if (unknown != null) {
            return say.text(unknown);
        }
        String kind = say.name("event", event.kind());
        if (event.what().isEmpty() || ALL_SAID.contains(event.kind())) {
            return kind;
        }
        // A switch that was set is written "area/switch".
        int slash = event.kind().equals("control") ? event.what().indexOf('/') : -1;
        String what = slash < 0
                ? say.name("operation", event.what())
                : say.name("switch", event.what().substring(slash + 1));
        return say.text(R.string.set_to, kind, Clean.fact(what));
    }

    /** Returns how it happened: how long, how precisely, unseen by the person or not, how often. */
    @Nullable
    static String how(@NonNull Say say, @NonNull Event event) {
        Boolean precise = event.precise();
        Boolean seen = event.foreground();
        Long times = event.times();
        return say.joined(
                event.seconds() == 0
                        ? null
                        : say.text(R.string.record_for, DateUtils.formatElapsedTime(event.seconds())),
                precise == null
                        ? null
                        : say.text(precise ? R.string.location_precise : R.string.location_coarse),
                seen == null
                        ? null
                        : say.text(seen ? R.string.record_seen : R.string.record_unseen),
                times == null || times < 2
                        ? null
                        : say.count(R.plurals.record_times, (int) Math.min(Integer.MAX_VALUE, times)));
    }
}
