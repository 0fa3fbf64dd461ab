// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Work that could not be done, with a stable code and a message that a person can read in both languages. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;
    private final transient Wording wording;

    /** Says what was not done, and keeps what caused it. */
    public Failure(@NonNull String code, @NonNull Wording wording, @Nullable Throwable cause) {
        super(code + ": " + wording.en(), cause);
        this.code = code;
        this.wording = wording;
    }

    /** Returns the stable code. */
    @NonNull
    public String code() {
        return code;
    }

    /** Returns the message. */
    @NonNull
    public Wording wording() {
        return wording;
    }
}
