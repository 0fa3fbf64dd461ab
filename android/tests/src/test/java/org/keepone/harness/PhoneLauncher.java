// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.content.ComponentName;
import android.content.pm.LauncherApps;
import android.graphics.Rect;
import android.os.Bundle;
import android.os.UserHandle;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowLauncherApps;

/** Robolectric's service for launchers, which opens an app's own page for a profile too; {@link PhonePages} remembers it. */
@Implements(LauncherApps.class)
public class PhoneLauncher extends ShadowLauncherApps {
    @Implementation
    @Override
    protected boolean isPackageEnabled(String name, UserHandle user) {
        return true;
    }

    @Implementation
    @Override
    protected void startAppDetailsActivity(ComponentName component, UserHandle user, Rect bounds, Bundle options) {
        // LauncherAppsService.showAppDetailsAsUser: of the component only the package counts.
        PhonePages.opened().add(user.hashCode() + " details of " + component.getPackageName());
    }
}
