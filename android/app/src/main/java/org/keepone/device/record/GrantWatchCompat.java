// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.function.IntConsumer;

import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;

/** {@code addOnPermissionsChangeListener}: a system API (OBSERVE_GRANT_REVOKE_PERMISSIONS). */
final class GrantWatchCompat {
    private GrantWatchCompat() {
    }

    static void watch(@NonNull PackageManager packages, @NonNull IntConsumer changed) {
        packages.addOnPermissionsChangeListener(changed::accept);
    }
}
