// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;

import android.content.Context;
import android.content.pm.PackageInfo;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.read.DeviceReader;
import org.keepone.engine.Engine;
import org.keepone.harness.PhoneRunner;

/** The collector under the real engine: every package arrives, and what the platform hides arrives as not read. */
@RunWith(PhoneRunner.class)
public final class EngineOnPhoneTest {
    private final Context context = Fixtures.context();
    private final Engine engine = new Engine();

    @Before
    public void somePackages() {
        Fixtures.install(Fixtures.systemApp("com.maker.one"));
        PackageInfo turned = Fixtures.systemApp("com.maker.turned");
        turned.applicationInfo.nonLocalizedLabel = "\u202e\u0000\ud800";
        Fixtures.install(turned);
        PackageInfo large = Fixtures.systemApp("com.maker.large");
        large.applicationInfo.nonLocalizedLabel = "x".repeat(10 << 20);
        Fixtures.install(large);
    }

    private static JSONObject package_(JSONObject snapshot, String name) throws JSONException {
        JSONArray packages = snapshot.getJSONArray("packages");
        for (int i = 0; i < packages.length(); i++) {
            if (name.equals(packages.getJSONObject(i).getString("name"))) {
                return packages.getJSONObject(i);
            }
        }
        throw new AssertionError(name + " is missing: " + snapshot);
    }

    @Test
    public void everyPackageIsInTheSnapshotAndTheAudit() throws Exception {
        int[] progress = {0, 0};
        DeviceReader reader = new DeviceReader(context, engine.probes(), (done, of) -> {
            progress[0] = done;
            progress[1] = of;
        });
        JSONObject answer = Fixtures.object(engine.judge(reader,
                Fixtures.bytes("{\"want\":[\"audit\",\"snapshot\"],\"captured\":\"2026-11-24T00:00:00Z\"}")));
        JSONObject snapshot = answer.getJSONObject("snapshot");
        int names = reader.names().length;
        assertEquals(names, snapshot.getJSONArray("packages").length());
        assertEquals(names, progress[1]);
        assertEquals(progress[1], progress[0]);
        for (String name : new String[] {"com.maker.one", "com.maker.turned", "com.maker.large"}) {
            JSONObject facts = package_(snapshot, name);
            assertEquals("/product/app/" + name + "/" + name + ".apk", facts.getString("file"));
            assertTrue(facts.getBoolean("system"));
            assertEquals(1, facts.getJSONArray("states").length());
        }
        assertEquals("device", snapshot.getJSONObject("source").getString("kind"));
        assertNotEquals("pass", answer.getJSONObject("audit").getJSONObject("summary").getString("outcome"));
    }

    @Test
    public void whatIsHiddenIsListedWithItsReason() throws Exception {
        JSONObject snapshot = Fixtures.object(engine.judge(new DeviceReader(context, engine.probes()),
                Fixtures.bytes("{\"want\":[\"snapshot\"]}"))).getJSONObject("snapshot");
        String unread = snapshot.getJSONArray("unread").toString();
        assertTrue(unread, unread.contains("label of the application"));
        assertTrue(unread, unread.contains("\"manifest\""));
        if (android.os.Build.VERSION.SDK_INT >= 30) {
            assertTrue(unread, unread.contains("QUERY_ALL_PACKAGES"));
        }
    }

    @Test
    public void aReadingOfSomePackagesHoldsTheseAlone() throws Exception {
        JSONObject snapshot = Fixtures.object(engine.judge(
                DeviceReader.of(context, Arrays.asList("com.maker.one", "not.there")),
                Fixtures.bytes("{\"want\":[\"snapshot\"]}"))).getJSONObject("snapshot");
        assertEquals(1, snapshot.getJSONArray("packages").length());
        package_(snapshot, "com.maker.one");
    }

    /** No action that the engine asks for stands in this app: the questions are the engine's. */
    @Test
    public void theEngineHasQuestionsOfEveryKind() throws Exception {
        JSONArray probes = Fixtures.object(engine.probes()).getJSONArray("probes");
        String all = probes.toString();
        assertTrue(probes.length() > 50);
        for (String kind : new String[] {"activity", "receiver", "service"}) {
            assertTrue(kind, all.contains("\"component\":\"" + kind + "\""));
        }
    }
}
