// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** The picture at the start of a row: a drawing of ours, an app's own icon, or none. */
record Sign(int drawing, @Nullable String app) {
    /** No picture, and no room for one. */
    static final Sign NONE = new Sign(0, null);

    /** A drawing of ours. */
    @NonNull
    static Sign drawn(int drawing) {
        return new Sign(drawing, null);
    }

    /** The icon of an app; until it is loaded, and when the phone has none, the drawing of an app. */
    @NonNull
    static Sign of(@NonNull String name) {
        return new Sign(0, name);
    }
}
