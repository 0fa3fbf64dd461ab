// SPDX-License-Identifier: Apache-2.0
package androidx.test.internal.platform;

/** Tells whether the caller is on the thread it has to be on. */
public interface ThreadChecker {
    /** Throws off the main thread. */
    void checkMainThread();

    /** Throws on the main thread. */
    void checkNotMainThread();
}
