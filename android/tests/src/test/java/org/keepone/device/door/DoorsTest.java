// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.door;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ProviderInfo;
import android.content.pm.ServiceInfo;
import android.net.Uri;
import android.os.Bundle;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.DumpService;
import org.keepone.device.Fixtures;
import org.keepone.engine.EngineException;
import org.keepone.harness.PhoneRunner;
import org.keepone.ui.SettingsSearch;
import org.robolectric.Robolectric;
import org.robolectric.shadows.ShadowBinder;

/** Other programs get what they may have, in the form they asked for, and nothing else. */
@RunWith(PhoneRunner.class)
public final class DoorsTest {
    private static final String AUDIT = "{\"schema-version\":1,\"packages\":[{\"name\":\"a.one\",\"in-scope\":true}],"
            + "\"findings\":[{\"code\":\"x\",\"packages\":[\"a.one\",\"a.two\"]},{\"code\":\"y\",\"packages\":[]}]}";

    private final Context context = Fixtures.context();

    private static String print(Dump dump, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        dump.print(writer, arguments);
        writer.flush();
        return text.toString().trim();
    }

    @Test
    public void aDumpIsOneDocumentMadeOnce() {
        AtomicInteger made = new AtomicInteger();
        Dump dump = new Dump(new Answers((want, progress) -> {
            made.incrementAndGet();
            return Fixtures.bytes("{\"want\":\"" + want + "\"}");
        }));
        assertEquals("{\"want\":\"audit\"}", print(dump));
        assertEquals("{\"want\":\"audit\"}", print(dump, "audit"));
        assertEquals("{\"want\":\"snapshot\"}", print(dump, "snapshot"));
        assertEquals(2, made.get());
    }

    @Test
    public void garbageIsAnsweredWithTheUsage() {
        Dump dump = new Dump(new Answers((want, progress) -> {
            throw new AssertionError("nothing is made for " + want);
        }));
        for (String[] arguments : new String[][] {{"passwd"}, {"audit", "snapshot"}, {"\u001b[2J\n" + "x".repeat(9_999)},
            {""}, {null}}) {
            String answer = print(dump, arguments);
            assertTrue(answer, answer.startsWith("usage:") && answer.length() < 300);
            assertFalse(answer.contains("\u001b") || answer.contains("\n"));
        }
    }

    @Test
    public void whoComesTooEarlyLearnsHowFarItIs() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        Answers answers = new Answers((want, progress) -> {
            progress.at(120, 420);
            try {
                ready.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Fixtures.bytes("{}");
        });
        Dump dump = new Dump(answers);
        JSONObject pending = new JSONObject(print(dump)).getJSONObject("pending");
        assertEquals(120, pending.getInt("done"));
        assertEquals(420, pending.getInt("of"));
        ready.countDown();
        assertEquals("{}", print(dump));
    }

    @Test
    public void aFailureIsAnErrorInJsonAndIsTriedAnew() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Dump dump = new Dump(new Answers((want, progress) -> {
            if (made.incrementAndGet() == 1) {
                throw new EngineException("failed", "quote \" and newline\n", "失败");
            }
            return Fixtures.bytes("{}");
        }));
        assertEquals("failed", new JSONObject(print(dump)).getJSONObject("error").getString("code"));
        assertEquals("{}", print(dump));
    }

    @Test
    public void theServiceIsGuardedByDumpAndTakesNoAction() throws Exception {
        ServiceInfo service = ours(PackageManager.GET_SERVICES).services[0];
        for (ServiceInfo each : ours(PackageManager.GET_SERVICES).services) {
            service = each.name.equals(DumpService.class.getName()) ? each : service;
        }
        assertTrue(service.exported);
        assertEquals("android.permission.DUMP", service.permission);
        DumpService running = Robolectric.setupService(DumpService.class);
        Bundle garbage = new Bundle();
        garbage.putByteArray("x", new byte[500_000]);
        assertEquals(android.app.Service.START_NOT_STICKY,
                running.onStartCommand(new Intent("evil.ACTION").putExtras(garbage), 0, 1));
        assertEquals(android.app.Service.START_NOT_STICKY, running.onStartCommand(null, 0, 2));
    }

    private PackageInfo ours(int flag) throws PackageManager.NameNotFoundException {
        return context.getPackageManager().getPackageInfo(context.getPackageName(), flag);
    }

    /** Whatever else the manifest exports, it is guarded. */
    @Test
    public void everyExportedServiceReceiverAndProviderIsGuarded() throws Exception {
        for (ServiceInfo service : ours(PackageManager.GET_SERVICES).services) {
            assertTrue(service.name, !service.exported || service.permission != null);
        }
        for (android.content.pm.ActivityInfo receiver : ours(PackageManager.GET_RECEIVERS).receivers) {
            assertFalse(receiver.name, receiver.exported);
        }
        for (ProviderInfo provider : ours(PackageManager.GET_PROVIDERS).providers) {
            // The system's settings alone may ask for what their search finds (SearchIndexablesProvider).
            String guard = provider.name.equals(SettingsSearch.class.getName())
                    ? "android.permission.READ_SEARCH_INDEXABLES"
                    : "org.keepone.permission.READ_VERDICT";
            assertEquals(provider.name, guard, provider.readPermission);
            assertEquals(provider.name, guard, provider.writePermission);
        }
    }

    @Test
    public void theProviderRefusesWhoeverLacksThePermission() {
        VerdictProvider provider = Robolectric.setupContentProvider(VerdictProvider.class, "org.keepone.verdict");
        ShadowBinder.setCallingUid(10_999);
        try {
            Uri audit = Uri.parse("content://org.keepone.verdict/audit");
            assertThrows(SecurityException.class, () -> provider.openFile(audit, "r"));
            assertThrows(SecurityException.class, () -> provider.query(audit, null, null, null, null));
            assertThrows(SecurityException.class, () -> provider.call("x", null, null));
            assertThrows(SecurityException.class, () -> provider.insert(audit, null));
        } finally {
            ShadowBinder.reset();
        }
    }

    @Test
    public void theProviderOpensWhatItHasToReadAndNothingElse() {
        VerdictProvider provider = Robolectric.setupContentProvider(VerdictProvider.class, "org.keepone.verdict");
        assertEquals("application/json", provider.getType(Uri.parse("content://org.keepone.verdict/audit")));
        assertEquals("application/json", provider.getType(Uri.parse("content://org.keepone.verdict/package/a.one")));
        for (String path : new String[] {"", "/", "/audit/x", "/package", "/package/a%20b", "/package/..%2F..%2Fetc",
            "/package/a.one/x", "/" + "y".repeat(100_000)}) {
            Uri uri = Uri.parse("content://org.keepone.verdict" + path);
            assertNull(path, provider.getType(uri));
            assertThrows(FileNotFoundException.class, () -> provider.openFile(uri, "r"));
        }
        Uri audit = Uri.parse("content://org.keepone.verdict/audit");
        for (String mode : new String[] {"w", "rw", "rwt", ""}) {
            assertThrows(FileNotFoundException.class, () -> provider.openFile(audit, mode));
        }
        assertNull(provider.query(audit, null, "1=1; drop table", null, null));
        Bundle garbage = new Bundle();
        garbage.putParcelable("x", new Intent("y"));
        assertNull(provider.call("evil\nline", null, garbage));
        assertThrows(UnsupportedOperationException.class, () -> provider.delete(audit, null, null));
        assertThrows(UnsupportedOperationException.class, () -> provider.update(audit, null, null, null));
    }

    @Test
    public void whatCannotBeOpenedSaysWhyInJson() throws Exception {
        Answers failing = new Answers((want, progress) -> {
            throw new EngineException("failed", "no reading", "无法读取");
        });
        for (String subject : new String[] {"", "a.one"}) {
            JSONObject failed = Fixtures.object(VerdictProvider.document(failing, subject, 5_000));
            assertEquals("failed", failed.getJSONObject("error").getString("code"));
            assertEquals("no reading", failed.getJSONObject("error").getString("message"));
        }
        Answers malformed = new Answers((want, progress) -> Fixtures.bytes("{}"));
        JSONObject internal = Fixtures.object(VerdictProvider.document(malformed, "a.one", 5_000));
        assertEquals("internal", internal.getJSONObject("error").getString("code"));
        CountDownLatch ready = new CountDownLatch(1);
        Answers late = new Answers((want, progress) -> {
            progress.at(7, 9);
            try {
                ready.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Fixtures.bytes(AUDIT);
        });
        JSONObject pending = Fixtures.object(VerdictProvider.document(late, "", 500));
        assertEquals(9, pending.getJSONObject("pending").getInt("of"));
        ready.countDown();
        JSONObject sheet = Fixtures.object(VerdictProvider.document(late, "a.one", 5_000));
        assertEquals(1, sheet.getJSONArray("findings").length());
    }

    @Test
    public void onePackagesSheetHoldsItsEntryAndItsFindings() throws Exception {
        byte[] audit = AUDIT.getBytes(StandardCharsets.UTF_8);
        JSONObject one = Fixtures.object(OnePackage.of(audit, "a.one"));
        assertTrue(one.getJSONObject("package").getBoolean("in-scope"));
        assertEquals(1, one.getJSONArray("findings").length());
        JSONObject none = Fixtures.object(OnePackage.of(audit, "not.there"));
        assertTrue(none.isNull("package"));
        assertEquals(0, none.getJSONArray("findings").length());
        assertThrows(EngineException.class, () -> OnePackage.of(Fixtures.bytes("{}"), "a.one"));
    }
}
