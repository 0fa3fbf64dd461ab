// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What a screen shows: rows, made off the main thread. */
record Page(@NonNull List<Row> rows) {
    /** Returns the same with a row below. */
    @NonNull
    Page with(@NonNull Row row) {
        List<Row> all = new ArrayList<>(rows);
        all.add(row);
        return new Page(Collections.unmodifiableList(all));
    }

    /** Puts rows one below the other. */
    static final class Maker {
        private final List<Row> rows = new ArrayList<>();

        /** Adds one row. */
        @NonNull
        Maker add(@NonNull Row row) {
            rows.add(row);
            return this;
        }

        /** Adds a heading with its rows; without rows there is no heading either. */
        @NonNull
        Maker section(@NonNull CharSequence name, @Nullable CharSequence about, @NonNull List<Row> under) {
            if (!under.isEmpty()) {
                rows.add(new Row.Section(name, about));
                rows.addAll(under);
            }
            return this;
        }

        /** Returns the page. */
        @NonNull
        Page page() {
            return new Page(Collections.unmodifiableList(rows));
        }
    }
}
