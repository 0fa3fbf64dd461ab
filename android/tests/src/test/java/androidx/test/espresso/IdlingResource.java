// SPDX-License-Identifier: Apache-2.0
package androidx.test.espresso;

/** Work that a test waits for. */
public interface IdlingResource {
    /** A name that no other resource has. */
    String getName();

    /** Whether nothing is under way. */
    boolean isIdleNow();

    /** Keeps the callback to tell when work ends. */
    void registerIdleTransitionCallback(ResourceCallback callback);

    /** Is told when work ends. */
    interface ResourceCallback {
        /** Work has ended. */
        void onTransitionToIdle();
    }
}
