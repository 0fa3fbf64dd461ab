// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

import android.app.Application;
import android.content.Context;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.harness.OpService;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** The platform's history is taken over once and whole, and where it is not to be had, that stands in the record. */
@RunWith(PhoneRunner.class)
public final class HistoryTest {
    private static final String HISTORY = "android.permission.GET_HISTORICAL_APP_OPS_STATS";
    private static final String STATS = "android.permission.GET_APP_OPS_STATS";
    private static final String NAME = "a.one";
    private static final int UID = 10_123;

    private final Context context = Fixtures.context();
    private OpService ops;

    @Before
    public void aPhoneWithAPast() {
        ops = OpService.behind(context);
        ops.happened("android:camera", UID, NAME, 12);
    }

    private void grant(String... permissions) {
        Shadows.shadowOf((Application) context).grantPermissions(permissions);
    }

    /** The events of the record, the latest first. */
    private JSONArray events() throws Exception {
        return Fixtures.object(new Engine().records(Fixtures.bytes("{\"ask\":\"list\"}"), new Places(context).record()))
                .getJSONArray("events");
    }

    /** How often the record says that the camera was used before anybody watched. */
    private long taken() throws Exception {
        long taken = 0;
        JSONArray events = events();
        for (int i = 0; i < events.length(); i++) {
            JSONObject event = events.getJSONObject(i);
            taken += event.getString("origin").equals("platform-history") ? event.optLong("count", 1) : 0;
        }
        return taken;
    }

    private long coveredAgo() {
        long now = System.currentTimeMillis();
        return now - new Covered(context).missingFrom(now);
    }

    private static long recorders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("keepone-record"))
                .count();
    }

    @Test
    @Config(minSdk = 33)
    public void itIsTakenOnceAndNoThreadStays() throws Exception {
        grant(HISTORY, STATS);
        long before = recorders();
        new Recorder(context).fill();
        assertEquals(12, taken());
        assertTrue("up to now", coveredAgo() < TimeUnit.MINUTES.toMillis(1));
        assertEquals(before, recorders());
    }

    /** What was asked for and is not durable is asked for again. */
    @Test
    @Config(minSdk = 33)
    public void whatTheStoreDoesNotTakeIsStillMissing() throws Exception {
        grant(HISTORY, STATS);
        Recorder recorder = new Recorder(context);
        File record = new Places(context).record();
        assertTrue(record.delete());
        Files.write(record.toPath(), new byte[] {'x'});
        recorder.fill();
        assertTrue("a week", coveredAgo() >= TimeUnit.DAYS.toMillis(7));
        assertTrue(record.delete() && record.mkdir());
        recorder.fill();
        assertEquals(12, taken());
    }

    @Test
    @Config(minSdk = 33)
    public void whileItWatchesNothingIsTakenTwice() throws Exception {
        grant(HISTORY, STATS);
        new Recorder(context).begin();
        assertTrue(ops.isWatched());
        assertEquals(12, taken());
        int asked = ops.asked();
        new Recorder(context).fill();
        assertEquals(asked, ops.asked());
        assertEquals(12, taken());
    }

    /** The platform answers whoever may not know as if nothing had happened. */
    @Test
    public void whatIsWithheldIsRecordedAsUnknown() throws Exception {
        grant(STATS);
        new Recorder(context).fill();
        JSONArray events = events();
        assertEquals(events.toString(), 1, events.length());
        JSONObject unknown = events.getJSONObject(0);
        String why = android.os.Build.VERSION.SDK_INT >= 33 ? "needs-role" : "not-on-this-release";
        assertEquals("record/history-" + why, unknown.getString("what"));
        assertEquals("ours", unknown.getString("origin"));
        assertTrue(unknown.has("until"));
        assertEquals(0, ops.asked());
        // Told once a day, not at each run.
        new Recorder(context).fill();
        assertEquals(1, events().length());
    }
}
