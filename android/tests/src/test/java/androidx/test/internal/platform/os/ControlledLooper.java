// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.platform.os;

import android.view.View;

/** A main thread whose queue the test runs. */
public interface ControlledLooper {
    /** Runs everything that waits on the main thread. */
    void drainMainThreadUntilIdle();

    /** Gives the view's window the focus. */
    void simulateWindowFocus(View decorView);
}
