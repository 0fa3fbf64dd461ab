// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.AppOpsManager;
import android.content.Intent;
import android.content.pm.PackageManager;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.keep.StartReceiver;
import org.keepone.harness.PhonePages;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Sharing;
import org.keepone.ui.model.Sheet;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/**
 * A work profile and another person on the phone: what is set for one of them is set for that one alone, held for that one
 * alone, and stands under Changes. Nothing of the app is replaced ({@link WholePhone}).
 */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS", minSdk = 30)
// The app-op has its public name since Android 9; the shadow answers for raw modes since 11.
public final class OtherUsersTest {
    private static final String NAME = WholePhone.NAME;
    private static final String CAMERA = Manifest.permission.CAMERA;
    private static final String OP = "android:run_any_in_background";
    private static final int WORK = 10;
    private static final int PERSON = 11;

    private WholePhone phone;
    private ScreenApplication app;
    private AppOpsManager ops;

    @Before
    public void phone() throws Exception {
        phone = new WholePhone().has(CAMERA).signedByThePlatform().sharedWith(WORK, PERSON);
        app = phone.app();
        ops = app.getSystemService(AppOpsManager.class);
        phone.grant(CAMERA, WORK);
        phone.grant(CAMERA, PERSON);
    }

    private static int uid(int user) {
        return user * 100_000 + 10_123;
    }

    private int mode(int user) {
        return ops.unsafeCheckOpRawNoThrow(OP, uid(user), NAME);
    }

    /** Turns a switch for a user, from the app's page. */
    private Screen turn(String user, String row) throws Exception {
        Screen screen = phone.open(AppActivity.of(app, NAME));
        screen.touch(user);
        screen.settled();
        screen.touch(row);
        screen.answer(true);
        assertTrue(screen.text(), screen.text().contains("read back"));
        return screen;
    }

    @Test
    public void whatIsSetForAUserIsSetForThatUserAlone() throws Exception {
        Screen work = turn("User 10 (work profile)", "Camera");
        assertTrue(work.text(), work.text().contains("Camera\nOff"));
        assertTrue(phone.may(CAMERA, 0));
        assertFalse(phone.may(CAMERA, WORK));
        assertTrue(phone.may(CAMERA, PERSON));
        turn("User 11 (another person)", "Runs in the background");
        assertEquals(AppOpsManager.MODE_ALLOWED, mode(0));
        assertEquals(AppOpsManager.MODE_ALLOWED, mode(WORK));
        assertEquals(AppOpsManager.MODE_IGNORED, mode(PERSON));
        String own = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue("the own user's switches stand as they stood", own.contains("Camera\nOn"));
    }

    @Test
    public void anAreaIsShownAndSetForAUser() throws Exception {
        Screen area = phone.open(AreaActivity.of(app, "sensitive-permissions", "camera"));
        area.touch("User 10 (work profile)");
        area.settled();
        area.touch("App " + NAME);
        area.answer(true);
        assertTrue(area.text(), area.text().contains("read back"));
        assertFalse(phone.may(CAMERA, WORK));
        assertTrue(phone.may(CAMERA, 0));
        assertFalse("it stays with the user", area.text().contains("\nMay\n"));
        area.touch("User 0 (owner)");
        area.settled();
        assertTrue(area.text(), area.text().contains("\nMay\n"));
    }

    @Test
    public void theChangesOfEveryUserAreShownAndUndoneOneByOne() throws Exception {
        phone.turn(NAME, "Camera");
        turn("User 10 (work profile)", "Camera");
        turn("User 11 (another person)", "Runs in the background");
        Screen changes = phone.open(ChangesActivity.of(app));
        String text = changes.text();
        assertTrue(text, text.contains("Camera: Off\nApp " + NAME + " · User 0 (owner)"));
        assertTrue(text, text.contains("Camera: Off\nApp " + NAME + " · User 10 (work profile)"));
        assertTrue(text, text.contains("Runs in the background: Off\nApp " + NAME + " · User 11 (another person)"));
        changes.touch("Runs in the background: Off");
        String asked = changes.answer(true);
        assertTrue(asked, asked.contains("User 11 (another person)"));
        assertEquals(AppOpsManager.MODE_ALLOWED, mode(PERSON));
        assertFalse(phone.may(CAMERA, 0));
        assertFalse(phone.may(CAMERA, WORK));
    }

    @Test
    public void allOfEveryUserIsUndoneAndNothingSetsItAgain() throws Exception {
        phone.turn(NAME, "Camera");
        turn("User 10 (work profile)", "Camera");
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Undo all");
        changes.answer(true);
        assertTrue(phone.may(CAMERA, 0));
        assertTrue(phone.may(CAMERA, WORK));
        assertFalse(changes.text(), changes.canTouch("Undo all"));
        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_BOOT_COMPLETED));
        assertEquals(1, phone.holds());
        assertTrue(phone.may(CAMERA, 0));
        assertTrue(phone.may(CAMERA, WORK));
    }

    @Test
    public void whatIsLostForAUserIsHeldForThatUserAlone() throws Exception {
        phone.turn(NAME, "Camera");
        turn("User 10 (work profile)", "Camera");
        turn("User 10 (work profile)", "Runs in the background");
        phone.grant(CAMERA);
        phone.grant(CAMERA, WORK);
        ops.setMode(OP, uid(WORK), NAME, AppOpsManager.MODE_ALLOWED);
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, uid(WORK));
        assertEquals(1, phone.holds());
        assertFalse(phone.may(CAMERA, WORK));
        assertEquals(AppOpsManager.MODE_IGNORED, mode(WORK));
        assertTrue("nothing was told of the own user's", phone.may(CAMERA, 0));
        String changes = phone.open(ChangesActivity.of(app)).text();
        assertEquals(changes, 2, WholePhone.count(changes, "Camera: Off\nApp " + NAME + " · User 10"));
        assertEquals(changes, 1, WholePhone.count(changes, "Camera: Off\nApp " + NAME + " · User 0"));

        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_BOOT_COMPLETED));
        assertEquals(1, phone.holds());
        assertFalse("a restart holds the choices of all", phone.may(CAMERA, 0));
    }

    @Test
    public void whatIsSetForAnotherPersonIsSetOnceAndSaidSo() throws Exception {
        Screen screen = phone.open(AppActivity.of(app, NAME));
        screen.touch("User 11 (another person)");
        screen.settled();
        screen.touch("Camera");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("It is set once and not kept from here"));
        assertFalse(asked, asked.contains("KeepOne keeps your choice"));
        assertFalse(phone.may(CAMERA, PERSON));
        phone.grant(CAMERA, PERSON);
        new StartReceiver().onReceive(app, new Intent(Intent.ACTION_BOOT_COMPLETED));
        phone.tells(Intent.ACTION_PACKAGE_REPLACED, NAME, uid(PERSON));
        assertEquals(2, phone.holds());
        assertTrue("that person's own instance holds their choices", phone.may(CAMERA, PERSON));
    }

    @Test
    public void anotherPersonSeesAndSetsTheOwnAppsAlone() throws Exception {
        phone.turn(NAME, "Camera");
        Sharing.opens(PERSON);
        phone.processEnds();
        // The permissions are the same whoever opens the app.
        phone.signedByThePlatform();
        Screen screen = phone.open(AppActivity.of(app, NAME));
        assertFalse(screen.text(), screen.text().contains("User 0") || screen.text().contains("User 10"));
        Screen asked = phone.open(AppActivity.of(app, NAME, 0));
        assertFalse("no screen is about a user that is not offered", asked.text().contains("User 0"));
        asked.touch("Camera");
        asked.answer(true);
        assertFalse(phone.may(CAMERA, PERSON));
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Undo all");
        changes.answer(true);
        assertTrue(phone.may(CAMERA, PERSON));
        Sharing.opens(0);
        assertFalse("what the owner chose stays", phone.may(CAMERA, 0));
    }

    @Test
    public void aSystemPageOpensForTheUserWhoseAppItIsAbout() throws Exception {
        Screen screen = phone.open(AppActivity.of(app, NAME));
        List<Sheet.Open> none = List.of();
        assertTrue(SystemPages.open(screen.activity(), none, NAME, WORK));
        assertEquals(List.of("10 android.settings.APPLICATION_DETAILS_SETTINGS"), PhonePages.opened());
        Shadows.shadowOf(app).denyPermissions("android.permission.INTERACT_ACROSS_USERS_FULL");
        assertTrue(SystemPages.open(screen.activity(), none, NAME, WORK));
        assertEquals("10 details of " + NAME, PhonePages.opened().get(1));
        assertTrue(SystemPages.open(screen.activity(), none, NAME, 0));
        assertEquals("nothing is opened as the own user's for another", 2, PhonePages.opened().size());
    }

    @Test
    public void whereNoPageCanBeShownNoneIsOfferedAndItIsSaid() throws Exception {
        phone.ordinary();
        Shadows.shadowOf(app).denyPermissions(app.getPackageManager()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_PERMISSIONS).requestedPermissions);
        Screen screen = phone.open(AppActivity.of(app, NAME, PERSON));
        assertTrue(screen.text(), screen.text().contains("only after the phone is switched to that user"));
        assertFalse(screen.text(), screen.text().contains("Opens: "));
        assertFalse(screen.canTouch("Camera"));
        Screen work = phone.open(AppActivity.of(app, NAME, WORK));
        assertTrue(work.text(), work.text().contains("Opens: App info"));
        assertFalse("only the app's own page opens there", work.text().contains("Opens: App permissions"));
        work.touch("Camera");
        assertEquals(List.of("10 details of " + NAME), PhonePages.opened());
    }
}
