// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.Application;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.robolectric.RuntimeEnvironment;

/** What a shadow keeps for a phone. Every test has a phone of its own, and Robolectric resets its own shadows only. */
final class OfPhone<T> {
    private final Map<Application, T> phones = new WeakHashMap<>();
    private final Supplier<T> empty;

    OfPhone(Supplier<T> empty) {
        this.empty = empty;
    }

    /** Returns what is kept for the phone of the test that runs. */
    synchronized T get() {
        return phones.computeIfAbsent(RuntimeEnvironment.getApplication(), phone -> empty.get());
    }
}
