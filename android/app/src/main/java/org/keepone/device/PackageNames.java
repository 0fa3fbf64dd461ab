// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What a package name can be (frameworks/base, {@code FrameworkParsingPackageUtils.validateName}). */
public final class PackageNames {
    private static final int LONGEST = 223;

    private PackageNames() {
    }

    /**
     * Whether a text can name a package. What comes from outside is held against this before anything is asked about it.
     *
     * @param text what was given
     * @return whether it can
     */
    public static boolean isName(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean letter = each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z';
            boolean inner = each >= '0' && each <= '9' || each == '_';
            if (each == '.' && !first) {
                first = true;
            } else if (letter || inner && !first) {
                first = false;
            } else {
                return false;
            }
        }
        return !first;
    }

    /**
     * Returns a text from outside as it may stand in a log: short, and of one line.
     *
     * @param text what was given
     * @return its beginning, with everything but plain characters replaced
     */
    @NonNull
    public static String forLog(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 80); i++) {
            char each = text.charAt(i);
            shown.append(each >= ' ' && each <= '~' ? each : '?');
        }
        return text.length() > 80 ? shown.append('…').toString() : shown.toString();
    }
}
