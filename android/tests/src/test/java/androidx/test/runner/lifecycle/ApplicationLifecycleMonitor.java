// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

/** Knows the stage of the application. */
public interface ApplicationLifecycleMonitor {}
