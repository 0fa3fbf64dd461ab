// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import android.app.job.JobParameters;
import android.app.job.JobService;
import android.app.job.JobWorkItem;
import android.util.Log;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.BoundedCalls;
import org.keepone.device.PhoneUsers;
import org.keepone.device.Places;
import org.keepone.engine.EngineException;

/**
 * Holds choices again for all wishes that have come, on a thread of its own: those of the users whose choices this user's
 * instance holds ({@link PhoneUsers#holds}).
 */
public final class ReapplyJob extends JobService {
    private static final String TAG = "KeepOne";

    private volatile boolean stopped;

    @Override
    public boolean onStartJob(@Nullable JobParameters parameters) {
        if (parameters == null) {
            return false;
        }
        if (Request.isLater(parameters.getJobId())) {
            Request.enqueue(this, Request.ALL_USERS, null);
            return false;
        }
        stopped = false;
        Thread thread = new Thread(() -> run(parameters), "keepone-reapply");
        thread.start();
        return true;
    }

    @Override
    public boolean onStopJob(@Nullable JobParameters parameters) {
        // What was not taken off the queue comes again with the next run.
        stopped = true;
        return true;
    }

    private void run(@NonNull JobParameters parameters) {
        Reapply reapply = new Reapply(getApplicationContext());
        PhoneUsers phone = PhoneUsers.of(getApplicationContext(), new BoundedCalls());
        while (!stopped) {
            List<JobWorkItem> taken = take(parameters);
            if (taken.isEmpty()) {
                // With work items the job ends by itself when the last one is completed.
                return;
            }
            for (Map.Entry<Integer, TreeSet<String>> user : merged(taken).entrySet()) {
                if (phone.holds(user.getKey())) {
                    hold(reapply, user.getKey(), user.getValue());
                }
                if (phone.has(user.getKey())) {
                    tellOfReturned(reapply, user.getKey());
                }
            }
            for (JobWorkItem item : taken) {
                complete(parameters, item);
            }
        }
    }

    @NonNull
    private static List<JobWorkItem> take(@NonNull JobParameters parameters) {
        List<JobWorkItem> taken = new ArrayList<>();
        try {
            for (JobWorkItem item = parameters.dequeueWork(); item != null; item = parameters.dequeueWork()) {
                taken.add(item);
            }
        } catch (SecurityException stopped) {
            // The job was stopped between two items; the rest comes again.
            Log.i(TAG, "stopped while holding choices");
        }
        return taken;
    }

    private static void complete(@NonNull JobParameters parameters, @NonNull JobWorkItem item) {
        try {
            parameters.completeWork(item);
        } catch (SecurityException | IllegalArgumentException stopped) {
            Log.i(TAG, "stopped while holding choices");
        }
    }

    /** Joins the wishes: packages by user, {@code null} for all of a user's. */
    @NonNull
    private Map<Integer, TreeSet<String>> merged(@NonNull List<JobWorkItem> items) {
        Map<Integer, TreeSet<String>> merged = new TreeMap<>();
        for (JobWorkItem item : items) {
            Request request = Request.of(item.getIntent());
            if (request == null) {
                Log.w(TAG, "a job's intent that is none of ours was passed over");
                continue;
            }
            List<Integer> users = new ArrayList<>();
            if (request.user() == Request.ALL_USERS) {
                users.addAll(new Places(this).users());
            } else {
                users.add(request.user());
            }
            for (int user : users) {
                if (request.packageName() == null) {
                    merged.put(user, null);
                } else if (!merged.containsKey(user)) {
                    merged.put(user, new TreeSet<>());
                    merged.get(user).add(request.packageName());
                } else if (merged.get(user) != null) {
                    merged.get(user).add(request.packageName());
                }
            }
        }
        return merged;
    }

    private void hold(@NonNull Reapply reapply, int user, @Nullable TreeSet<String> packages) {
        try {
            byte[] answer = reapply.of(user, packages);
            if (answer != null) {
                Log.i(TAG, "choices of user " + user + " held: " + answer.length + " bytes of outcome");
                if (Reapply.hasToWait(answer)) {
                    Log.w(TAG, "a choice of user " + user + " was undone too often, and is held again later");
                    Request.later(this);
                }
            }
        } catch (EngineException | IOException failed) {
            Log.w(TAG, "choices of user " + user + " not held: " + failed.getMessage());
        }
    }

    private void tellOfReturned(@NonNull Reapply reapply, int user) {
        try {
            CameBackNotice.tell(this, user, reapply.cameBack(user));
        } catch (EngineException | IOException failed) {
            Log.w(TAG, "not known whether removed apps of user " + user + " came back: " + failed.getMessage());
        }
    }
}
