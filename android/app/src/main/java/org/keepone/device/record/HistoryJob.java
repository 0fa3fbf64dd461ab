// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Context;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Takes over the platform's history now and then, before the platform forgets it: for phones where nothing may be watched. */
public final class HistoryJob extends JobService {
    private static final String TAG = "KeepOne";
    private static final int JOB = 0x4b30_0002;
    private static final long EVERY_MILLIS = TimeUnit.HOURS.toMillis(6);

    /**
     * Has it run from now on; a second wish changes nothing.
     *
     * @param context any context of the app
     */
    public static void schedule(@NonNull Context context) {
        JobScheduler scheduler = context.getSystemService(JobScheduler.class);
        if (scheduler == null || scheduler.getPendingJob(JOB) != null) {
            return;
        }
        scheduler.schedule(new JobInfo.Builder(JOB, new ComponentName(context, HistoryJob.class))
                .setPeriodic(EVERY_MILLIS)
                .build());
    }

    @Override
    public boolean onStartJob(@Nullable JobParameters parameters) {
        new Thread(() -> {
            try {
                new Recorder(getApplicationContext()).fill();
            } catch (IOException failed) {
                Log.w(TAG, "no record: " + failed.getMessage());
            }
            if (parameters != null) {
                jobFinished(parameters, false);
            }
        }, "keepone-history").start();
        return true;
    }

    @Override
    public boolean onStopJob(@Nullable JobParameters parameters) {
        // What was not taken is still missing, and the next run begins there.
        return false;
    }
}
