// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Way;

/** What people call the users that a phone has, and how they choose one. */
final class Users {
    private Users() {
    }

    /** Returns what a user is called: its number and kind. */
    @NonNull
    static String name(@NonNull Say say, @NonNull Way way, int id) {
        String kind = "";
        for (Way.User user : way.users()) {
            if (user.id() == id) {
                kind = user.kind();
            }
        }
        return say.text(R.string.app_user_id, id, say.text(kind(kind)));
    }

    /** Returns a row for each user, to choose of whom a {@link UserActivity} tells; none where the phone has one user only. */
    @NonNull
    static List<Row> rows(@NonNull Say say, @NonNull Way way, int shown) {
        List<Row> rows = new ArrayList<>();
        for (Way.User one : way.users()) {
            boolean isShown = one.id() == shown;
            rows.add(new Row.Item(
                    Sign.NONE,
                    name(say, way, one.id()),
                    null,
                    null,
                    isShown ? R.drawable.ic_good : 0,
                    Tone.PLAIN,
                    isShown ? null : screen -> ((UserActivity) screen).show(one.id())));
        }
        return rows.size() < 2 ? List.of() : rows;
    }

    static int kind(@NonNull String kind) {
        switch (kind) {
            case "main":
                return R.string.user_main;
            case "secondary":
                return R.string.user_secondary;
            case "guest":
                return R.string.user_guest;
            case "work":
                return R.string.user_work;
            case "clone":
                return R.string.user_clone;
            case "private":
                return R.string.user_private;
            default:
                return R.string.user_other;
        }
    }
}
