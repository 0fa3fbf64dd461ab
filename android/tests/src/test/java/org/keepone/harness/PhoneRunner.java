// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.lang.reflect.Method;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.internal.bytecode.Sandbox;

/**
 * Runs a test class on the framework's own classes, once for each platform of {@code robolectric.properties}, with the
 * core at hand.
 */
public final class PhoneRunner extends RobolectricTestRunner {
    /** Made by JUnit. */
    public PhoneRunner(Class<?> testClass) throws InitializationError {
        super(testClass);
    }

    @Override
    protected void beforeTest(Sandbox sandbox, FrameworkMethod method, Method bootstrappedMethod) throws Throwable {
        HostLibrary.give(sandbox.getRobolectricClassLoader());
        super.beforeTest(sandbox, method, bootstrappedMethod);
    }
}
