// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageManager;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.keep.StartReceiver;
import org.keepone.harness.PhoneRunner;
import org.robolectric.annotation.Config;

/**
 * What a person chose on a screen and an app, an update or a restart undid: the platform tells, the job runs, and it stands
 * again, with a line under Changes and in the record. Nothing of the app is replaced ({@link WholePhone}).
 */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class HeldAgainTest {
    private static final String NAME = WholePhone.NAME;
    private static final String CAMERA = Manifest.permission.CAMERA;

    private static final String UPDATER = WholePhone.UPDATER;
    private static final String RECEIVER = ".main.AliveUpdateReceiver";
    private static final int ENABLED = PackageManager.COMPONENT_ENABLED_STATE_ENABLED;
    private static final int DISABLED = PackageManager.COMPONENT_ENABLED_STATE_DISABLED;

    private WholePhone phone;
    private ScreenApplication app;

    @Before
    public void phone() throws Exception {
        phone = new WholePhone().has(CAMERA).signedByThePlatform();
        app = phone.app();
    }

    /** Both changes stand under Changes and in the record: that of the person, and that which held it. */
    private void isWrittenTwice(String name, String change, String event) throws Exception {
        String changes = phone.open(ChangesActivity.of(app)).text();
        assertEquals(changes, 2, WholePhone.count(changes, change));
        String record = phone.open(RecordActivity.of(app, name)).text();
        assertEquals(record, 2, WholePhone.count(record, event));
    }

    @Test
    public void whatAnAppEnablesAgainIsDisabledAgain() throws Exception {
        phone.hasUpdater();
        String before = phone.open(AppActivity.of(app, UPDATER)).text();
        assertTrue(before, before.contains("Starts by itself\nOn"));

        Screen screen = phone.turn(UPDATER, "Starts by itself");
        assertTrue(screen.text(), screen.text().contains("read back"));
        assertEquals("what its manifest says starts it", DISABLED, phone.setting(RECEIVER));
        assertTrue(screen.text(), screen.text().contains("Starts by itself\nOff"));

        phone.packages().setComponentEnabledSetting(
                new ComponentName(UPDATER, UPDATER + RECEIVER), ENABLED, PackageManager.DONT_KILL_APP);
        phone.tells(Intent.ACTION_PACKAGE_CHANGED, UPDATER, WholePhone.UPDATER_UID);
        String lost = phone.open(AppActivity.of(app, UPDATER)).text();
        assertFalse("what was lost is shown as it is", lost.contains("Starts by itself\nOff"));

        assertEquals(1, phone.holds());
        assertEquals(DISABLED, phone.setting(RECEIVER));
        String held = phone.open(AppActivity.of(app, UPDATER)).text();
        assertTrue(held, held.contains("Starts by itself\nOff"));
        assertEquals("nothing waits any more", 0, phone.holds());
    }

    @Test
    public void whatAnUpdateGrantsIsTakenAgain() throws Exception {
        phone.turn(NAME, "Camera");
        phone.grant(CAMERA);
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, 10_123);
        String lost = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue(lost, lost.contains("Camera\nOn"));
        assertEquals(1, phone.holds());
        assertFalse(phone.may(CAMERA));
        String held = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue(held, held.contains("Camera\nOff"));
        isWrittenTwice(NAME, "Camera: Off", "Revoked: Camera");
    }

    @Test
    public void aRestartHoldsEveryChoice() throws Exception {
        phone.turn(NAME, "Camera");
        phone.grant(CAMERA);
        phone.processEnds();
        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_LOCKED_BOOT_COMPLETED));
        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_BOOT_COMPLETED));
        assertEquals("both wishes, in one run", 2, phone.holds());
        assertFalse(phone.may(CAMERA));
        String held = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue(held, held.contains("Camera\nOff"));
        isWrittenTwice(NAME, "Camera: Off", "Revoked: Camera");
    }

    @Test
    public void theSystemsChangeOfAnotherAppHoldsNothing() throws Exception {
        phone.turn(NAME, "Camera");
        phone.grant(CAMERA);
        phone.tells(Intent.ACTION_PACKAGE_CHANGED, "com.maker.two", 10_124);
        assertEquals(1, phone.holds());
        assertTrue("only the package that was told of is looked at", phone.may(CAMERA));
    }

    @Test
    public void whatWasHeldAgainIsUndoneForGood() throws Exception {
        phone.turn(NAME, "Camera");
        phone.grant(CAMERA);
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, 10_123);
        phone.holds();
        assertFalse(phone.may(CAMERA));
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Camera: Off");
        changes.answer(true);
        assertTrue(phone.may(CAMERA));
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, 10_123);
        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_BOOT_COMPLETED));
        assertEquals(2, phone.holds());
        assertTrue("what was undone is not set again", phone.may(CAMERA));
    }
}
