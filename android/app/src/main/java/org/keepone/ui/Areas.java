// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What each area of control shows, in a line. Its name is the core's. */
final class Areas {
    private Areas() {
    }

    @Nullable
    static String about(@NonNull Say say, @NonNull String area) {
        switch (area) {
            case "auto-start":
                return say.text(R.string.area_auto_start);
            case "personal-information":
                return say.text(R.string.area_personal);
            case "sensitive-permissions":
                return say.text(R.string.area_permissions);
            case "device-identifiers":
                return say.text(R.string.area_identifiers);
            case "storage":
                return say.text(R.string.area_storage);
            default:
                return null;
        }
    }
}
