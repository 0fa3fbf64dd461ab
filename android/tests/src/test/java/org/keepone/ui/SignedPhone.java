// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.Signature;
import org.keepone.device.Fixtures;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;

/** A phone on which the app is signed with the platform's key and holds all that its manifest asks for. */
final class SignedPhone {
    private static final Signature PLATFORM = new Signature("0a0b");

    private SignedPhone() {}

    /** Makes it, and returns the app with nothing of it replaced. */
    @SuppressWarnings("deprecation")
    static ScreenApplication begin() throws PackageManager.NameNotFoundException {
        ScreenApplication app = (ScreenApplication) RuntimeEnvironment.getApplication();
        ScreenApplication.use(null);
        PackageInfo platform = Fixtures.systemApp("android");
        platform.signatures = new Signature[] {PLATFORM};
        Fixtures.install(platform);
        PackageInfo own = app.getPackageManager()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_PERMISSIONS | PackageManager.GET_ACTIVITIES);
        own.signatures = new Signature[] {PLATFORM};
        Fixtures.install(own);
        Shadows.shadowOf(app).grantPermissions(own.requestedPermissions);
        return app;
    }
}
