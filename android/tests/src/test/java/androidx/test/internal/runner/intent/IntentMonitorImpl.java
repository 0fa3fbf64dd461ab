// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.runner.intent;

import android.content.Intent;
import androidx.test.runner.intent.IntentMonitor;

/** Is told of every intent that starts an activity; Robolectric's own record of started activities serves the tests. */
public final class IntentMonitorImpl implements IntentMonitor {
    /** An intent is about to start an activity. */
    public void signalIntent(Intent intent) {}
}
