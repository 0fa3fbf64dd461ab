// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;

/** Rows that stand for an app and lead to its page. */
final class AppRows {
    private AppRows() {
    }

    /** An app with its reason, and with a sign of whether its user may remove it. */
    @NonNull
    static Row.Item item(@NonNull Say say, @NonNull String name, @Nullable App app, @Nullable String more) {
        return new Row.Item(
                Sign.of(name),
                say.label(name),
                reason(say, app),
                more,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(AppActivity.of(screen, name)));
    }

    /** The core's name of what decided whether the app can be removed. */
    @Nullable
    private static String reason(@NonNull Say say, @Nullable App app) {
        if (app == null || app.removability() == null) {
            return app == null ? null : say.name("scope", app.scope());
        }
        return say.name("reason", app.removability().reason());
    }
}
