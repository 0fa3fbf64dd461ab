// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.pm.PackageInfo;
import android.content.pm.PermissionInfo;
import android.os.Process;
import android.os.UserManager;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.PhoneStorage;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** Room on the phone, as the app ships: what each app takes, and clearing it by touching the screen, for both users. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class StorageClearedTest {
    private static final String NAME = "com.maker.one";
    private static final int WORK = 10;
    private static final int MANAGED_PROFILE = 0x20;
    private static final long MB = 1_000_000;

    private ScreenApplication app;

    @Before
    @SuppressWarnings("deprecation")
    public void twoUsers() throws Exception {
        app = new WholePhone().signedByThePlatform().app();
        PackageInfo one = Fixtures.systemApp(NAME);
        one.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        one.requestedPermissionsFlags = new int[] {PackageInfo.REQUESTED_PERMISSION_GRANTED};
        Fixtures.install(one);
        PermissionInfo camera = new PermissionInfo();
        camera.packageName = "android";
        camera.name = Manifest.permission.CAMERA;
        camera.protectionLevel = PermissionInfo.PROTECTION_DANGEROUS;
        Shadows.shadowOf(app.getPackageManager()).addPermissionInfo(camera);
        app.getPackageManager().grantRuntimePermission(NAME, Manifest.permission.CAMERA, Process.myUserHandle());
        Shadows.shadowOf(app.getSystemService(UserManager.class)).addUser(WORK, "work", MANAGED_PROFILE);
        PhoneStorage.takes(NAME, 0, 100 * MB, 50 * MB, 20 * MB);
        PhoneStorage.takes(NAME, WORK, 100 * MB, 7 * MB, 3 * MB);
    }

    private Screen appOf(int user) throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, NAME));
        if (user == WORK) {
            screen.touch("User 10 (work profile)");
            screen.settled();
        }
        return screen;
    }

    private void takes(int user, String program, String data, String cache) throws Exception {
        String text = appOf(user).text();
        assertTrue(text, text.contains("\nApp\n" + program + "\n"));
        assertTrue(text, text.contains("\nClear data\n" + data + "\n"));
        assertTrue(text, text.contains("\nClear cache\n" + cache + "\n"));
    }

    private void isListed(String row) throws Exception {
        String text = Screen.open(app, AreaActivity.of(app, "storage")).text();
        assertTrue(row + " in:\n" + text, text.contains("\nApp " + NAME + "\n" + row + "\n"));
    }

    /** Touches a row, agrees, and returns what was asked and what the screen then says. */
    private String clear(int user, String row) throws Exception {
        Screen screen = appOf(user);
        screen.touch(row);
        return screen.answer(true) + screen.text();
    }

    @Test
    public void theRoomThatAnAppTakesIsShownForEachUser() throws Exception {
        isListed("170 MB\nApp 100 MB · Data 50 MB · Cache 20 MB");
        takes(0, "100 MB", "50 MB", "20 MB");
        takes(WORK, "100 MB", "7.0 MB", "3.0 MB");
    }

    @Test
    public void dataIsClearedForTheUserWhoAskedAndReadBack() throws Exception {
        String said = clear(0, "Clear data");
        assertTrue(said, said.contains("This cannot be taken back."));
        assertTrue(said, said.contains("Done, and read back\n"));
        assertFalse("what is gone is not offered back: " + said, said.contains("You can take it back"));
        takes(0, "100 MB", "4.1 kB", "0 B");
        isListed("100 MB\nApp 100 MB · Data 4.1 kB · Cache 0 B");
        takes(WORK, "100 MB", "7.0 MB", "3.0 MB");
        String record = Screen.open(app, RecordActivity.of(app, NAME)).text();
        assertTrue(record, record.contains("Switch set: Clear data"));
    }

    @Test
    public void whatWasClearedIsListedAsLostAndNotOfferedBack() throws Exception {
        clear(0, "Clear data");
        Screen changes = Screen.open(app, ChangesActivity.of(app));
        String text = changes.text();
        assertTrue(text, text.contains("Clear data\nApp " + NAME + " · "));
        assertTrue(text, text.contains("Lost: The user's data of the app"));
        assertFalse(text, text.contains("Touch to undo"));
        assertFalse(text, changes.canTouch("Clear data"));
        assertFalse("there is nothing else to undo: " + text, changes.canTouch("Undo all"));
    }

    @Test
    public void undoingAllSaysWhatDoesNotComeBack() throws Exception {
        Screen screen = appOf(0);
        screen.touch("Camera");
        screen.answer(true);
        clear(0, "Clear data");
        Screen changes = Screen.open(app, ChangesActivity.of(app));
        changes.touch("Undo all");
        changes.answer(true);
        String text = changes.text();
        assertTrue(text, text.contains("read back\nApp " + NAME + " · Lost: The user's data of the app"));
        assertFalse(text, text.contains("You can take it back"));
        String cleared = text.substring(text.indexOf("\nClear data\n"), text.indexOf("\nCamera: Off\n"));
        assertFalse("what was cleared is not called undone: " + text, cleared.contains("\nUndone\n"));
        assertTrue(text, text.substring(text.indexOf("\nCamera: Off\n")).contains("\nUndone\n"));
    }

    @Test
    public void dataIsClearedForAnotherUserAndReadBack() throws Exception {
        String said = clear(WORK, "Clear data");
        assertTrue(said, said.contains("Done, and read back\n"));
        takes(WORK, "100 MB", "4.1 kB", "0 B");
        takes(0, "100 MB", "50 MB", "20 MB");
    }

    @Test
    public void theCacheIsClearedForTheUserWhoAskedAndReadBack() throws Exception {
        String said = clear(0, "Clear cache");
        assertTrue(said, said.contains("Done, and read back\n"));
        assertFalse(said, said.contains("You can take it back"));
        takes(0, "100 MB", "50 MB", "0 B");
        isListed("150 MB\nApp 100 MB · Data 50 MB · Cache 0 B");
        takes(WORK, "100 MB", "7.0 MB", "3.0 MB");
    }

    @Test
    public void theCacheIsClearedForAnotherUserAndReadBack() throws Exception {
        String said = clear(WORK, "Clear cache");
        assertTrue(said, said.contains("Done, and read back\n"));
        takes(WORK, "100 MB", "7.0 MB", "0 B");
        takes(0, "100 MB", "50 MB", "20 MB");
    }

    @Test
    public void whatThePlatformDoesNotClearIsNotSaidToBeCleared() throws Exception {
        PhoneStorage.keeps(NAME, 0);
        String said = clear(0, "Clear data");
        assertTrue(said, said.contains("0 of 1 steps done"));
        assertTrue(said, said.contains("the platform did not clear it"));
        takes(0, "100 MB", "50 MB", "20 MB");
    }
}
