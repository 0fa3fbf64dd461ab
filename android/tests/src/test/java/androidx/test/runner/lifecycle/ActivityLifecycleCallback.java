// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

import android.app.Activity;

/** Is told when an activity comes to a stage. */
public interface ActivityLifecycleCallback {
    /** The activity has come to the stage. */
    void onActivityLifecycleChanged(Activity activity, Stage stage);
}
