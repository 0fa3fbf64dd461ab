// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Way;

/** What people call the kinds of users that a phone has. */
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
