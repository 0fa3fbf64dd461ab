// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** One message of the core in both languages. */
public record Wording(@NonNull String en, @NonNull String zh) {
    /** Reads {@code {"en":…,"zh":…}}; a message without an English form is none. */
    @Nullable
    static Wording of(@NonNull Fields fields) {
        String en = fields.text("en");
        return en == null ? null : new Wording(en, fields.text("zh", en));
    }

    /** Returns the form for the language tag of the resources, {@code en} or {@code zh-CN}. */
    @NonNull
    public String in(@NonNull String language) {
        return language.startsWith("zh") ? zh : en;
    }
}
