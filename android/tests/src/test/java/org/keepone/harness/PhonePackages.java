// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.ApplicationPackageManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.pm.IPackageDataObserver;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.os.RemoteException;
import android.os.UserHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.ClassName;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.annotation.RealObject;
import org.robolectric.shadows.ShadowApplicationPackageManager;
import org.robolectric.util.ReflectionHelpers;

/**
 * Robolectric's package manager, with the questions that it answers with nothing, the clearings that it does not make, and
 * permissions and components that every user of the phone has set for themselves: those of the first user are Robolectric's.
 */
@Implements(value = ApplicationPackageManager.class, isInAndroidSdk = false)
public class PhonePackages extends ShadowApplicationPackageManager {
    /** What stands for other users: "10 package permission", "10 package flags permission", "10 component". */
    private static final OfPhone<Map<String, Integer>> OF_OTHERS = new OfPhone<>(ConcurrentHashMap::new);

    @RealObject private ApplicationPackageManager real;

    private int user() {
        return ((Context) ReflectionHelpers.getField(real, "mContext")).getUserId();
    }

    @Implementation
    @Override
    protected int checkPermission(String permission, String name) {
        int user = user();
        return user == 0
                ? super.checkPermission(permission, name)
                : OF_OTHERS.get().getOrDefault(user + " " + name + " " + permission, PackageManager.PERMISSION_DENIED);
    }

    @Implementation
    @Override
    protected PackageInfo getPackageInfo(String name, int flags) throws PackageManager.NameNotFoundException {
        return ofUser(super.getPackageInfo(name, flags));
    }

    @Implementation
    @Override
    public List<PackageInfo> getInstalledPackages(int flags) {
        List<PackageInfo> all = super.getInstalledPackages(flags);
        all.forEach(this::ofUser);
        return all;
    }

    /** Puts in what another user has granted and taken. */
    private PackageInfo ofUser(PackageInfo info) {
        int user = user();
        for (int i = 0; user != 0 && info.requestedPermissions != null && i < info.requestedPermissions.length; i++) {
            Integer granted = OF_OTHERS.get().get(user + " " + info.packageName + " " + info.requestedPermissions[i]);
            if (granted != null && info.requestedPermissionsFlags != null) {
                int without = info.requestedPermissionsFlags[i] & ~PackageInfo.REQUESTED_PERMISSION_GRANTED;
                boolean has = granted == PackageManager.PERMISSION_GRANTED;
                info.requestedPermissionsFlags[i] = without | (has ? PackageInfo.REQUESTED_PERMISSION_GRANTED : 0);
            }
        }
        return info;
    }

    @Implementation
    @Override
    protected void grantRuntimePermission(String name, String permission, UserHandle user) {
        set(name, permission, user, PackageManager.PERMISSION_GRANTED);
    }

    @Implementation
    @Override
    protected void revokeRuntimePermission(String name, String permission, UserHandle user) {
        set(name, permission, user, PackageManager.PERMISSION_DENIED);
    }

    private void set(String name, String permission, UserHandle user, int granted) {
        if (user.hashCode() != 0) {
            OF_OTHERS.get().put(user.hashCode() + " " + name + " " + permission, granted);
        } else if (granted == PackageManager.PERMISSION_GRANTED) {
            super.grantRuntimePermission(name, permission, user);
        } else {
            super.revokeRuntimePermission(name, permission, user);
        }
    }

    @Implementation
    @Override
    protected int getPermissionFlags(String permission, String name, UserHandle user) {
        // As PermissionManagerServiceImpl does.
        boolean mayAsk = Stream.of("GET", "GRANT", "REVOKE").anyMatch(verb -> RuntimeEnvironment.getApplication()
                .checkSelfPermission("android.permission." + verb + "_RUNTIME_PERMISSIONS")
                == PackageManager.PERMISSION_GRANTED);
        if (!mayAsk) {
            throw new SecurityException("getPermissionFlags requires GRANT_, REVOKE_ or GET_RUNTIME_PERMISSIONS");
        }
        return user.hashCode() == 0
                ? super.getPermissionFlags(permission, name, user)
                : OF_OTHERS.get().getOrDefault(user.hashCode() + " " + name + " flags " + permission, 0);
    }

    @Implementation
    @Override
    protected void updatePermissionFlags(String permission, String name, int mask, int values, UserHandle user) {
        if (user.hashCode() == 0) {
            super.updatePermissionFlags(permission, name, mask, values, user);
        } else {
            int before = getPermissionFlags(permission, name, user);
            OF_OTHERS.get().put(user.hashCode() + " " + name + " flags " + permission, before & ~mask | values & mask);
        }
    }

    @Implementation
    @Override
    protected int getComponentEnabledSetting(ComponentName component) {
        int user = user();
        return user == 0
                ? super.getComponentEnabledSetting(component)
                : OF_OTHERS.get().getOrDefault(user + " " + component.flattenToString(), 0);
    }

    @Implementation
    @Override
    protected void setComponentEnabledSetting(ComponentName component, int setting, int flags) {
        int user = user();
        if (user == 0) {
            super.setComponentEnabledSetting(component, setting, flags);
        } else {
            OF_OTHERS.get().put(user + " " + component.flattenToString(), setting);
        }
    }

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
        answer(name, PhoneStorage.clear(name, user(), true), observer);
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
