// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import static org.robolectric.Shadows.shadowOf;

import android.content.Context;
import android.content.pm.PackageParser;
import com.android.internal.telephony.SmsApplication;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowPackageManager;

/** Asks {@link SmsApplication}, the framework's own, whether a package may become the app for text messages. */
@SuppressWarnings("deprecation")
final class TextMessages {
    private TextMessages() {}

    /** Installs the package on an empty phone, asks, and empties the phone again. */
    static boolean isEligible(PackageParser.Package read) {
        Context context = RuntimeEnvironment.getApplication();
        ShadowPackageManager packages = shadowOf(context.getPackageManager());
        packages.addPackageInternal(read);
        try {
            return SmsApplication.getApplicationCollection(context).stream()
                    .anyMatch(app -> app.mPackageName.equals(read.packageName));
        } finally {
            ShadowPackageManager.reset();
        }
    }
}
