// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

import android.app.Activity;
import java.util.Collection;

/** Knows the stage of every activity. */
public interface ActivityLifecycleMonitor {
    /** Tells the callback of every change from now on. */
    void addLifecycleCallback(ActivityLifecycleCallback callback);

    /** Tells the callback no more. */
    void removeLifecycleCallback(ActivityLifecycleCallback callback);

    /** The stage of the activity. */
    Stage getLifecycleStageOf(Activity activity);

    /** The activities in a stage. */
    Collection<Activity> getActivitiesInStage(Stage stage);
}
