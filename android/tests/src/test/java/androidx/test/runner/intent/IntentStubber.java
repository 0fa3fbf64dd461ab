// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.intent;

import android.app.Instrumentation.ActivityResult;
import android.content.Intent;

/** Answers intents in place of activities. */
public interface IntentStubber {
    /** The answer to the intent, or {@code null} to let it through. */
    ActivityResult getActivityResultForIntent(Intent intent);
}
