// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.keep;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import android.app.NotificationManager;
import android.app.job.JobInfo;
import android.app.job.JobScheduler;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.EngineException;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;

/** Changed packages, a restart and another user lead to choices being held again; a stranger's intent leads to nothing. */
@RunWith(PhoneRunner.class)
public final class KeepTest {
    private final Context context = Fixtures.context();
    private final JobScheduler scheduler = context.getSystemService(JobScheduler.class);

    private List<JobInfo> reapplyJobs() {
        List<JobInfo> jobs = new ArrayList<>(scheduler.getAllPendingJobs());
        jobs.removeIf(job -> !job.getService().getClassName().equals(ReapplyJob.class.getName()));
        return jobs;
    }

    @Test
    public void aStartOfThePhoneHoldsEverything() {
        for (String action : new String[] {Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_LOCKED_BOOT_COMPLETED,
            Intent.ACTION_MY_PACKAGE_REPLACED}) {
            scheduler.cancelAll();
            new StartReceiver().onReceive(context, new Intent(action));
            assertEquals(action, 1, reapplyJobs().size());
        }
    }

    @Test
    public void changedPackagesAndUsersAskForARun() {
        PackageWatch watch = PackageWatch.begin(context);
        Intent[] told = {
            new Intent(Intent.ACTION_PACKAGE_CHANGED, Uri.parse("package:com.maker.one")),
            new Intent(Intent.ACTION_PACKAGE_REPLACED, Uri.parse("package:com.maker.one")).putExtra(Intent.EXTRA_UID, 1_010_123),
            new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:com.maker.one")),
            new Intent("android.intent.action.USER_SWITCHED").putExtra("android.intent.extra.user_handle", 10),
            new Intent(Intent.ACTION_USER_UNLOCKED),
        };
        for (Intent intent : told) {
            scheduler.cancelAll();
            watch.onReceive(context, intent);
            assertEquals(intent.toString(), 1, reapplyJobs().size());
        }
    }

    @Test
    public void garbageLeadsToNothing() {
        PackageWatch watch = PackageWatch.begin(context);
        scheduler.cancelAll();
        Bundle garbage = new Bundle();
        garbage.putByteArray("user", new byte[100_000]);
        Intent[] strange = {null, new Intent(), new Intent("evil.ACTION").putExtras(garbage),
            new Intent(Intent.ACTION_PACKAGE_CHANGED), new Intent(Intent.ACTION_PACKAGE_CHANGED, Uri.parse("package:")),
            new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a;rm -rf /")),
            new Intent(Intent.ACTION_PACKAGE_REPLACED, Uri.parse("http://x/" + "y".repeat(10_000)))};
        for (Intent intent : strange) {
            watch.onReceive(context, intent);
            new StartReceiver().onReceive(context, intent);
        }
        assertEquals(Collections.emptyList(), reapplyJobs());
        assertNull(Request.of(null));
        assertNull(Request.of(new Intent().putExtra("package", "a.b")));
        assertNull(Request.of(new Intent().putExtra("user", 0).putExtra("package", "a b")));
        assertNotNull(Request.of(new Intent().putExtra("user", 10).putExtra("package", "a.b")));
    }

    @Test
    public void placesAreApartForEveryUserAndOpenBeforeTheUnlock() throws Exception {
        Places places = new Places(context);
        File first = places.choices(0);
        File second = places.choices(10);
        assertFalse(first.equals(second));
        assertTrue(first.getParentFile().isDirectory());
        assertTrue(first.getPath().startsWith(
                context.createDeviceProtectedStorageContext().getFilesDir().getPath()));
        assertEquals(Arrays.asList(0, 10), places.users());
    }

    /** An engine that remembers what it was asked. */
    private static final class Remembering implements Core {
        private final List<JSONObject> controls = new ArrayList<>();
        private final List<String> noted = new ArrayList<>();
        private String[] read = {};

        @Override
        public byte[] choices(byte[] request, File store) {
            return Fixtures.bytes("{\"packages\":[\"a.one\",\"a.two\"]}");
        }

        @Override
        public byte[] judge(PackageReader reader, byte[] options) throws EngineException {
            try {
                read = reader.names();
            } catch (Exception failed) {
                throw new EngineException("callback", failed.toString(), failed.toString());
            }
            return Fixtures.bytes("{\"snapshot\":{\"packages\":[{\"name\":\"a.one\"}]}}");
        }

        @Override
        public byte[] control(PackageEnforcer enforcer, byte[] request, File journal) throws EngineException {
            try {
                controls.add(Fixtures.object(request));
            } catch (org.json.JSONException malformed) {
                throw new EngineException("bad-input", malformed.toString(), malformed.toString());
            }
            return Fixtures.bytes("{\"result\":{},\"came-back\":[{\"package\":\"a.back\",\"user\":0,\"seq\":3}]}");
        }

        @Override
        public byte[] records(byte[] request, File folder) {
            noted.add(new String(request, java.nio.charset.StandardCharsets.UTF_8));
            return Fixtures.bytes("{}");
        }
    }

    @Test
    public void whatAnUpdateBroughtBackIsToldOnce() throws Exception {
        Places places = new Places(context);
        Reapply reapply = new Reapply(places, new org.keepone.device.carry.DeviceEnforcer(context),
                names -> org.keepone.device.read.DeviceReader.of(context, names), new Remembering());
        assertTrue("nothing was removed", reapply.cameBack(0).isEmpty());
        Files.write(places.journal(0).toPath(), new byte[0]);
        assertEquals(Collections.singleton("a.back"), reapply.cameBack(0));
        NotificationManager manager = context.getSystemService(NotificationManager.class);
        CameBackNotice.tell(context, 0, reapply.cameBack(0));
        assertEquals(1, Shadows.shadowOf(manager).size());
        manager.cancelAll();
        CameBackNotice.tell(context, 0, reapply.cameBack(0));
        assertEquals(0, Shadows.shadowOf(manager).size());
        CameBackNotice.tell(context, 0, Collections.emptyList());
        CameBackNotice.tell(context, 0, reapply.cameBack(0));
        assertEquals("it went and came again", 1, Shadows.shadowOf(manager).size());
    }

    @Test
    public void onlyPackagesWithAChoiceAreReadAndHeld() throws Exception {
        Fixtures.install(Fixtures.systemApp("a.one"));
        Fixtures.install(Fixtures.systemApp("a.three"));
        Places places = new Places(context);
        Remembering core = new Remembering();
        Reapply reapply = new Reapply(places, new org.keepone.device.carry.DeviceEnforcer(context),
                names -> org.keepone.device.read.DeviceReader.of(context, names), core);
        assertNull("nothing was chosen", reapply.of(0, null));
        Files.write(places.choices(0).toPath(), new byte[] {'{', '}'});
        assertNull("nothing was chosen for it", reapply.of(0, Arrays.asList("a.three")));
        assertNotNull(reapply.of(0, Arrays.asList("a.one", "a.three")));
        assertEquals(Arrays.asList("a.one"), Arrays.asList(core.read));
        assertTrue(core.noted.toString(), core.noted.get(0).contains("\"note\""));
        JSONObject asked = core.controls.get(0);
        assertEquals("reapply", asked.getString("ask"));
        assertEquals("a.one", asked.getJSONArray("facts").getJSONObject(0).getString("name"));
        assertEquals(places.choices(0).getPath(), asked.getString("choices"));
        assertTrue(asked.getString("now").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    }
}
