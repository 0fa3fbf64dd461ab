// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.record;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import android.Manifest;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.net.Uri;
import android.os.UserHandle;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.SeenUsers;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Sharing;
import org.robolectric.Shadows;

/** Events reach the store once, joined where they say the same, and none is lost in silence. */
@RunWith(PhoneRunner.class)
public final class RecordTest {
    private final List<JSONObject> appended = new ArrayList<>();
    private boolean broken;
    private final EventBuffer buffer = new EventBuffer("org.keepone", request -> {
        if (broken) {
            throw new IOException("no space left on device");
        }
        appended.add(Fixtures.object(request));
    }, user -> true);

    private static Event noted(long at, String name, boolean allowed) {
        return Event.noted(at, 1_010_123, name, "android:camera", null, allowed);
    }

    @Test
    public void anEventIsToldInTheRecordsWords() throws Exception {
        buffer.add(Event.lasted(0, 10_123, "a.one", "android:camera", "tag", 1_500));
        buffer.flush();
        JSONObject request = appended.get(0);
        assertEquals("append", request.getString("ask"));
        JSONObject event = request.getJSONArray("events").getJSONObject(0);
        assertEquals("{\"when\":\"1970-01-01T00:00:00Z\",\"until\":\"1970-01-01T00:00:01.500Z\",\"user\":0,"
                + "\"package\":\"a.one\",\"kind\":\"access\",\"what\":\"android:camera\",\"attribution\":\"tag\","
                + "\"origin\":\"live\"}", event.toString());
    }

    @Test
    public void theSameInOneMomentIsOneEventWithACount() throws Exception {
        buffer.add(noted(1_000, "a.one", true));
        buffer.add(noted(1_500, "a.one", true));
        buffer.add(noted(1_600, "a.one", false));
        buffer.add(noted(1_700, "a.two", true));
        buffer.add(noted(9_000, "a.two", true));
        buffer.flush();
        JSONArray events = appended.get(0).getJSONArray("events");
        assertEquals(4, events.length());
        assertEquals(2, events.getJSONObject(0).getInt("count"));
        assertEquals(10, events.getJSONObject(0).getInt("user"));
        assertEquals("denied", events.getJSONObject(1).getString("kind"));
    }

    @Test
    public void whatTheStoreDoesNotTakeWaitsAndWhatDoesNotFitIsCounted() throws Exception {
        broken = true;
        for (int i = 0; i < EventBuffer.MOST + 5; i++) {
            buffer.add(noted(i * 10_000L, "a.one", true));
        }
        buffer.flush();
        assertEquals(0, appended.size());
        broken = false;
        buffer.flush();
        JSONArray events = appended.get(0).getJSONArray("events");
        assertEquals(EventBuffer.MOST + 1, events.length());
        JSONObject missing = events.getJSONObject(EventBuffer.MOST);
        assertEquals("record/not-kept", missing.getString("what"));
        assertEquals(5, missing.getLong("count"));
        buffer.add(noted(0, "a.two", true));
        buffer.flush();
        assertEquals(1, appended.get(1).getJSONArray("events").length());
        assertEquals("a.two", appended.get(1).getJSONArray("events").getJSONObject(0).getString("package"));
    }

    @Test
    public void aWeekOfHistoryIsAppendedInBatchesAndNoneOfItIsCut() throws Exception {
        Batches batches = new Batches(request -> appended.add(Fixtures.object(request)), user -> true);
        int all = 2 * EventBuffer.MOST + 5;
        for (int i = 0; i < all; i++) {
            batches.add(Event.history(i, 10_123, "a.one", "android:camera", null, true, 0, 1));
        }
        batches.add(Event.history(0, 10_123, "", "android:camera", null, true, 0, 1));
        batches.finish();
        batches.finish();
        int kept = 0;
        for (JSONObject request : appended) {
            int length = request.getJSONArray("events").length();
            assertTrue(length > 0 && length <= Batches.EACH);
            kept += length;
        }
        assertEquals(all, kept);
        assertEquals(all, batches.taken());
    }

    @Test
    public void anEventWithoutAnAppIsNone() {
        buffer.add(noted(0, "", true));
        buffer.add(noted(0, "not a name", true));
        buffer.flush();
        assertEquals(0, appended.size());
    }

    @Test
    public void grantsAndRevokesAreFoundByComparing() throws Exception {
        Context context = Fixtures.context();
        PackageInfo info = Fixtures.systemApp("a.one");
        info.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        info.requestedPermissionsFlags = new int[] {0};
        Fixtures.install(info);
        Shadows.shadowOf(context.getPackageManager()).setPackagesForUid(info.applicationInfo.uid, "a.one");
        GrantWatch watch = new GrantWatch(context, buffer);
        assertTrue(watch.begin());
        PackageManager packages = context.getPackageManager();
        packages.grantRuntimePermission("a.one", Manifest.permission.CAMERA, android.os.Process.myUserHandle());
        watch.changed(info.applicationInfo.uid);
        packages.revokeRuntimePermission("a.one", Manifest.permission.CAMERA, android.os.Process.myUserHandle());
        watch.changed(info.applicationInfo.uid);
        watch.changed(99_999);
        buffer.flush();
        List<String> kinds = new ArrayList<>();
        for (JSONObject request : appended) {
            for (int i = 0; i < request.getJSONArray("events").length(); i++) {
                kinds.add(request.getJSONArray("events").getJSONObject(i).getString("kind"));
            }
        }
        assertTrue(kinds.toString(), kinds.contains("grant") && kinds.contains("revoke"));
    }

    @SuppressWarnings("deprecation")
    private void asks(String permission, int level) {
        PermissionInfo info = new PermissionInfo();
        info.packageName = "android";
        info.name = permission;
        info.protectionLevel = level;
        Shadows.shadowOf(Fixtures.context().getPackageManager()).addPermissionInfo(info);
    }

    /** Installs an app that holds what its manifest declares, and asks for the camera. */
    private static PackageInfo app(String name, boolean hasCamera) {
        PackageInfo info = Fixtures.systemApp(name);
        info.requestedPermissions = new String[] {Manifest.permission.CAMERA, Manifest.permission.INTERNET};
        int held = PackageInfo.REQUESTED_PERMISSION_GRANTED;
        info.requestedPermissionsFlags = new int[] {hasCamera ? held : 0, held};
        Fixtures.install(info);
        return info;
    }

    private List<String> told() throws Exception {
        buffer.flush();
        List<String> told = new ArrayList<>();
        for (JSONObject request : appended) {
            JSONArray events = request.getJSONArray("events");
            for (int i = 0; i < events.length(); i++) {
                JSONObject event = events.getJSONObject(i);
                told.add(event.getString("kind") + " " + event.getInt("user") + " " + event.getString("package")
                        + " " + event.getString("what").replace("android.permission.", ""));
            }
        }
        return told;
    }

    @Test
    public void theFirstGrantOfAnotherUsersAppIsRecorded() throws Exception {
        Context context = Fixtures.context();
        Sharing.profile(10, 0, 0);
        PackageInfo info = app("a.one", false);
        Shadows.shadowOf(context.getPackageManager()).setPackagesForUid(1_010_123, "a.one");
        GrantWatch watch = new GrantWatch(context, buffer);
        assertTrue(watch.begin());
        context.getPackageManager().grantRuntimePermission("a.one", Manifest.permission.CAMERA, UserHandle.of(10));
        watch.changed(10 * 100_000 + info.applicationInfo.uid);
        assertEquals(List.of("grant 10 a.one CAMERA"), told());
    }

    @Test
    public void whatANewAppWasGivenAndIsGivenFirstIsRecorded() throws Exception {
        Context context = Fixtures.context();
        asks(Manifest.permission.CAMERA, PermissionInfo.PROTECTION_DANGEROUS);
        asks(Manifest.permission.INTERNET, PermissionInfo.PROTECTION_NORMAL);
        GrantWatch watch = new GrantWatch(context, buffer);
        // Not begun: what the platform tells by itself would be looked up on another thread meanwhile.
        watch.note(0);
        int uid = app("a.given", true).applicationInfo.uid;
        watch.heard(new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a.given")).putExtra(Intent.EXTRA_UID, uid));
        app("a.asks", false);
        watch.heard(new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a.asks")).putExtra(Intent.EXTRA_UID, uid));
        Shadows.shadowOf(context.getPackageManager()).setPackagesForUid(uid, "a.asks", "a.given");
        context.getPackageManager()
                .grantRuntimePermission("a.asks", Manifest.permission.CAMERA, android.os.Process.myUserHandle());
        watch.changed(uid);
        assertEquals(List.of("grant 0 a.given CAMERA", "grant 0 a.asks CAMERA"), told());
        watch.heard(new Intent(Intent.ACTION_PACKAGE_REMOVED, Uri.parse("package:a.asks")).putExtra(Intent.EXTRA_UID, uid));
        app("a.asks", false);
        watch.heard(new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a.asks")).putExtra(Intent.EXTRA_UID, uid));
        assertEquals("what a removed app held is not taken from the next of its name", 2, told().size());
        watch.heard(new Intent("evil.ACTION"));
        watch.heard(new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a b")).putExtra(Intent.EXTRA_UID, uid));
        assertEquals(2, told().size());
    }

    @Test
    public void nothingIsRecordedOfAUserThatMayNotBeSeen() throws Exception {
        Context context = Fixtures.context();
        Sharing.person(11, 0);
        Sharing.opens(11);
        EventBuffer own = new EventBuffer("org.keepone", request -> appended.add(Fixtures.object(request)),
                new SeenUsers(context));
        own.add(Event.noted(0, 10_123, "a.one", "android:camera", null, true));
        own.add(Event.noted(0, 1_110_123, "a.one", "android:camera", null, true));
        own.add(Event.ofPackage(0, 0, "a.one", "install"));
        own.flush();
        assertEquals(List.of("access 11 a.one android:camera"), told());
    }

    @Test
    public void packagesComeAndGo() throws Exception {
        PackageEvents receiver = new PackageEvents(buffer);
        Context context = Fixtures.context();
        Intent[] told = {
            new Intent(Intent.ACTION_PACKAGE_ADDED, Uri.parse("package:a.one")).putExtra(Intent.EXTRA_UID, 1_010_123),
            new Intent(Intent.ACTION_PACKAGE_REMOVED, Uri.parse("package:a.one")).putExtra(Intent.EXTRA_UID, 10_123)
                    .putExtra(Intent.EXTRA_REPLACING, true),
            new Intent(Intent.ACTION_PACKAGE_REPLACED, Uri.parse("package:a.one")).putExtra(Intent.EXTRA_UID, 10_123),
            new Intent(Intent.ACTION_PACKAGE_REMOVED, Uri.parse("package:a.one")).putExtra(Intent.EXTRA_UID, 10_123),
            null, new Intent(), new Intent(Intent.ACTION_PACKAGE_REMOVED, Uri.parse("package:a b")),
        };
        for (Intent intent : told) {
            receiver.onReceive(context, intent);
        }
        buffer.flush();
        JSONArray events = appended.get(0).getJSONArray("events");
        assertEquals(3, events.length());
        assertEquals("install", events.getJSONObject(0).getString("kind"));
        assertEquals(10, events.getJSONObject(0).getInt("user"));
        assertEquals("update", events.getJSONObject(1).getString("kind"));
        assertEquals("remove", events.getJSONObject(2).getString("kind"));
    }

    @Test
    public void theGapIsAtMostAWeekAndNeverInTheFuture() {
        Covered covered = new Covered(Fixtures.context());
        long now = TimeUnit.DAYS.toMillis(1_000);
        assertEquals(now - TimeUnit.DAYS.toMillis(7), covered.missingFrom(now));
        covered.until(now - 5);
        assertEquals(now - 5, covered.missingFrom(now));
        covered.until(now + 1_000_000);
        assertEquals(now, covered.missingFrom(now));
    }
}
