// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.text.BidiFormatter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Makes text that an app wrote itself fit to be shown: bounded, on one line, without characters that turn the text
 * around it, and isolated from the direction of its surroundings.
 *
 * <p>Labels are what strangers want them to be: 10 MB long, with line breaks, or with direction overrides that make
 * one name look like another. Nothing here is ever read as markup.
 */
final class Clean {
    /** Longer labels than this exist in attacks only; the longest that the measured phones carry has 61 characters. */
    private static final int LONGEST_LABEL = 80;

    /** Paths and evidence carry component names, which are longer than labels. */
    private static final int LONGEST_FACT = 400;

    private Clean() {}

    /** Returns a label fit to be shown; {@code null} when nothing visible is left of it. */
    @Nullable
    static String label(@Nullable CharSequence label) {
        return bounded(label, LONGEST_LABEL);
    }

    /** Returns a path, a component or another fact fit to be shown; empty when nothing visible is left. */
    @NonNull
    static String fact(@Nullable CharSequence fact) {
        String clean = bounded(fact, LONGEST_FACT);
        return clean == null ? "" : clean;
    }

    @Nullable
    private static String bounded(@Nullable CharSequence text, int longest) {
        if (text == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder();
        boolean gap = false;
        int taken = 0;
        // Only what may be shown is looked at: of a label of 10 MB the rest is never touched.
        int end = Math.min(text.length(), longest * 8);
        for (int at = 0; at < end; ) {
            int point = Character.codePointAt(text, at);
            at += Character.charCount(point);
            if (isGap(point)) {
                gap = taken > 0;
                continue;
            }
            if (isUnseen(point)) {
                continue;
            }
            if (taken == longest) {
                return BidiFormatter.getInstance().unicodeWrap(clean.append('…').toString());
            }
            if (gap) {
                clean.append(' ');
                gap = false;
            }
            clean.appendCodePoint(point);
            taken++;
        }
        if (end < text.length()) {
            clean.append('…');
        }
        return taken == 0 ? null : BidiFormatter.getInstance().unicodeWrap(clean.toString());
    }

    private static boolean isGap(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.isISOControl(point);
    }

    /** Tells characters without a shape of their own: formats and overrides, unpaired halves, private and unassigned. */
    private static boolean isUnseen(int point) {
        switch (Character.getType(point)) {
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.PRIVATE_USE:
            case Character.UNASSIGNED:
                return true;
            default:
                return false;
        }
    }
}
