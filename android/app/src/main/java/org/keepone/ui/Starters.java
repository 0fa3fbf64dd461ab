// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Connected;
import org.keepone.ui.model.Sheet;

/** Names the apps that were connected to an app which others can start, and says what the platform does not tell. */
final class Starters {
    private static final String SWITCH = "associated-start";

    /** More than these are counted. */
    private static final int MOST = 5;

    private final Say say;
    private final Connected connected;

    Starters(@NonNull Say say, @NonNull Connected connected) {
        this.say = say;
        this.connected = connected;
    }

    /** Returns who was connected to an app, below the switch that is about it; nothing where that was not read. */
    @NonNull
    List<String> lines(@NonNull String name, @NonNull Sheet.Switch one) {
        if (!one.id().equals(SWITCH) || connected.since() == null) {
            return List.of();
        }
        Map<String, Long> times = new LinkedHashMap<>();
        for (Connected.Call call : connected.calls()) {
            if (call.to().equals(name)) {
                times.merge(call.from(), call.times(), Long::sum);
            }
        }
        String since = say.moment(connected.since());
        if (times.isEmpty()) {
            return List.of(say.text(R.string.connected_none, since));
        }
        List<Map.Entry<String, Long>> inOrder = new ArrayList<>(times.entrySet());
        inOrder.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        List<String> named = new ArrayList<>();
        for (Map.Entry<String, Long> entry : inOrder.subList(0, Math.min(MOST, inOrder.size()))) {
            int count = (int) Math.min(Integer.MAX_VALUE, entry.getValue());
            String often = say.count(R.plurals.record_times, count);
            named.add(say.text(R.string.connected_app, say.label(entry.getKey()), often));
        }
        if (inOrder.size() > MOST) {
            named.add(say.count(R.plurals.more, inOrder.size() - MOST));
        }
        return List.of(say.text(R.string.connected_since, since, say.list(named)));
    }

    /** Returns what is not known of who starts an app, line by line. */
    @NonNull
    List<String> limits() {
        List<String> lines = new ArrayList<>();
        Sheet.Obstacle because = connected.because();
        if (because != null) {
            String why = say.joined(say.name("obstacle", because.because()), Clean.fact(because.detail()));
            lines.add(say.text(R.string.connected_unread, String.valueOf(why)));
        }
        lines.add(say.text(R.string.starts_not_told));
        return lines;
    }

    /** Returns everything that is to be said below one switch. */
    @NonNull
    List<String> all(@NonNull String name, @NonNull Sheet.Switch one) {
        List<String> lines = new ArrayList<>(lines(name, one));
        if (one.id().equals(SWITCH)) {
            lines.addAll(limits());
        }
        return lines;
    }
}
