// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Sheet;

/** When the apps of one user last used what their switches are about, and what can be said where no use is recorded. */
final class LastUses {
    private final Say say;
    @Nullable private final Event.Last last;
    private final Map<String, List<Event>> ofApps = new HashMap<>();

    /** Takes the last uses; {@code null}: they could not be read, and nothing is said of them. */
    LastUses(@NonNull Say say, @Nullable Event.Last last) {
        this.say = say;
        this.last = last;
        if (last != null) {
            for (Event event : last.events()) {
                ofApps.computeIfAbsent(event.name(), name -> new ArrayList<>()).add(event);
            }
        }
    }

    /** Returns an app's last recorded use of what a switch is about; {@code null}: none is recorded. */
    @Nullable
    Event of(@NonNull String name, @NonNull Sheet.Switch one) {
        for (Event event : ofApps.getOrDefault(name, List.of())) {
            if (one.names().contains(event.what())) {
                return event;
            }
        }
        return null;
    }

    /** Says when a use was; of several that the platform told at once it is known until when. */
    @NonNull
    String moment(@NonNull Event event) {
        String at = say.moment(event.at());
        return event.isSum() ? say.text(R.string.or_before, at) : at;
    }

    /**
     * Says that no use is recorded, and how far back that reaches; {@code null} for what is never recorded. That it was never
     * used cannot be said: the record begins when the app does, and what is old gives way.
     */
    @Nullable
    String none(@NonNull Sheet.Switch one) {
        if (last == null || Collections.disjoint(last.watched(), one.names())) {
            return null;
        }
        if (last.isCut()) {
            return say.text(R.string.area_not_among);
        }
        return last.since() == null
                ? say.text(R.string.area_nothing)
                : say.text(R.string.area_never, say.moment(last.since()));
    }
}
