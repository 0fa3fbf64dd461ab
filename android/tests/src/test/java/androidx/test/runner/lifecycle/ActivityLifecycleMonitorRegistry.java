// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

import java.util.concurrent.atomic.AtomicReference;

/** Holds the monitor of activities. */
public final class ActivityLifecycleMonitorRegistry {
    private static final AtomicReference<ActivityLifecycleMonitor> INSTANCE = new AtomicReference<>();

    private ActivityLifecycleMonitorRegistry() {}

    /** The monitor. */
    public static ActivityLifecycleMonitor getInstance() {
        ActivityLifecycleMonitor monitor = INSTANCE.get();
        if (monitor == null) {
            throw new IllegalStateException("no monitor has been registered");
        }
        return monitor;
    }

    /** Sets the monitor. */
    public static void registerInstance(ActivityLifecycleMonitor monitor) {
        INSTANCE.set(monitor);
    }
}
