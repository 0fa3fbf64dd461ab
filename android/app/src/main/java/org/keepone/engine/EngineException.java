// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import java.util.Locale;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * The engine could not do what it was asked for. What it found out about a phone is never an exception.
 *
 * <p>{@link #code} is stable and for programs: {@code bad-argument} (the caller's mistake), {@code bad-input} (the
 * request or a file is not of the documented form), {@code failed} (a file could not be read or written), {@code callback}
 * (the enforcer did not answer before anything was done), {@code tampered} (a chained file was changed after it was
 * written), {@code newer-version} (a file of a newer version of this program), {@code in-use} (another call works with the
 * same file), {@code no-engine} (the native library is not there), {@code internal} (a mistake of this program).
 */
@CalledFromNative
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String english;
    private final String chinese;

    /**
     * Takes a code and the message in both languages.
     *
     * @param code what went wrong, for programs
     * @param english the message in English
     * @param chinese the message in Chinese
     */
    @CalledFromNative
    public EngineException(@NonNull String code, @NonNull String english, @NonNull String chinese) {
        super(english);
        this.code = code;
        this.english = english;
        this.chinese = chinese;
    }

    EngineException(@NonNull String code, @NonNull String english, @NonNull String chinese, @Nullable Throwable cause) {
        this(code, english, chinese);
        initCause(cause);
    }

    /** Returns what went wrong, for programs. */
    @NonNull
    public String code() {
        return code;
    }

    /** Returns the message in the language of {@code locale}: Chinese for any Chinese locale, else English. */
    @NonNull
    public String message(@NonNull Locale locale) {
        return Locale.CHINESE.getLanguage().equals(locale.getLanguage()) ? chinese : english;
    }

    @Override
    @NonNull
    public String getLocalizedMessage() {
        return message(Locale.getDefault());
    }
}
