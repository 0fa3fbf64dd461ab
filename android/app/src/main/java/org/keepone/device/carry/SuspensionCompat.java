// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.content.pm.PackageManager;
import android.content.pm.SuspendDialogInfo;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** {@code setPackagesSuspended} changed its form in Android 10 (SUSPEND_APPS). */
final class SuspensionCompat {
    private SuspensionCompat() {
    }

    /** Suspends or resumes; returns those that the platform left as they were. */
    @SuppressWarnings("deprecation")
    @Nullable
    static String[] write(@NonNull PackageManager manager, @NonNull String[] names, boolean suspended, int user) {
        if (Build.VERSION.SDK_INT >= 29) {
            return manager.setPackagesSuspended(names, suspended, null, null, (SuspendDialogInfo) null);
        } else if (Build.VERSION.SDK_INT == 28) {
            return manager.setPackagesSuspended(names, suspended, null, null, (String) null);
        }
        // setPackagesSuspendedAsUser went away with Android 9; nothing to compile against has it any more.
        throw new UnsupportedOperationException("no way to suspend user " + user + "'s packages before Android 9");
    }
}
