// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentSender;
import android.content.pm.PackageInstaller;
import android.os.Handler;
import android.os.HandlerThread;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.Because;
import org.keepone.device.BroadcastsCompat;
import org.keepone.device.Withheld;

/**
 * One uninstall for one user, until the package installer has said how it ended. The answer comes to a receiver that lives as
 * long as the wait, under a name that nobody else knows.
 */
final class Uninstall {
    private Uninstall() {
    }

    /** Takes the first answer. */
    private static final class Answer extends BroadcastReceiver {
        private final CountDownLatch came = new CountDownLatch(1);
        private volatile Intent intent;

        @Override
        public void onReceive(@Nullable Context context, @Nullable Intent answer) {
            if (answer != null) {
                intent = answer;
                came.countDown();
            }
        }
    }

    /** Uninstalls the cell's package for the cell's user, a system app too, and leaves what is in the image. */
    static void forUser(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        Context context = sight.context(cell.user());
        String name = cell.packageName();
        String action = context.getPackageName() + ".uninstalled." + Long.toHexString(new SecureRandom().nextLong());
        HandlerThread thread = new HandlerThread("keepone-uninstall");
        thread.start();
        Answer answer = new Answer();
        // The platform sends the answer to the process that asked, which runs for the own user.
        Context own = sight.context(org.keepone.device.PhoneUser.own());
        BroadcastsCompat.register(own, answer, action, new Handler(thread.getLooper()));
        try {
            sight.make(cell, () -> {
                IntentSender sender = BroadcastsCompat.sender(own, action);
                UninstallCompat.uninstall(context, name, cell.user(), sender);
            });
            if (!answer.came.await(sight.calls().patienceForWorkMillis(), TimeUnit.MILLISECONDS)) {
                throw new Withheld(Because.TIMED_OUT, "the package installer did not say how the uninstall ended");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Withheld(Because.FAILED, "interrupted while the package installer worked");
        } finally {
            own.unregisterReceiver(answer);
            thread.quitSafely();
        }
        check(answer.intent);
    }

    private static void check(@NonNull Intent answer) throws Withheld {
        int status = answer.getIntExtra(PackageInstaller.EXTRA_STATUS, PackageInstaller.STATUS_FAILURE);
        String said = answer.getStringExtra(PackageInstaller.EXTRA_STATUS_MESSAGE);
        switch (status) {
            case PackageInstaller.STATUS_SUCCESS:
                return;
            case PackageInstaller.STATUS_PENDING_USER_ACTION:
                throw new Withheld(Because.NEEDS_PERMISSION,
                        "the system asks its user first: android.permission.MANAGE_PROFILE_AND_DEVICE_OWNERS");
            case PackageInstaller.STATUS_FAILURE_BLOCKED:
                throw new Withheld(Because.FIXED_BY_POLICY, said == null ? "blocked" : said);
            default:
                throw new Withheld(Because.FAILED, "the package installer answered " + status + ": " + said);
        }
    }
}
