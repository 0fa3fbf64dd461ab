// SPDX-License-Identifier: Apache-2.0
package androidx.test.espresso;

import android.os.Looper;
import java.util.Collection;
import java.util.List;

/** The work that a test waits for besides the main thread: none here, tests idle their threads themselves. */
public final class IdlingRegistry {
    private static final IdlingRegistry INSTANCE = new IdlingRegistry();

    private IdlingRegistry() {}

    /** The only registry. */
    public static IdlingRegistry getInstance() {
        return INSTANCE;
    }

    /** The resources to wait for. */
    public Collection<IdlingResource> getResources() {
        return List.of();
    }

    /** The loopers to wait for. */
    public Collection<Looper> getLoopers() {
        return List.of();
    }
}
