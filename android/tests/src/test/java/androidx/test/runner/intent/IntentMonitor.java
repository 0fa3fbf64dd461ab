// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.intent;

/** Watches intents. */
public interface IntentMonitor {}
