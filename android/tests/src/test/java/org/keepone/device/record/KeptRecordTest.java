// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;

import android.app.AppOpsManager;
import android.content.Context;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Tampering;

/** Events under the real engine: what the app writes, the store takes as it is, keeps and finds whole. */
@RunWith(PhoneRunner.class)
public final class KeptRecordTest {
    private final Context context = Fixtures.context();
    private final Engine engine = new Engine();

    @Test
    public void everyKindOfEventIsTaken() throws Exception {
        Places places = new Places(context);
        EventBuffer buffer = new EventBuffer("org.keepone", request -> engine.records(request, places.record()), user -> true);
        buffer.add(Event.noted(1_000, 10_123, "a.one", "android:camera", "tag", true));
        buffer.add(Event.noted(2_000, 10_123, "a.one", "android:camera", null, false));
        buffer.add(Event.lasted(3_000, 1_010_123, "a.one", "android:record_audio", null, 90_000));
        buffer.add(Event.history(4_000, 10_123, "a.one", "android:fine_location", null, true, 5, 12));
        buffer.add(Event.permission(5_000, 10_123, "a.one", "android.permission.CAMERA", true));
        buffer.add(Event.permission(6_000, 10_123, "a.one", "android.permission.CAMERA", false));
        for (String kind : new String[] {"install", "update", "remove"}) {
            buffer.add(Event.ofPackage(7_000, 0, "a.one", kind));
        }
        buffer.add(Event.missing(8_000, 0, "org.keepone", 3));
        buffer.flush();
        JSONObject listed = Fixtures.object(engine.records(Fixtures.bytes("{\"ask\":\"list\"}"), places.record()));
        JSONArray events = listed.getJSONArray("events");
        assertEquals(listed.toString(), 10, events.length());
        assertEquals("the latest first", "record/not-kept", events.getJSONObject(0).getString("what"));
        JSONObject verified = verified();
        assertTrue(verified.toString(), verified.getBoolean("whole"));
        assertEquals(10, verified.getInt("events"));
        assertFalse(verified.toString(), verified.has("damage"));
    }

    @Test
    public void whateverIsDoneToTheFileIsFoundAndPlaced() throws Exception {
        File record = new Places(context).record();
        EventBuffer buffer = new EventBuffer("org.keepone", request -> engine.records(request, record), user -> true);
        for (int i = 0; i < 6; i++) {
            buffer.add(Event.noted(10_000L * i, 10_123, "a.one", "android:camera", null, true));
        }
        buffer.flush();
        File segment = new File(record, "segment-00000001.ndjson");
        byte[] written = Files.readAllBytes(segment.toPath());
        for (Tampering tampering : Tampering.values()) {
            JSONObject before = verified();
            assertTrue(before.toString(), before.getBoolean("whole"));
            assertEquals(6, before.getInt("events"));
            tampering.with(record);
            JSONObject after = verified();
            assertFalse(tampering + ": " + after, after.getBoolean("whole"));
            JSONObject damage = after.getJSONArray("damage").getJSONObject(0);
            assertEquals(tampering.name(), tampering.how(), damage.getString("how"));
            assertEquals(tampering.name(), Tampering.LINE, damage.getInt("line"));
            assertEquals(tampering.name(), segment.getName(), damage.getString("segment"));
            Files.write(segment.toPath(), written);
        }
    }

    private JSONObject verified() throws Exception {
        return Fixtures.object(
                engine.records(Fixtures.bytes("{\"ask\":\"verify\"}"), new Places(context).record()));
    }

    @Test
    public void theEngineNamesOpsAndTheReleasesOwnAreWatched() throws Exception {
        String[] ops = WatchedOps.ask(engine, new Places(context).record());
        assertTrue(ops.length > 15);
        for (String op : ops) {
            assertTrue(op, AppOpsManager.strOpToOp(op) >= 0);
        }
    }
}
