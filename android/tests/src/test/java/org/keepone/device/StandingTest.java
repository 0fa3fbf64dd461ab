// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import android.app.Application;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.ComponentName;
import android.content.Intent;
import android.os.Looper;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.DumpService;
import org.keepone.device.keep.PackageWatch;
import org.keepone.device.record.HistoryJob;
import org.keepone.harness.PhoneRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowApplication;

/** What the process does from its start on: it watches packages, keeps the dump's door open and takes history over. */
@RunWith(PhoneRunner.class)
public final class StandingTest {
    private final Application application = RuntimeEnvironment.getApplication();

    /** What begins beside must end in its own sandbox: it loads the core, and a sandbox gets the core while its test runs. */
    @After
    public void beginningEnds() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("keepone-begin")) {
                for (int i = 0; i < 600 && thread.isAlive(); i++) {
                    // No platform is there to answer the question for its history; everything else is done by then.
                    if (Arrays.toString(thread.getStackTrace()).contains("HistoryCompat")) {
                        thread.interrupt();
                    }
                    thread.join(100);
                }
                assertFalse(thread.isAlive());
            }
        }
    }

    @Test
    public void theProcessWatchesAndKeepsItsDoorOpen() {
        ShadowApplication shadow = Shadows.shadowOf(application);
        assertTrue(shadow.getRegisteredReceivers().stream()
                .map(wrapper -> wrapper.getBroadcastReceiver())
                .anyMatch(receiver -> receiver instanceof PackageWatch));
        Shadows.shadowOf(Looper.getMainLooper()).idleFor(3, TimeUnit.SECONDS);
        Intent bound = null;
        for (Intent next = shadow.getNextStartedService(); next != null; next = shadow.getNextStartedService()) {
            bound = next;
        }
        assertEquals(new ComponentName(application, DumpService.class), bound == null ? null : bound.getComponent());
        boolean history = false;
        for (JobInfo job : application.getSystemService(JobScheduler.class).getAllPendingJobs()) {
            history |= job.getService().getClassName().equals(HistoryJob.class.getName());
        }
        assertTrue(history);
    }
}
