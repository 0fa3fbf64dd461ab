// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.AppOpsManager;
import android.app.usage.UsageStatsManager;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Build;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/**
 * A touch on a switch of each area and what the platform has of it afterwards, for each way in which the app lives on a
 * phone. Nothing of the app is replaced ({@link WholePhone}).
 */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class EveryAreaTest {
    private static final String NAME = WholePhone.NAME;
    private static final String UPDATER = WholePhone.UPDATER;
    private static final String CONTACTS = Manifest.permission.READ_CONTACTS;
    private static final String PHONE_STATE = Manifest.permission.READ_PHONE_STATE;
    private static final String PHONE_ROW = "Phone number and state; up to Android 9 also IMEI and serial numbers";
    private static final String BACKGROUND = "android:run_any_in_background";
    private static final String IDENTIFIERS = "android:read_device_identifiers";
    private static final int DISABLED = PackageManager.COMPONENT_ENABLED_STATE_DISABLED;

    /** {@code UsageStatsManager.STANDBY_BUCKET_RESTRICTED}. */
    private static final int RESTRICTED = 45;

    private WholePhone phone;
    private ScreenApplication app;
    private AppOpsManager ops;

    @Before
    public void phone() {
        phone = new WholePhone().has(CONTACTS, PHONE_STATE, Manifest.permission.SYSTEM_ALERT_WINDOW).hasUpdater();
        app = phone.app();
        ops = app.getSystemService(AppOpsManager.class);
    }

    private void turnsOff(String name, String row) throws Exception {
        Screen screen = phone.turn(name, row);
        assertTrue(screen.text(), screen.text().contains("read back"));
        assertTrue(screen.text(), screen.text().contains(row + "\nOff"));
    }

    private void undoAll() throws Exception {
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Undo all");
        changes.answer(true);
        assertFalse(changes.text(), changes.canTouch("Undo all"));
    }

    @Test
    public void autoStartAndAssociatedStartAreSetAndGivenBack() throws Exception {
        phone.signedByThePlatform();
        String[] byOthers = {".main.ConfigReceiver", ".main.AliveUpdateService", ".main.AndroidMessageControllerService"};
        turnsOff(UPDATER, "Is started by other apps");
        for (String component : byOthers) {
            assertEquals(component, DISABLED, phone.setting(component));
        }
        assertNotEquals("the platform's broadcasts start it still", DISABLED, phone.setting(".main.AliveUpdateReceiver"));
        turnsOff(UPDATER, "Starts by itself");
        assertEquals(DISABLED, phone.setting(".main.AliveUpdateReceiver"));
        undoAll();
        assertNotEquals(DISABLED, phone.setting(".main.AliveUpdateReceiver"));
        for (String component : byOthers) {
            assertNotEquals(component, DISABLED, phone.setting(component));
        }
    }

    @Test
    @Config(minSdk = 30) // The op has its public name since Android 9; the shadow answers for raw modes since 11.
    public void workInTheBackgroundIsSetAndGivenBack() throws Exception {
        phone.signedByThePlatform();
        turnsOff(UPDATER, "Runs in the background");
        assertEquals(
                AppOpsManager.MODE_IGNORED, ops.unsafeCheckOpRawNoThrow(BACKGROUND, WholePhone.UPDATER_UID, UPDATER));
        undoAll();
        assertEquals(
                AppOpsManager.MODE_ALLOWED, ops.unsafeCheckOpRawNoThrow(BACKGROUND, WholePhone.UPDATER_UID, UPDATER));
    }

    @Test
    public void personalInformationAndPhoneStateAreTakenHeldAndGivenBack() throws Exception {
        phone.signedByThePlatform();
        turnsOff(NAME, "Contacts");
        assertFalse(phone.may(CONTACTS));
        assertTrue(phone.may(PHONE_STATE));
        turnsOff(NAME, PHONE_ROW);
        assertFalse(phone.may(PHONE_STATE));
        phone.grant(CONTACTS);
        phone.grant(PHONE_STATE);
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, 10_123);
        assertEquals(1, phone.holds());
        assertFalse(phone.may(CONTACTS));
        assertFalse(phone.may(PHONE_STATE));
        undoAll();
        assertTrue(phone.may(CONTACTS));
        assertTrue(phone.may(PHONE_STATE));
    }

    @Test
    @Config(minSdk = 30) // The op is there since Android 10; the shadow answers for raw modes since 11.
    public void identifiersAreTakenHeldAndGivenBack() throws Exception {
        phone.signedByThePlatform();
        int before = ops.unsafeCheckOpRawNoThrow(IDENTIFIERS, 10_123, NAME);
        turnsOff(NAME, "IMEI, serial number and SIM identifiers");
        assertEquals(AppOpsManager.MODE_IGNORED, ops.unsafeCheckOpRawNoThrow(IDENTIFIERS, 10_123, NAME));
        ops.setMode(IDENTIFIERS, 10_123, NAME, AppOpsManager.MODE_ALLOWED);
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, 10_123);
        assertEquals(1, phone.holds());
        assertEquals(AppOpsManager.MODE_IGNORED, ops.unsafeCheckOpRawNoThrow(IDENTIFIERS, 10_123, NAME));
        undoAll();
        assertEquals(before, ops.unsafeCheckOpRawNoThrow(IDENTIFIERS, 10_123, NAME));
    }

    /** Touches a row of an app's page; returns the page that opens: its action, or its package where that is named. */
    private String opens(String name, String row) throws Exception {
        Screen screen = phone.open(AppActivity.of(app, name));
        screen.touch(row);
        Intent opened = Shadows.shadowOf(screen.activity()).getNextStartedActivity();
        return opened.getComponent() == null ? opened.getAction() : opened.getComponent().getPackageName();
    }

    @Test
    public void aPrivilegedAppSetsWhatItsListGivesAndOpensPagesForTheRest() throws Exception {
        phone.privileged();
        String overview = phone.open(new Intent(app, OverviewActivity.class)).text();
        assertTrue(overview, overview.contains("Most controls work here"));
        turnsOff(UPDATER, "Starts by itself");
        assertEquals(DISABLED, phone.setting(".main.AliveUpdateReceiver"));
        if (Build.VERSION.SDK_INT >= 28) {
            turnsOff(UPDATER, "Runs in the background");
            UsageStatsManager usage = app.getSystemService(UsageStatsManager.class);
            assertEquals(RESTRICTED, usage.getAppStandbyBucket(UPDATER));
        }
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS", opens(NAME, "Contacts"));
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS", opens(NAME, PHONE_ROW));
        assertEquals("android.settings.action.MANAGE_OVERLAY_PERMISSION", opens(NAME, "Display over other apps"));
        assertTrue(phone.may(CONTACTS) && phone.may(PHONE_STATE));
        undoAll();
        assertNotEquals(DISABLED, phone.setting(".main.AliveUpdateReceiver"));
    }

    @Test
    public void anOrdinaryAppOpensAPageForEverything() throws Exception {
        phone.ordinary();
        String overview = phone.open(new Intent(app, OverviewActivity.class)).text();
        assertTrue(overview, overview.contains("KeepOne reads and judges here"));
        // Every page is there in these tests; a maker's own comes first.
        assertEquals("com.miui.securitycenter", opens(UPDATER, "Starts by itself"));
        assertEquals("com.miui.securitycenter", opens(UPDATER, "Is started by other apps"));
        if (Build.VERSION.SDK_INT >= 28) {
            // Android 8 has nothing that the switch could turn.
            assertEquals("android.settings.APPLICATION_DETAILS_SETTINGS", opens(UPDATER, "Runs in the background"));
        }
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS", opens(NAME, "Contacts"));
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS", opens(NAME, PHONE_ROW));
        assertEquals("android.settings.action.MANAGE_OVERLAY_PERMISSION", opens(NAME, "Display over other apps"));
        assertNotEquals(DISABLED, phone.setting(".main.AliveUpdateReceiver"));
        String changes = phone.open(ChangesActivity.of(app)).text();
        assertTrue(changes, changes.contains("KeepOne has changed nothing."));
    }
}
