// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import org.keepone.annotation.NonNull;

/** Why a fact is not there or a change was not made, in the engine's words. */
public enum Because {
    /** This program lacks a permission for it. */
    NEEDS_PERMISSION("needs-permission"),
    /** Only the holder of a role may. */
    NEEDS_ROLE("needs-role"),
    /** It belongs to a user of the phone whom this program may not see. */
    HIDDEN_USER("hidden-user"),
    /** This release of Android has no such thing, or keeps it from apps like this one. */
    NOT_ON_THIS_RELEASE("not-on-this-release"),
    /** The package or component is not there any more. */
    GONE("gone"),
    /** The answer did not fit into one transaction, or is larger than what is taken. */
    TOO_LARGE("too-large"),
    /** No answer came in time. */
    TIMED_OUT("timed-out"),
    /** The device's policy fixed it. */
    FIXED_BY_POLICY("fixed-by-policy"),
    /** The system fixed it. */
    FIXED_BY_SYSTEM("fixed-by-system"),
    /** Anything else; the detail says what the platform said. */
    FAILED("failed");

    private final String word;

    Because(@NonNull String word) {
        this.word = word;
    }

    /** Returns the engine's word. */
    @NonNull
    public String word() {
        return word;
    }
}
