// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

/** How far an activity has come; {@code LocalActivityInvoker} compares the order. */
public enum Stage {
    /** Before {@code onCreate}. */
    PRE_ON_CREATE,
    /** After {@code onCreate}. */
    CREATED,
    /** After {@code onStart}. */
    STARTED,
    /** After {@code onResume}. */
    RESUMED,
    /** After {@code onPause}. */
    PAUSED,
    /** After {@code onStop}. */
    STOPPED,
    /** After {@code onRestart}. */
    RESTARTED,
    /** After {@code onDestroy}. */
    DESTROYED
}
