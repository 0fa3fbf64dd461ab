// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.HashMap;
import java.util.Map;

import org.json.JSONException;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** What the core's words mean, in one language. One word can be of several kinds: a function group, a switch. */
public final class Words {
    /** One word: its name for a list, and what it says, why it matters, what it rests on, what can be done. */
    public record Word(
            @NonNull String name,
            @Nullable String what,
            @Nullable String why,
            @Nullable String evidence,
            @Nullable String repair) {}

    private final Map<String, Word> words;

    private Words(@NonNull Map<String, Word> words) {
        this.words = words;
    }

    /** Reads the answer to {@code explain}: a list of words. */
    @NonNull
    public static Words parse(@NonNull String json) throws JSONException {
        Map<String, Word> words = new HashMap<>();
        for (Fields word : Fields.document(json).list("words")) {
            String id = word.text("word");
            if (id != null) {
                words.put(
                        word.text("kind", "") + "/" + id,
                        new Word(
                                word.text("name", id),
                                word.text("what"),
                                word.text("why"),
                                word.text("evidence"),
                                word.text("repair")));
            }
        }
        return new Words(words);
    }

    /** Returns a word of a kind; {@code null} when the core does not explain it. */
    @Nullable
    public Word word(@NonNull String kind, @NonNull String id) {
        return words.get(kind + "/" + id);
    }

    /** Returns the word's name; a word that is not explained is shown as it is, so that nothing disappears. */
    @NonNull
    public String name(@NonNull String kind, @NonNull String id) {
        Word word = word(kind, id);
        return word == null ? id : word.name();
    }
}
