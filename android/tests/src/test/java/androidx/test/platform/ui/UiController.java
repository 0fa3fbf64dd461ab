// SPDX-License-Identifier: Apache-2.0
package androidx.test.platform.ui;

import android.view.KeyEvent;
import android.view.MotionEvent;

/** Puts input events into the app and waits for what they do. */
public interface UiController {
    /** Puts a touch into the app. */
    boolean injectMotionEvent(MotionEvent event) throws InjectEventSecurityException;

    /** Puts a key into the app. */
    boolean injectKeyEvent(KeyEvent event) throws InjectEventSecurityException;

    /** Types a text. */
    boolean injectString(String text) throws InjectEventSecurityException;

    /** Runs the main thread until nothing waits. */
    void loopMainThreadUntilIdle();

    /** Runs the main thread for a while. */
    void loopMainThreadForAtLeast(long millisDelay);
}
