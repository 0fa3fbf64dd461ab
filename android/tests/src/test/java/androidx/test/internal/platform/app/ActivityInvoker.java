// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.platform.app;

import android.app.Activity;
import android.app.Instrumentation.ActivityResult;
import android.content.Intent;
import android.os.Bundle;

/** Starts activities and moves them through their life. */
public interface ActivityInvoker {
    /** The intent that starts an activity of this class. */
    Intent getIntentForActivity(Class<? extends Activity> activityClass);

    /** Starts an activity. */
    void startActivity(Intent intent);

    /** Starts an activity with options. */
    void startActivity(Intent intent, Bundle options);

    /** Starts an activity and keeps its result. */
    void startActivityForResult(Intent intent);

    /** Starts an activity with options and keeps its result. */
    void startActivityForResult(Intent intent, Bundle options);

    /** The result of the activity that was started for one. */
    ActivityResult getActivityResult();

    /** Resumes the activity. */
    void resumeActivity(Activity activity);

    /** Pauses the activity. */
    void pauseActivity(Activity activity);

    /** Stops the activity. */
    void stopActivity(Activity activity);

    /** Destroys the activity and makes it anew from its saved state. */
    void recreateActivity(Activity activity);

    /** Finishes the activity. */
    void finishActivity(Activity activity);
}
