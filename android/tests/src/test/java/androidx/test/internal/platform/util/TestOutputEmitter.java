// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.platform.util;

import java.util.Map;

/** Writes what helps to understand a test that hangs. */
public final class TestOutputEmitter {
    private TestOutputEmitter() {}

    /** Writes the stack of every thread to the test's error stream. */
    public static void dumpThreadStates(String outputFileName) {
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            System.err.println(entry.getKey());
            for (StackTraceElement frame : entry.getValue()) {
                System.err.println("    at " + frame);
            }
        }
    }
}
