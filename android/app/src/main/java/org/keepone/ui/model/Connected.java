// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui.model;

import java.util.List;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Which apps were connected to which other apps of a user of late, as the platform counted them.
 *
 * @param since the moment from which on they are counted; {@code null} where they were not read
 * @param because why they were not read
 */
public record Connected(@Nullable String since, @NonNull List<Call> calls, @Nullable Sheet.Obstacle because) {
    /** One app that was connected to another, and how often. */
    public record Call(@NonNull String to, @NonNull String from, long times) {
    }

    /** The same where they were not read. */
    @NonNull
    public static Connected unread(@NonNull String because, @NonNull String detail) {
        return new Connected(null, List.of(), new Sheet.Obstacle(because, detail));
    }
}
