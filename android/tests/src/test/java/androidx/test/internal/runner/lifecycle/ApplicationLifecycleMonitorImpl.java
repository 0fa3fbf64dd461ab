// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.runner.lifecycle;

import android.app.Application;
import androidx.test.runner.lifecycle.ApplicationLifecycleMonitor;
import androidx.test.runner.lifecycle.ApplicationStage;

/** Is told of the application's stages; no test asks for them. */
public final class ApplicationLifecycleMonitorImpl implements ApplicationLifecycleMonitor {
    /** The application has come to a stage. */
    public void signalLifecycleChange(Application application, ApplicationStage stage) {}
}
