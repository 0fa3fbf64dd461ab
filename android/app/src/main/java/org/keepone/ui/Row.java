// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** One row of a page. Rows are values: they hold no view and no activity, so a page outlives a rotation. */
interface Row {
    /** What happens when a row is touched. */
    interface Tap {
        /** Runs on the main thread, with the screen that shows the row. */
        void on(@NonNull ScreenActivity screen);
    }

    /** Returns the layout, which tells recycled rows apart too. */
    int layout();

    /** Returns whether the row joins its neighbours in one card. */
    default boolean isJoined() {
        return false;
    }

    /** The name of the screen. */
    record Title(@NonNull CharSequence name, @Nullable CharSequence about) implements Row {
        @Override
        public int layout() {
            return R.layout.row_title;
        }
    }

    /** What a person takes in first. */
    record Verdict(
            @NonNull Tone tone,
            @NonNull CharSequence name,
            @Nullable CharSequence about,
            @Nullable CharSequence more)
            implements Row {
        @Override
        public int layout() {
            return R.layout.row_verdict;
        }
    }

    /** The heading of the rows that follow. */
    record Section(@NonNull CharSequence name, @Nullable CharSequence about) implements Row {
        @Override
        public int layout() {
            return R.layout.row_section;
        }
    }

    /** A thing, with what is known of it; leads somewhere when it has a tap. */
    record Item(
            @NonNull Sign sign,
            @NonNull CharSequence name,
            @Nullable CharSequence about,
            @Nullable CharSequence more,
            int end,
            @NonNull Tone endTone,
            @Nullable Tap tap)
            implements Row {
        @Override
        public int layout() {
            return R.layout.row_item;
        }

        @Override
        public boolean isJoined() {
            return true;
        }
    }

    /** A switch that can be set from here. */
    record Toggle(
            @NonNull Sign sign,
            @NonNull CharSequence name,
            @Nullable CharSequence about,
            @Nullable CharSequence more,
            boolean on,
            @NonNull Tap tap)
            implements Row {
        @Override
        public int layout() {
            return R.layout.row_toggle;
        }

        @Override
        public boolean isJoined() {
            return true;
        }
    }

    /** Something to know before going on. */
    record Note(@NonNull Tone tone, @NonNull CharSequence name, @Nullable CharSequence about)
            implements Row {
        @Override
        public int layout() {
            return R.layout.row_note;
        }
    }

    /** Something to do. */
    record Command(@NonNull CharSequence name, @Nullable CharSequence about, @NonNull Tap tap)
            implements Row {
        @Override
        public int layout() {
            return R.layout.row_button;
        }
    }
}
