// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;

/** How a row looks: good, bad, open or plain. The sign and the words say the same, so colour never stands alone. */
enum Tone {
    GOOD(R.color.good, R.drawable.box_good_surface, R.drawable.ic_good),
    BAD(R.color.bad, R.drawable.box_bad_surface, R.drawable.ic_bad),
    OPEN(R.color.open, R.drawable.box_open_surface, R.drawable.ic_unknown),
    PLAIN(R.color.accent, R.drawable.box_plain_surface, R.drawable.ic_note);

    /** The colour of the sign. */
    final int colour;

    /** The box of a note or a verdict. */
    final int box;

    /** The sign. */
    final int sign;

    Tone(int colour, int box, int sign) {
        this.colour = colour;
        this.box = box;
        this.sign = sign;
    }

    /** Returns the tone of an outcome: XCCDF's words of the audit, and those of a change. What is neither good nor bad is open. */
    @NonNull
    static Tone of(@NonNull String outcome) {
        switch (outcome) {
            case "pass":
            case "fixed":
            case "done":
                return GOOD;
            case "fail":
            case "error":
            case "refused":
            case "ignored":
            case "disabled-instead":
            case "reverted":
                return BAD;
            case "notapplicable":
            case "notselected":
            case "informational":
                return PLAIN;
            default:
                return OPEN;
        }
    }
}
