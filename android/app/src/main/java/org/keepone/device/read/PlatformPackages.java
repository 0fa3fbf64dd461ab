// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.content.pm.SharedLibraryInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Withheld;

/** The package manager of each user, each question bounded in time and each failure turned into its reason. */
final class PlatformPackages implements Packages {
    private final Context context;
    private final BoundedCalls calls;
    private final Map<Integer, PackageManager> managers = new ConcurrentHashMap<>();

    PlatformPackages(@NonNull Context context, @NonNull BoundedCalls calls) {
        this.context = context;
        this.calls = calls;
    }

    @NonNull
    private PackageManager of(int user) throws Withheld {
        PackageManager known = managers.get(user);
        if (known == null) {
            known = ContextsCompat.forUser(context, user).getPackageManager();
            managers.put(user, known);
        }
        return known;
    }

    @NonNull
    private <T> T ask(int user, @NonNull String what, @NonNull BoundedCalls.Question<T> question) throws Withheld {
        T answer;
        try {
            answer = calls.ask(what, question);
        } catch (Withheld refused) {
            throw refused.forUser(user);
        }
        if (answer == null) {
            throw new Withheld(Because.FAILED, what + ": the platform answered nothing");
        }
        return answer;
    }

    @Override
    @NonNull
    public List<PackageInfo> list(int user, int flags) throws Withheld {
        PackageManager packages = of(user);
        return ask(user, "package list", () -> packages.getInstalledPackages(flags));
    }

    @Override
    @NonNull
    public PackageInfo info(@NonNull String name, int user, int flags) throws Withheld {
        PackageManager packages = of(user);
        PackageInfo info = ask(user, name, () -> packages.getPackageInfo(name, flags));
        if (!name.equals(info.packageName)) {
            // Also met with a renamed package (original-package): the facts would be filed under the wrong name.
            throw new Withheld(Because.FAILED, name + ": the platform answered for " + info.packageName);
        }
        return info;
    }

    @Override
    @NonNull
    public List<ResolveInfo> answers(@NonNull ComponentKind kind, @NonNull Intent intent, int user, int flags)
            throws Withheld {
        PackageManager packages = of(user);
        return ask(user, "probe", () -> {
            switch (kind) {
                case RECEIVER:
                    return packages.queryBroadcastReceivers(intent, flags);
                case SERVICE:
                    return packages.queryIntentServices(intent, flags);
                default:
                    return packages.queryIntentActivities(intent, flags);
            }
        });
    }

    @Override
    @Nullable
    public String installer(@NonNull String name, int user) throws Withheld {
        PackageManager packages = of(user);
        try {
            return calls.ask("installer", () -> PackagesCompat.installer(packages, name));
        } catch (Withheld refused) {
            throw refused.forUser(user);
        }
    }

    @Override
    public boolean blocksUninstall(@NonNull String name, int user) throws Withheld {
        return ask(user, "block-uninstall", () -> PackagesCompat.blocksUninstall(name, user));
    }

    @Override
    @NonNull
    public List<SharedLibraryInfo> libraries() throws Withheld {
        PackageManager packages = context.getPackageManager();
        return ask(org.keepone.device.PhoneUser.own(), "shared libraries", () -> packages.getSharedLibraries(0));
    }
}
