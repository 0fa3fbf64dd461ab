// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.ApplicationPackageManager;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.os.UserHandle;
import java.util.List;
import org.robolectric.annotation.ClassName;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowApplicationPackageManager;

/** Robolectric's package manager, with the questions that it answers with nothing. */
@Implements(value = ApplicationPackageManager.class, isInAndroidSdk = false)
public class PhonePackages extends ShadowApplicationPackageManager {
    @Implementation
    @Override
    protected List<ResolveInfo> queryBroadcastReceiversAsUser(Intent intent, int flags, int user) {
        return queryBroadcastReceivers(intent, flags);
    }

    @Implementation
    @Override
    protected List<ResolveInfo> queryBroadcastReceiversAsUser(Intent intent, int flags, UserHandle user) {
        return queryBroadcastReceiversAsUser(intent, flags, user.getIdentifier());
    }

    @Implementation(minSdk = 33)
    protected List<ResolveInfo> queryBroadcastReceiversAsUser(
            Intent intent,
            @ClassName("android.content.pm.PackageManager$ResolveInfoFlags") Object flags,
            int user) {
        return queryBroadcastReceiversAsUser(
                intent, (int) ((PackageManager.ResolveInfoFlags) flags).getValue(), user);
    }
}
