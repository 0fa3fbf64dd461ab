// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collection;
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

    @Override
    protected void afterTest(FrameworkMethod method, Method bootstrappedMethod) {
        nobodyListens(bootstrappedMethod.getDeclaringClass().getClassLoader());
        super.afterTest(method, bootstrappedMethod);
    }

    /** A screen that a test leaves in view is never paused, and would be made anew while the next test runs. */
    private static void nobodyListens(ClassLoader sandbox) {
        try {
            Field called = sandbox.loadClass("org.keepone.device.Heard").getDeclaredField("CALLED");
            called.setAccessible(true);
            ((Collection<?>) called.get(null)).clear();
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }
}
