package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.Intent;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.keep.Reapply;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** One user's phone and what a touch on a screen does there. Nothing of the app is replaced ({@link WholePhone}). */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class WholeAppTest {
    private static final String NAME = WholePhone.NAME;
    private static final String CAMERA = Manifest.permission.CAMERA;

    private WholePhone phone;
    private ScreenApplication app;

    @Before
    public void phone() {
        phone = new WholePhone().has(CAMERA);
        app = phone.app();
    }

    private void reapply() throws Exception {
        Fixtures.beside(() -> new Reapply(app).of(0, null));
    }

    @Test
    public void theVerdictOfThisPhoneIsShown() throws Exception {
        String text = phone.open(new Intent(app, OverviewActivity.class)).text();
        assertTrue(text, text.contains("Function groups"));
        assertTrue(text, text.contains("KeepOne reads and judges here"));
        assertFalse(text, text.contains("This did not work"));
    }

    @Test
    public void aPermissionIsTakenShownRecordedAndGivenBack() throws Exception {
        phone.signedByThePlatform();
        assertTrue(phone.may(CAMERA));
        Screen screen = phone.turn(NAME, "Camera");
        assertTrue(screen.text(), screen.text().contains("read back"));
        assertFalse("the platform took it", phone.may(CAMERA));
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));

        String record = phone.open(RecordActivity.of(app, NAME)).text();
        assertTrue(record, record.contains("Revoked: Camera"));

        Screen changes = phone.open(ChangesActivity.of(app));
        assertTrue(changes.text(), changes.text().contains("Camera: Off\nApp " + NAME));
        changes.touch("Undo all");
        changes.answer(true);
        assertTrue("the platform gave it back", phone.may(CAMERA));
        assertTrue(changes.text(), changes.text().contains("Undone"));

        reapply();
        assertTrue("what was undone is not set again", phone.may(CAMERA));
        String after = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue(after, after.contains("Camera\nOn"));
    }

    @Test
    public void oneOfSeveralIsUndoneAndTheOthersHold() throws Exception {
        phone.has(CAMERA, Manifest.permission.RECORD_AUDIO).signedByThePlatform();
        phone.turn(NAME, "Microphone");
        phone.turn(NAME, "Camera");
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Camera: Off");
        changes.answer(true);
        assertTrue(phone.may(CAMERA));
        phone.grant(Manifest.permission.RECORD_AUDIO);
        reapply();
        assertTrue("what was undone is not set again", phone.may(CAMERA));
        assertFalse("what was chosen besides holds", phone.may(Manifest.permission.RECORD_AUDIO));
    }

    @Test
    public void afterAnUndoTheChoiceBeforeHolds() throws Exception {
        phone.signedByThePlatform();
        phone.turn(NAME, "Camera");
        phone.turn(NAME, "Camera");
        assertTrue("off, and on again", phone.may(CAMERA));
        Screen changes = phone.open(ChangesActivity.of(app));
        changes.touch("Camera: On");
        changes.answer(true);
        assertFalse("as before", phone.may(CAMERA));
        reapply();
        assertFalse("nothing sets it again", phone.may(CAMERA));
        phone.grant(CAMERA);
        reapply();
        assertFalse("the choice before it holds", phone.may(CAMERA));
    }

    @Test
    public void whatNobodyToldOfIsShownWhenTheAppIsOpened() throws Exception {
        phone.signedByThePlatform();
        Screen screen = phone.turn(NAME, "Camera");
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));
        phone.grant(CAMERA);
        String opened = phone.open(AppActivity.of(app, NAME)).text();
        assertTrue(opened, opened.contains("Camera\nOn"));
    }

    @Test
    public void whoComesBackFromElsewhereSeesWhatStands() throws Exception {
        phone.signedByThePlatform();
        Intent list = AreaActivity.of(app, "sensitive-permissions", "camera");
        Screen screen = phone.open(list);
        screen.touch("App " + NAME);
        screen.answer(true);
        assertFalse(screen.text(), screen.text().contains("\nMay\n"));
        screen.controller().pause().stop();
        phone.grant(CAMERA);
        screen.controller().restart().start().resume();
        screen.settled();
        assertTrue(screen.text(), screen.text().contains("\nMay\n"));
    }

    @Test
    public void whatThePlatformTellsOfIsReadAnew() throws Exception {
        phone.signedByThePlatform();
        Screen page = phone.turn(NAME, "Camera");
        Intent list = AreaActivity.of(app, "sensitive-permissions", "camera");
        String before = phone.open(list).text();
        assertFalse(before, before.contains("\nMay\n"));
        page.controller().pause();
        phone.grant(CAMERA);
        phone.tells(Intent.ACTION_PACKAGE_CHANGED, NAME, 10_123);
        page.controller().resume();
        page.settled();
        assertTrue("a screen that waited behind", page.text().contains("Camera\nOn"));
        String after = phone.open(list).text();
        assertTrue(after, after.contains("\nMay\n"));
    }

    @Test
    public void whatCameAndWhatWentIsListed() throws Exception {
        Intent list = new Intent(app, AppsActivity.class);
        String before = phone.open(list).text();
        assertTrue(before, before.contains("App " + NAME));
        Fixtures.install(Fixtures.systemApp("com.maker.two"));
        phone.tells(Intent.ACTION_PACKAGE_ADDED, "com.maker.two", 10_123);
        String come = phone.open(list).text();
        assertTrue(come, come.contains("App com.maker.two"));
        Shadows.shadowOf(phone.packages()).deletePackage(NAME);
        phone.tells(Intent.ACTION_PACKAGE_REMOVED, NAME, 10_123);
        String gone = phone.open(list).text();
        assertFalse(gone, gone.contains("App " + NAME));
    }

    @Test
    public void whatThisAppMayNotSetOpensTheSystemsPage() throws Exception {
        Screen screen = phone.open(AppActivity.of(app, NAME));
        String text = screen.text();
        assertTrue(text, text.contains("Camera"));
        assertTrue(text, text.contains("Opens: App permissions"));
        screen.touch("Camera");
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS",
                Shadows.shadowOf(screen.activity()).getNextStartedActivity().getAction());
        assertTrue(phone.may(CAMERA));
    }
}
