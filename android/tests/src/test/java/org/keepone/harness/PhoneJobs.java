// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.job.IJobCallback;
import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobService;
import android.app.job.JobWorkItem;
import android.os.Binder;
import android.os.Looper;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowJobScheduler;
import org.robolectric.util.ReflectionHelpers;

/** Robolectric's job scheduler, which keeps the items of a job too and can run it as the platform does. */
@Implements(className = "android.app.JobSchedulerImpl", isInAndroidSdk = false)
public class PhoneJobs extends ShadowJobScheduler.ShadowJobSchedulerImpl {
    private static final OfPhone<Map<Integer, Deque<JobWorkItem>>> WAITING = new OfPhone<>(HashMap::new);

    @Implementation
    @Override
    public int enqueue(JobInfo job, JobWorkItem work) {
        synchronized (WAITING) {
            WAITING.get().computeIfAbsent(job.getId(), id -> new ArrayDeque<>()).add(work);
        }
        return super.enqueue(job, work);
    }

    @Implementation
    @Override
    public void cancel(int job) {
        synchronized (WAITING) {
            WAITING.get().remove(job);
        }
        super.cancel(job);
    }

    @Implementation
    @Override
    public void cancelAll() {
        synchronized (WAITING) {
            WAITING.get().clear();
        }
        super.cancelAll();
    }

    /**
     * Runs a job whose work comes as items, until it has completed them all.
     *
     * @param service the job's service
     * @param thread the name of the thread on which it works
     * @return how many items it completed
     */
    public static int run(Class<? extends JobService> service, String thread) throws Exception {
        JobInfo job = null;
        for (JobInfo pending : pending()) {
            job = pending.getService().getClassName().equals(service.getName()) ? pending : job;
        }
        if (job == null) {
            return 0;
        }
        List<Integer> completed = new ArrayList<>();
        Robolectric.setupService(service).onStartJob(parameters(job.getId(), completed));
        for (int tries = 0; works(thread); tries++) {
            if (tries > 6_000) {
                throw new IllegalStateException("the job does not end");
            }
            // Some of the platform's answers come over the main thread.
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            Thread.sleep(10);
        }
        scheduler().cancel(job.getId());
        return completed.size();
    }

    private static android.app.job.JobScheduler scheduler() {
        return org.robolectric.RuntimeEnvironment.getApplication()
                .getSystemService(android.app.job.JobScheduler.class);
    }

    private static List<JobInfo> pending() {
        return scheduler().getAllPendingJobs();
    }

    private static boolean works(String thread) {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(each -> each.getName().equals(thread));
    }

    /** What the platform hands to a job: items are taken off the queue one by one, and told when they are done. */
    private static JobParameters parameters(int job, List<Integer> completed) {
        int[] handed = {0};
        Object callback = Proxy.newProxyInstance(
                PhoneJobs.class.getClassLoader(), new Class<?>[] {IJobCallback.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "dequeueWork":
                            synchronized (WAITING) {
                                Deque<JobWorkItem> items = WAITING.get().get(job);
                                JobWorkItem item = items == null ? null : items.poll();
                                if (item != null) {
                                    ReflectionHelpers.setField(item, "mWorkId", ++handed[0]);
                                }
                                return item;
                            }
                        case "completeWork":
                            completed.add((Integer) arguments[1]);
                            return true;
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
        Binder binder = new Binder();
        binder.attachInterface((IJobCallback) callback, "android.app.job.IJobCallback");
        JobParameters parameters = ReflectionHelpers.callConstructor(JobParameters.class);
        ReflectionHelpers.setField(parameters, "jobId", job);
        ReflectionHelpers.setField(parameters, "callback", binder);
        return parameters;
    }
}
