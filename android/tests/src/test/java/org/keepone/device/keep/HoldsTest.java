// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;

import android.app.AppOpsManager;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.Context;
import android.content.pm.PackageInfo;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.harness.PhoneJobs;
import org.keepone.harness.PhoneRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** A choice under the real engine: set, lost, set again, written down and recorded; what stands is left alone. */
@RunWith(PhoneRunner.class)
@Config(minSdk = 30) // The op has its public name since Android 9; the shadow answers for raw modes since 11.
public final class HoldsTest {
    private static final String NAME = "com.maker.one";
    private static final String OP = "android:run_any_in_background";

    private final Context context = Fixtures.context();
    private final Engine engine = new Engine();
    private final Places places = new Places(context);
    private final AppOpsManager ops = context.getSystemService(AppOpsManager.class);

    @Before
    public void aChoice() throws Exception {
        PackageInfo info = Fixtures.systemApp(NAME);
        Fixtures.install(info);
        Shadows.shadowOf(RuntimeEnvironment.getApplication()).grantPermissions(
                "android.permission.MANAGE_APP_OPS_MODES", "android.permission.CHANGE_APP_IDLE_STATE",
                "android.permission.PACKAGE_USAGE_STATS", "android.permission.GET_APP_OPS_STATS");
        engine.choices(Fixtures.bytes("{\"ask\":\"set\",\"user\":0,\"package\":\"" + NAME + "\",\"area\":\"auto-start\","
                + "\"switch\":\"background-run\",\"wanted\":\"off\",\"now\":\"2026-11-24T00:00:00Z\"}"), places.choices(0));
    }

    private int mode() {
        return ops.unsafeCheckOpRawNoThrow(OP, 10_123, NAME);
    }

    private JSONObject hold() throws Exception {
        byte[] answer = new Reapply(context).of(0, Arrays.asList(NAME));
        assertNotNull(answer);
        JSONArray items = Fixtures.object(answer).getJSONArray("items");
        assertEquals(1, items.length());
        return items.getJSONObject(0);
    }

    @Test
    public void whatWasLostIsSetAgainAndWhatStandsIsLeft() throws Exception {
        assertEquals(AppOpsManager.MODE_ALLOWED, mode());
        assertEquals("set-again", hold().getString("outcome"));
        assertEquals(AppOpsManager.MODE_IGNORED, mode());
        assertEquals("stands", hold().getString("outcome"));
        ops.setMode(OP, 10_123, NAME, AppOpsManager.MODE_ALLOWED);
        assertEquals("set-again", hold().getString("outcome"));
        assertEquals(AppOpsManager.MODE_IGNORED, mode());
        String journal = new String(java.nio.file.Files.readAllBytes(places.journal(0).toPath()),
                java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(journal, journal.contains(OP));
        JSONObject recorded =
                Fixtures.object(engine.records(Fixtures.bytes("{\"ask\":\"list\"}"), places.record()));
        assertTrue(recorded.toString(), recorded.toString().contains("background-run"));
    }

    @Test
    public void anAppThatUndoesItWheneverItIsSetIsLeftForAnHour() throws Exception {
        for (int times = 0; times < 6; times++) {
            ops.setMode(OP, 10_123, NAME, AppOpsManager.MODE_ALLOWED);
            assertEquals("set-again", hold().getString("outcome"));
        }
        ops.setMode(OP, 10_123, NAME, AppOpsManager.MODE_ALLOWED);
        assertEquals("waits", hold().getString("outcome"));
        assertEquals(AppOpsManager.MODE_ALLOWED, mode());

        Request.enqueue(context, 0, NAME);
        assertEquals(1, PhoneJobs.run(ReapplyJob.class, "keepone-reapply"));
        List<JobInfo> later = context.getSystemService(JobScheduler.class).getAllPendingJobs();
        assertEquals(1, later.size());
        assertEquals("an hour later it is looked at once more", 3_600_000, later.get(0).getMinLatencyMillis());
        assertEquals("that asks for a run of its own", 0, PhoneJobs.run(ReapplyJob.class, "keepone-reapply"));
        assertEquals(1, PhoneJobs.run(ReapplyJob.class, "keepone-reapply"));
    }

    @Test
    public void nothingCameBackWhereNothingWasRemoved() throws Exception {
        hold();
        assertTrue(new Reapply(context).cameBack(0).isEmpty());
    }
}
