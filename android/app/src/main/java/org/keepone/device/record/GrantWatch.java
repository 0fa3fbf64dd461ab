// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.net.Uri;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.AllUsersCompat;
import org.keepone.device.BoundedCalls;
import org.keepone.device.ContextsCompat;
import org.keepone.device.PackageNames;
import org.keepone.device.PhoneUser;
import org.keepone.device.PhoneUsers;
import org.keepone.device.SeenUsers;
import org.keepone.device.Withheld;

/**
 * Grants and revokes, by whomever. The platform says only that something changed for a uid; what it was is found by comparing
 * with what was there before: noted for every user that may be seen when the watch begins, for a user when it is made, and for
 * a package when it is added. Nothing is looked up on the main thread, where the platform tells of it.
 */
final class GrantWatch {
    private static final String TAG = "KeepOne";

    /** {@code Intent.ACTION_USER_ADDED}, {@code ACTION_USER_REMOVED}, {@code EXTRA_USER_HANDLE}: hidden until Android 12. */
    private static final String USER_ADDED = "android.intent.action.USER_ADDED";
    private static final String USER_REMOVED = "android.intent.action.USER_REMOVED";
    private static final String USER_HANDLE = "android.intent.extra.user_handle";

    /** What waits to be looked up. What does not fit is found when the same package changes again. */
    private static final int MOST_WAITING = 2_000;

    private final Context context;
    private final EventBuffer events;
    private final BoundedCalls calls = new BoundedCalls();
    private final SeenUsers seen;
    private final Grants before = new Grants();

    /** Users of whom every package is noted: one that is not is new. */
    private final Set<Integer> noted = new HashSet<>();

    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), GrantWatch::thread,
            (task, full) -> Log.w(TAG, "a change of grants is looked up later: " + MOST_WAITING + " are waiting"));

    GrantWatch(@NonNull Context context, @NonNull EventBuffer events) {
        this.context = context;
        this.events = events;
        seen = new SeenUsers(context);
        worker.allowCoreThreadTimeOut(true);
    }

    @NonNull
    private static Thread thread(@NonNull Runnable task) {
        Thread thread = new Thread(task, "keepone-grants");
        thread.setDaemon(true);
        return thread;
    }

    /** Notes the present state and begins to watch. Returns whether the platform lets us. */
    @WorkerThread
    boolean begin() {
        // Noting comes first: what changes before the watch stands differs from what was noted, and is found with the next change.
        for (PhoneUser user : PhoneUsers.of(context, calls).users()) {
            note(user.id());
        }
        try {
            GrantWatchCompat.watch(context.getPackageManager(), uid -> worker.execute(() -> changed(uid)));
        } catch (RuntimeException | LinkageError refused) {
            Log.i(TAG, "grants are not watched: " + refused.getMessage());
            return false;
        }
        listen();
        return true;
    }

    /** Has itself told of packages and users that come and go. */
    private void listen() {
        IntentFilter packages = new IntentFilter();
        packages.addAction(Intent.ACTION_PACKAGE_ADDED);
        packages.addAction(Intent.ACTION_PACKAGE_REMOVED);
        packages.addDataScheme("package");
        IntentFilter users = new IntentFilter();
        users.addAction(USER_ADDED);
        users.addAction(USER_REMOVED);
        BroadcastReceiver receiver = new BroadcastReceiver() {
            @Override
            public void onReceive(@NonNull Context told, @Nullable Intent intent) {
                if (intent != null) {
                    worker.execute(() -> heard(intent));
                }
            }
        };
        AllUsersCompat.register(context, receiver, packages);
        AllUsersCompat.register(context, receiver, users);
    }

    /** Takes a broadcast of the platform. */
    @WorkerThread
    void heard(@NonNull Intent intent) {
        String action = String.valueOf(intent.getAction());
        int user = intent.getIntExtra(USER_HANDLE, -1);
        if (action.equals(USER_ADDED) && user >= 0) {
            note(user);
            return;
        } else if (action.equals(USER_REMOVED) && user >= 0) {
            forget(user);
            return;
        }
        Uri data = intent.getData();
        String name = data == null ? null : data.getSchemeSpecificPart();
        int uid = intent.getIntExtra(Intent.EXTRA_UID, -1);
        if (uid < 0 || !PackageNames.isName(name)) {
            return;
        }
        if (action.equals(Intent.ACTION_PACKAGE_ADDED)) {
            look(uid, List.of(name));
        } else if (action.equals(Intent.ACTION_PACKAGE_REMOVED) && !intent.getBooleanExtra(Intent.EXTRA_REPLACING, false)) {
            before.forget(uid / 100_000, name);
        }
    }

    /** Notes what every package of a user holds. */
    @WorkerThread
    synchronized void note(int user) {
        if (!seen.test(user)) {
            return;
        }
        try {
            PackageManager packages = packages(user);
            for (PackageInfo info : calls.ask("grants",
                    () -> packages.getInstalledPackages(PackageManager.GET_PERMISSIONS))) {
                before.putIfAbsent(user, info);
            }
            noted.add(user);
        } catch (Withheld | RuntimeException refused) {
            Log.i(TAG, "grants of user " + user + " are known only as they change: " + refused.getMessage());
        }
    }

    private synchronized void forget(int user) {
        noted.remove(user);
        before.forget(user);
    }

    @NonNull
    private PackageManager packages(int user) throws Withheld {
        return ContextsCompat.forUser(context, user).getPackageManager();
    }

    /** Something changed for a uid. */
    @WorkerThread
    void changed(int uid) {
        try {
            PackageManager packages = packages(uid / 100_000);
            String[] names = calls.ask("grants", () -> {
                String[] found = packages.getPackagesForUid(uid);
                return found == null ? new String[0] : found;
            });
            look(uid, List.of(names));
        } catch (Withheld | RuntimeException gone) {
            Log.i(TAG, "a change of grants of uid " + uid + " was not read: " + gone.getMessage());
        }
    }

    /** Compares packages of a uid with what they held before. */
    private synchronized void look(int uid, @NonNull List<String> names) {
        if (!seen.test(uid / 100_000)) {
            return;
        }
        for (String name : names) {
            try {
                PackageManager packages = packages(uid / 100_000);
                PackageInfo info = calls.ask("grants",
                        () -> packages.getPackageInfo(name, PackageManager.GET_PERMISSIONS));
                compare(uid, info, packages);
            } catch (Withheld | RuntimeException gone) {
                Log.i(TAG, "a change of grants of uid " + uid + " was not read: " + gone.getMessage());
            }
        }
    }

    private void compare(int uid, @NonNull PackageInfo info, @NonNull PackageManager packages) throws Withheld {
        int user = uid / 100_000;
        long now = System.currentTimeMillis();
        Set<String> is = Grants.of(info);
        Set<String> was = before.put(user, info);
        if (was == null) {
            // What a new app was given with its installation, somebody granted; what it has by declaring it, nobody did.
            was = noted.contains(user) ? declared(is, packages) : is;
        }
        for (String permission : is) {
            if (!was.contains(permission)) {
                events.add(Event.permission(now, uid, info.packageName, permission, true));
            }
        }
        for (String permission : was) {
            if (!is.contains(permission)) {
                events.add(Event.permission(now, uid, info.packageName, permission, false));
            }
        }
    }

    /** Those of an app's permissions that no user grants. */
    @NonNull
    private Set<String> declared(@NonNull Set<String> held, @NonNull PackageManager packages) throws Withheld {
        List<String> granted = calls.ask("grants", () -> {
            List<String> found = new ArrayList<>();
            for (String permission : held) {
                if (isGranted(permission, packages)) {
                    found.add(permission);
                }
            }
            return found;
        });
        Set<String> declared = new HashSet<>(held);
        declared.removeAll(granted);
        return declared;
    }

    @SuppressWarnings("deprecation")
    private static boolean isGranted(@NonNull String permission, @NonNull PackageManager packages) {
        try {
            int level = packages.getPermissionInfo(permission, 0).protectionLevel;
            return (level & PermissionInfo.PROTECTION_MASK_BASE) == PermissionInfo.PROTECTION_DANGEROUS;
        } catch (PackageManager.NameNotFoundException gone) {
            return false;
        }
    }
}
