// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.ArrayList;
import java.util.List;

import org.json.JSONArray;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** What a value to be written has to be. */
final class Values {
    private Values() {
    }

    /** Takes yes or no. */
    static boolean flag(@NonNull Object value) throws Withheld {
        if (value instanceof Boolean) {
            return (Boolean) value;
        }
        throw other("true or false", value);
    }

    /** Takes a whole number. */
    static long number(@NonNull Object value) throws Withheld {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw other("a number", value);
    }

    /** Takes a word. */
    @NonNull
    static String word(@NonNull Object value) throws Withheld {
        if (value instanceof String) {
            return (String) value;
        }
        throw other("a word", value);
    }

    /** Takes a list of words. */
    @NonNull
    static List<String> words(@NonNull Object value) throws Withheld {
        if (!(value instanceof JSONArray)) {
            throw other("a list", value);
        }
        JSONArray list = (JSONArray) value;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < list.length(); i++) {
            words.add(word(list.opt(i) == null ? "" : list.opt(i)));
        }
        return words;
    }

    /** Says that a value is of another kind than its cell. */
    @NonNull
    static Withheld other(@NonNull String expected, @NonNull Object value) {
        return new Withheld(Because.FAILED, "expected " + expected + ", not " + value);
    }
}
