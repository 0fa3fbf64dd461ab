// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.ApplicationPackageManager;
import android.content.Context;
import android.content.Intent;
import android.content.pm.IPackageDataObserver;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.os.RemoteException;
import android.os.UserHandle;
import java.util.List;
import org.robolectric.annotation.ClassName;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.annotation.RealObject;
import org.robolectric.shadows.ShadowApplicationPackageManager;
import org.robolectric.util.ReflectionHelpers;

/** Robolectric's package manager, with the questions that it answers with nothing and the clearings that it does not make. */
@Implements(value = ApplicationPackageManager.class, isInAndroidSdk = false)
public class PhonePackages extends ShadowApplicationPackageManager {
    @RealObject private ApplicationPackageManager phone;

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

    @Implementation
    @Override
    protected void clearApplicationUserData(String name, IPackageDataObserver observer) {
        super.clearApplicationUserData(name, observer);
        // Since it takes the user from its context, so does the real one.
        int user = ReflectionHelpers.<Context>getField(phone, "mContext").getUserId();
        answer(name, PhoneStorage.clear(name, user, true), observer);
    }

    @Implementation
    @Override
    protected void deleteApplicationCacheFilesAsUser(String name, int user, IPackageDataObserver observer) {
        answer(name, PhoneStorage.clear(name, user, false), observer);
    }

    /** Answers as a binder does, on a thread of its own; not at all where no test has said what a package takes. */
    private static void answer(String name, Boolean cleared, IPackageDataObserver observer) {
        if (cleared != null && observer != null) {
            new Thread(() -> {
                try {
                    observer.onRemoveCompleted(name, cleared);
                } catch (RemoteException gone) {
                    throw new IllegalStateException(gone);
                }
            }).start();
        }
    }
}
