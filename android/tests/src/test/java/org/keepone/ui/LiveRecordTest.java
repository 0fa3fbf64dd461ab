// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.net.Uri;
import android.os.Looper;
import android.os.Process;
import java.time.Duration;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.R;
import org.keepone.device.Fixtures;
import org.keepone.device.record.Recorder;
import org.keepone.harness.OpService;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/**
 * What apps do while the app watches stands on the record's screen: from the system's service through the framework's manager,
 * the recorder, the core behind JNI and its file, to the rows. Nothing of the app is replaced.
 */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class LiveRecordTest {
    private static final String NAME = "com.maker.one";
    private static final int UID = 10_123;

    private ScreenApplication app;
    private OpService ops;

    @Before
    public void aPhoneThatIsWatched() throws Exception {
        app = new WholePhone().signedByThePlatform().app();
        PackageInfo one = Fixtures.systemApp(NAME);
        one.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        one.requestedPermissionsFlags = new int[] {0};
        Fixtures.install(one);
        Shadows.shadowOf(app.getPackageManager()).setPackagesForUid(UID, NAME);
        ops = OpService.behind(app);
    }

    /** Waits until the record's page says this; the recorder writes what it has seen every few seconds. */
    private String recorded(String words) throws Exception {
        String text = "";
        for (int tries = 0; tries < 60 && !text.contains(words); tries++) {
            Thread.sleep(500);
            text = Screen.open(app, RecordActivity.of(app, NAME)).text();
        }
        assertTrue(words + " in:\n" + text, text.contains(words));
        return text;
    }

    private static void passes(Duration time) {
        Shadows.shadowOf(Looper.getMainLooper()).idleFor(time);
    }

    private void tells(String action) {
        app.sendBroadcast(new Intent(action, Uri.parse("package:" + NAME)).putExtra(Intent.EXTRA_UID, UID));
        passes(Duration.ZERO);
    }

    /** The app-op service can be watched since Android 10. */
    @Test
    @Config(minSdk = 29)
    public void whatIsNotedAndWhatLastsIsShown() throws Exception {
        new Recorder(app).begin();
        assertTrue("the platform's service knows the watcher", ops.isWatched());
        ops.note("android:camera", UID, NAME, true);
        ops.note("android:read_contacts", UID, NAME, false);
        ops.last("android:record_audio", UID, NAME, true);
        passes(Duration.ofSeconds(95));
        ops.last("android:record_audio", UID, NAME, false);
        passes(Duration.ZERO);
        String text = recorded("Used: Camera");
        assertTrue(text, text.contains("Denied: Contacts"));
        assertTrue(text, text.matches("(?s).*Used: Microphone\n[^\n]* · for 01:35\n.*"));
        assertFalse(text, text.contains(app.getString(R.string.record_damaged)));
    }

    /** The history tells since Android 13 who holds the permission what happened while nobody watched. */
    @Test
    @Config(minSdk = 33)
    public void whatHappenedBeforeItWatchedIsShown() throws Exception {
        ops.happened("android:fine_location", UID, NAME, 12);
        new Recorder(app).begin();
        String text = recorded("Used: ");
        assertTrue(text, text.matches("(?s).*Used: [Ll]ocation[^\n]*\n[^\n]*12 times\n.*"));
    }

    /** Android 11 and 12 keep it to themselves, and before Android 10 there is none. */
    @Test
    @Config(maxSdk = 32)
    public void whatThePlatformKeepsToItselfIsShownAsUnknown() throws Exception {
        ops.happened("android:fine_location", UID, NAME, 12);
        new Recorder(app).begin();
        String text = "";
        for (int tries = 0; tries < 20 && !text.contains("Not known"); tries++) {
            Thread.sleep(250);
            text = Screen.open(app, RecordActivity.of(app, null)).text();
        }
        assertTrue(text, text.contains(app.getString(R.string.record_history_release)));
        assertFalse(text, text.contains("Used: "));
    }

    @Test
    public void packagesThatComeAndGoAreShown() throws Exception {
        new Recorder(app).begin();
        tells(Intent.ACTION_PACKAGE_ADDED);
        tells(Intent.ACTION_PACKAGE_REPLACED);
        tells(Intent.ACTION_PACKAGE_REMOVED);
        String text = recorded("\nInstalled\n");
        assertTrue(text, text.contains("\nUpdated\n"));
        assertTrue(text, text.contains("\nRemoved\n"));
    }

    @Test
    public void whatAnybodyGrantsIsShown() throws Exception {
        new Recorder(app).begin();
        app.getPackageManager().grantRuntimePermission(NAME, Manifest.permission.CAMERA, Process.myUserHandle());
        recorded("Granted: Camera");
    }

    /** Before Android 10 nothing can be watched but packages and grants: the app lives on without. */
    @Test
    @Config(maxSdk = 28)
    public void whereNothingCanBeWatchedNothingIs() throws Exception {
        new Recorder(app).begin();
        assertFalse(ops.isWatched());
    }
}
