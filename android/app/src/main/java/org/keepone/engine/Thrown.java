// SPDX-License-Identifier: Apache-2.0
package org.keepone.engine;

import org.keepone.annotation.NonNull;

/**
 * Puts into words what a callback threw, so that the native library can say why something was not read. It decides
 * nothing: the library tells by the class what kind of failure it was.
 */
@CalledFromNative
final class Thrown {
    /** Longer messages say no more; a hostile one must not cost memory. */
    private static final int LONGEST = 1000;

    private Thrown() {
    }

    /**
     * Returns the class and, after a line feed, the message; never throws, whatever {@code thrown} does.
     *
     * @param thrown what was thrown
     */
    @CalledFromNative
    @NonNull
    static String describe(@NonNull Throwable thrown) {
        String name = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            if (message == null) {
                return name;
            }
            return name + '\n' + (message.length() > LONGEST ? message.substring(0, LONGEST) : message);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError again) {
            return name;
        }
    }
}
