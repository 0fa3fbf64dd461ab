// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.app.job.JobWorkItem;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PackageNames;

/** A wish to have choices held again: of one user or all, for one package or all. Carried by a job, so that it outlives us. */
final class Request {
    /** Every user for whom anything is stored. */
    static final int ALL_USERS = -1;

    private static final String TAG = "KeepOne";
    private static final int JOB = 0x4b30_0001;
    private static final int LATER = 0x4b30_0004;
    private static final String USER = "user";
    private static final String PACKAGE = "package";

    /** Packages change in bursts (an update of twenty apps); one run looks at all that came meanwhile. */
    private static final long WAIT_MILLIS = 1_000;
    private static final long LATEST_MILLIS = 10_000;

    /** When a choice that was set again too often is looked at once more; the core counts by the hour. */
    private static final long LATER_MILLIS = 3_600_000;

    private final int user;
    private final String packageName;

    private Request(int user, @Nullable String packageName) {
        this.user = user;
        this.packageName = packageName;
    }

    int user() {
        return user;
    }

    /** Returns the package, {@code null} for all. */
    @Nullable
    String packageName() {
        return packageName;
    }

    /** Asks for a run. */
    static void enqueue(@NonNull Context context, int user, @Nullable String packageName) {
        JobScheduler scheduler = context.getSystemService(JobScheduler.class);
        if (scheduler == null) {
            Log.w(TAG, "no job scheduler: choices are held again at the next start");
            return;
        }
        JobInfo job = new JobInfo.Builder(JOB, new ComponentName(context, ReapplyJob.class))
                .setMinimumLatency(WAIT_MILLIS)
                .setOverrideDeadline(LATEST_MILLIS)
                .build();
        Intent work = new Intent().putExtra(USER, user);
        if (packageName != null) {
            work.putExtra(PACKAGE, packageName);
        }
        try {
            scheduler.enqueue(job, new JobWorkItem(work));
        } catch (RuntimeException full) {
            // Too many items: those before this one make the run, and it asks the engine for all of a user then.
            Log.w(TAG, "a wish to hold choices was not taken: " + full.getMessage());
        }
    }

    /** Asks for a run for all users after an hour; asked again meanwhile, it is one run. */
    static void later(@NonNull Context context) {
        JobScheduler scheduler = context.getSystemService(JobScheduler.class);
        if (scheduler == null || scheduler.getPendingJob(LATER) != null) {
            return;
        }
        scheduler.schedule(new JobInfo.Builder(LATER, new ComponentName(context, ReapplyJob.class))
                .setMinimumLatency(LATER_MILLIS)
                .build());
    }

    /** Returns whether a job is the one that {@link #later} asked for. */
    static boolean isLater(int job) {
        return job == LATER;
    }

    /** Reads a wish back. {@code null} when it is none of ours. */
    @Nullable
    static Request of(@Nullable Intent work) {
        if (work == null || !work.hasExtra(USER)) {
            return null;
        }
        String packageName = work.getStringExtra(PACKAGE);
        if (packageName != null && !PackageNames.isName(packageName)) {
            return null;
        }
        return new Request(work.getIntExtra(USER, ALL_USERS), packageName);
    }
}
