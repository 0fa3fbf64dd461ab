// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Sheet;

/** The room that an app takes, part by part. */
final class Sizes {
    private Sizes() {
    }

    @NonNull
    static String part(@NonNull Say say, @NonNull Sheet.Size size) {
        String bytes = say.size(size.bytes());
        switch (size.part()) {
            case "data":
                return say.text(R.string.storage_data, bytes);
            case "cache":
                return say.text(R.string.storage_cache, bytes);
            default:
                return say.text(R.string.storage_app, bytes);
        }
    }

    /** Returns all parts that are known together; {@code null} when none is. */
    @Nullable
    static Long sum(@Nullable Sheet.Area area) {
        Long sum = null;
        if (area != null) {
            for (Sheet.Switch one : area.switches()) {
                for (Sheet.Size size : one.sizes()) {
                    if (size.bytes() != null) {
                        sum = (sum == null ? 0 : sum) + size.bytes();
                    }
                }
            }
        }
        return sum;
    }
}
