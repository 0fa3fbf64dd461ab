// SPDX-License-Identifier: Apache-2.0
package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;
import java.util.concurrent.atomic.AtomicReference;

/** Holds the instrumentation that the tests run under. */
public final class InstrumentationRegistry {
    private static final AtomicReference<Instrumentation> INSTANCE = new AtomicReference<>();

    private InstrumentationRegistry() {}

    /** The instrumentation that the tests run under. */
    public static Instrumentation getInstrumentation() {
        Instrumentation instrumentation = INSTANCE.get();
        if (instrumentation == null) {
            throw new IllegalStateException("no instrumentation has been registered");
        }
        return instrumentation;
    }

    /** Sets the instrumentation; {@code null} takes it away. */
    public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {
        INSTANCE.set(instrumentation);
    }
}
