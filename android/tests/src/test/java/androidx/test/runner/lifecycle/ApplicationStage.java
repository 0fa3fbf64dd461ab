// SPDX-License-Identifier: Apache-2.0
package androidx.test.runner.lifecycle;

/** How far an application has come. */
public enum ApplicationStage {
    /** Before {@code onCreate}. */
    PRE_ON_CREATE,
    /** After {@code onCreate}. */
    CREATED
}
