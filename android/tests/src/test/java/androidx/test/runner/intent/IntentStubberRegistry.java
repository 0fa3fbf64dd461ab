// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.intent;

/** Holds no stubber: every intent goes through. */
public final class IntentStubberRegistry {
    private IntentStubberRegistry() {}

    /** Whether there is a stubber. */
    public static boolean isLoaded() {
        return false;
    }

    /** The stubber. */
    public static IntentStubber getInstance() {
        throw new IllegalStateException("there is no stubber");
    }
}
