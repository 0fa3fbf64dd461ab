// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.util.Locale;

import org.keepone.annotation.NonNull;

/** A text for people, in the two languages that this program speaks. */
public final class TwoLanguages {
    private final String english;
    private final String chinese;

    /**
     * Takes both texts.
     *
     * @param english the text in English
     * @param chinese the text in Chinese (zh-CN)
     */
    public TwoLanguages(@NonNull String english, @NonNull String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /**
     * Returns the text for a locale: Chinese for any Chinese one, else English.
     *
     * @param locale the reader's
     * @return the text
     */
    @NonNull
    public String in(@NonNull Locale locale) {
        return Locale.CHINESE.getLanguage().equals(locale.getLanguage()) ? chinese : english;
    }
}
