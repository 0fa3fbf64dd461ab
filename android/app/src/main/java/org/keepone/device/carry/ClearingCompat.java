// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.ActivityManager;
import android.content.Context;
import android.content.pm.IPackageDataObserver;
import android.os.Build;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PhoneUser;

/**
 * Clearing an app's data and cache (CLEAR_APP_USER_DATA, INTERNAL_DELETE_CACHE_FILES). Through the activity manager where it
 * knows the user, since it also ends what the app left running; since Android 11 it takes the user from the context.
 */
final class ClearingCompat {
    private ClearingCompat() {
    }

    /** Is told how clearing ended. */
    @FunctionalInterface
    interface Done {
        void clearing(boolean successful);
    }

    private static final class Observer extends IPackageDataObserver.Stub {
        private final Done done;

        Observer(@NonNull Done done) {
            this.done = done;
        }

        @Override
        public void onRemoveCompleted(@Nullable String packageName, boolean succeeded) {
            done.clearing(succeeded);
        }
    }

    static void cache(@NonNull Context context, @NonNull String name, int user, @NonNull Done done) {
        context.getPackageManager().deleteApplicationCacheFilesAsUser(name, user, new Observer(done));
    }

    static void data(@NonNull Context context, @NonNull String name, int user, @NonNull Done done) {
        ActivityManager manager = context.getSystemService(ActivityManager.class);
        if (manager != null && (user == PhoneUser.own() || Build.VERSION.SDK_INT >= 30)) {
            if (!manager.clearApplicationUserData(name, new Observer(done))) {
                done.clearing(false);
            }
            return;
        }
        context.getPackageManager().clearApplicationUserData(name, new Observer(done));
    }
}
