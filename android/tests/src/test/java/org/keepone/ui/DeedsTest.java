package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import android.net.Uri;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Wording;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowAlertDialog;

/** What a person does on a screen reaches the phone, after a question that says what is lost and how it comes back. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class DeedsTest {
    private static final String DONE = "{\"changes\":[{\"package\":\"" + Prepared.BROWSER + "\",\"purpose\":"
            + "{\"for\":\"switch\",\"area\":\"sensitive-permissions\",\"switch\":\"camera\"},\"cell\":{},"
            + "\"to\":{\"granted\":false,\"flags\":0},\"outcome\":\"done\",\"text\":{\"en\":\"done\",\"zh\":\"已完成\"}}]}";

    private ScreenApplication app;
    private PreparedPhone phone;

    @Before
    public void phone() throws Exception {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        phone = Prepared.phone(app, "zte-u930hd").answers(DONE);
        ScreenApplication.use(phone);
    }

    @Test
    public void aSwitchIsSetAfterConsentAndTheOutcomeIsShown() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Camera");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("Turn off Camera for"));
        assertTrue(asked, asked.contains("Turn it on here, or undo it under Changes."));
        assertEquals(List.of("set " + Prepared.BROWSER + " 0 sensitive-permissions camera off"), phone.deeds);
        assertTrue(screen.text(), screen.text().contains("Done, and read back"));
    }

    @Test
    public void withoutConsentNothingIsDone() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Camera");
        screen.answer(false);
        assertEquals(List.of(), phone.deeds);
    }

    @Test
    public void whatIsOffIsTurnedOn() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Calendar");
        assertTrue(screen.answer(true).contains("Turn on Calendar"));
        assertEquals(List.of("set " + Prepared.BROWSER + " 0 personal-information calendar on"), phone.deeds);
    }

    @Test
    public void removingSaysWhatIsLostAndHowItComesBack() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Remove");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("Everything the app has saved on this phone"));
        assertTrue(asked, asked.contains("Data 5"));
        assertTrue(asked, asked.contains("Bring back"));
        assertEquals(List.of("remove " + Prepared.BROWSER + " 0"), phone.deeds);
    }

    @Test
    public void removingNamesWhoTakesOverWhichRoleAndWhatDoesNotComeBack() throws Exception {
        phone.foresees(new Foresight(
                null,
                List.of(new Foresight.Handover("android.app.role.BROWSER", Prepared.STORE)),
                null,
                List.of(new Wording("what was set and cannot be set again", "无法恢复的设置"))));
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Remove");
        String asked = screen.answer(false);
        assertTrue(asked, asked.contains("Default browser app from then on: MM商场"));
        assertTrue(asked, asked.contains("Data not known"));
        assertTrue(asked, asked.contains("What was set and cannot be set again"));
    }

    @Test
    public void whereItWouldFailTheSystemsPageIsOfferedWithTheReason() throws Exception {
        phone.foresees(Foresight.hindered(new Wording(
                "this program does not hold the permission for it: android.permission.X", "本程序未持有所需权限")));
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertFalse(screen.canTouch("Remove"));
        assertTrue(screen.canTouch("Remove in the system's page"));
        assertTrue(screen.text(), screen.text().contains("permission for it: android.permission.X"));
    }

    @Test
    public void aFallbackIsNeverShownAsDone() throws Exception {
        phone.answers(DONE.replace("\"outcome\":\"done\",\"text\":{\"en\":\"done\"",
                "\"outcome\":\"disabled-instead\",\"text\":{\"en\":\"disabled instead of removed\""));
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Remove");
        screen.answer(true);
        assertTrue(screen.text(), screen.text().contains("0 of 1 steps done"));
        assertTrue(screen.text(), screen.text().contains("Disabled instead of removed"));
        assertFalse(screen.text(), screen.text().contains("read back\n"));
    }

    @Test
    public void clearingDataSaysThatNothingBringsItBack() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("Clear data");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("its accounts, settings and own files"));
        assertTrue(asked, asked.contains("This cannot be taken back."));
        assertEquals(List.of("set " + Prepared.BROWSER + " 0 storage clear-data off"), phone.deeds);
    }

    @Test
    public void aRemovedAppIsBroughtBack() throws Exception {
        phone.isInstalled(false);
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertTrue(screen.text(), screen.text().contains("This app is removed for you"));
        screen.touch("Bring back");
        assertTrue(screen.answer(true).contains("This page, Remove."));
        assertEquals(List.of("bring back " + Prepared.BROWSER + " 0"), phone.deeds);
    }

    @Test
    public void anAppThatSomebodyElseTookAwayIsNotSaidToBeRemovedHere() throws Exception {
        phone.isInstalled(false).hasRemoved(false);
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertFalse(screen.text(), screen.text().contains("This app is removed for you"));
        assertTrue(screen.text(), screen.text().contains("Not installed for this user\nKeepOne did not remove it."));
        screen.touch("Bring back");
        assertTrue(screen.answer(true).contains("You can take it back under Changes."));
        assertEquals(List.of("bring back " + Prepared.BROWSER + " 0"), phone.deeds);
    }

    @Test
    public void undoingWhatBroughtAnAppSaysThatItsDataGoes() throws Exception {
        phone.changed(Prepared.CHANGES.replace("uninstall-for-user", "install-for-user")
                .replace("\"to\":false", "\"to\":true").replace("\"lost\":[{", "\"none\":[{"));
        Screen screen = Screen.open(app, ChangesActivity.of(app));
        screen.touch("Bring back from the image for the user who asks");
        String asked = screen.answer(false);
        assertTrue(asked, asked.contains("Everything the app has saved on this phone"));
    }

    @Test
    public void aSwitchThatMayNotBeSetSaysWhyAndCannotBeTouched() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertFalse(screen.canTouch("Phone"));
        assertTrue(screen.text(), screen.text().contains("Fixed by the device's administrator"));
        assertFalse(screen.canTouch("Clipboard"));
        assertTrue(screen.text(), screen.text().contains("android.permission.GET_APP_OPS_STATS"));
    }

    @Test
    public void whereOnlyTheSystemMayItsPageIsOpenedAndNamed() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertTrue(screen.text(), screen.text().contains("Opens: App permissions"));
        screen.touch("Microphone");
        Intent opened = Shadows.shadowOf(screen.activity()).getNextStartedActivity();
        assertEquals("android.settings.APPLICATION_DETAILS_SETTINGS", opened.getAction());
        assertEquals("package:" + Prepared.BROWSER, opened.getDataString());
        screen.controller().pause().resume();
        screen.settled();
        assertEquals(List.of("forget " + Prepared.BROWSER), phone.deeds);
    }

    @Test
    public void anOrdinaryAppOpensPagesAndSaysSo() throws Exception {
        phone.lives("ordinary");
        Screen overview = Screen.open(app, new Intent(app, OverviewActivity.class));
        assertTrue(overview.text(), overview.text().contains("KeepOne reads and judges here"));
        assertFalse(overview.canTouch("Hold this phone to the rule"));
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        assertFalse(screen.canTouch("Remove"));
        assertTrue(screen.text(), screen.text().contains("KeepOne may not remove apps here. Opens: App info"));
        screen.touch("Remove in the system's page");
        assertEquals("android.settings.APPLICATION_DETAILS_SETTINGS",
                Shadows.shadowOf(screen.activity()).getNextStartedActivity().getAction());
    }

    @Test
    public void holdingToTheRuleCountsItsStepsAndRemovesNothing() throws Exception {
        Screen screen = Screen.open(app, new Intent(app, OverviewActivity.class));
        screen.touch("Hold this phone to the rule");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("31 apps get a working Remove button"));
        assertTrue(asked, asked.contains("No app is removed."));
        assertFalse("it hands over no role", asked.contains("role"));
        assertEquals(List.of("hold"), phone.deeds);
    }

    @Test
    public void holdingToTheRuleNamesWhatIsKeptAndForHowManyUsers() throws Exception {
        Judgement judged = phone.judgement();
        Judgement.RunTime run = judged.runTime();
        phone.hasWorkProfile().judges(new Judgement(judged.verdict(), judged.groups(), judged.apps(), judged.findings(),
                judged.unread(), judged.mistakes(), new Judgement.RunTime(run.plan(), Set.of(Prepared.STORE), run.freed(),
                        run.removable(), run.leaves())));
        Screen screen = Screen.open(app, new Intent(app, OverviewActivity.class));
        screen.touch("Hold this phone to the rule");
        String asked = screen.answer(false);
        assertTrue(asked, asked.contains("1 app is kept: it cannot be uninstalled any more.\nKept: MM商场"));
        assertTrue(asked, asked.contains("For 2 users of this phone."));
    }

    @Test
    public void oneChangeOrAllAreUndone() throws Exception {
        Screen screen = Screen.open(app, ChangesActivity.of(app));
        assertTrue(screen.text(), screen.text().contains("Disabled instead of removed"));
        screen.touch("Undo all");
        String asked = screen.answer(true);
        assertTrue(asked, asked.contains("What will be lost") && asked.contains("What the app had saved"));
        screen.touch("Uninstall for the user who asks; the image keeps it");
        screen.answer(true);
        assertEquals(List.of("undo all", "undo 0 [3]"), phone.deeds);
        assertFalse("what is undone is not undone again", screen.canTouch("Block uninstalling"));
    }

    @Test
    public void theWorkProfileHasSwitchesOfItsOwn() throws Exception {
        phone.hasWorkProfile();
        Screen screen = Screen.open(app, AppActivity.of(app, Prepared.BROWSER));
        screen.touch("User 10 (work profile)");
        screen.settled();
        screen.touch("Camera");
        screen.answer(true);
        assertEquals(List.of("set " + Prepared.BROWSER + " 10 sensitive-permissions camera off"), phone.deeds);
    }

    @Test
    public void theRecordIsNarrowed() throws Exception {
        Screen screen = Screen.open(app, RecordActivity.of(app, null));
        assertTrue(screen.text().contains("Switch set"));
        screen.touch("Kind");
        Shadows.shadowOf(ShadowAlertDialog.getLatestAlertDialog()).clickOnItem(1);
        screen.settled();
        assertTrue(screen.text(), screen.text().contains("Used: Location"));
        assertFalse(screen.text(), screen.text().contains("Switch set"));
    }

    @Test
    public void theRecordIsSavedWhereThePersonSays() throws Exception {
        Screen screen = Screen.open(app, RecordActivity.of(app, null));
        screen.touch("Save as a file");
        Shadows.shadowOf(ShadowAlertDialog.getLatestAlertDialog()).clickOnItem(1);
        ShadowActivity.IntentForResult asked =
                Shadows.shadowOf(screen.activity()).getNextStartedActivityForResult();
        assertEquals(Intent.ACTION_CREATE_DOCUMENT, asked.intent.getAction());
        assertEquals("text/csv", asked.intent.getType());
        Uri place = Uri.parse("content://documents/records.csv");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Shadows.shadowOf(app.getContentResolver()).registerOutputStream(place, written);
        Shadows.shadowOf(screen.activity())
                .receiveResult(asked.intent, android.app.Activity.RESULT_OK, new Intent().setData(place));
        screen.settled();
        assertEquals(List.of("export csv"), phone.deeds);
        assertEquals("csv", written.toString("UTF-8"));
        assertTrue(screen.text(), screen.text().contains("The record is saved."));
    }

    @Test
    public void aQuestionFromAStrangerIsNoQuestion() {
        Intent garbage = new Intent(app, ConsentActivity.class).putExtra("consent", "x").putExtra("deed", 7);
        ConsentActivity question = org.robolectric.Robolectric.buildActivity(ConsentActivity.class, garbage)
                .create().get();
        assertTrue(question.isFinishing());
        assertNull(ConsentActivity.agreed(android.app.Activity.RESULT_OK, new Intent()));
    }
}
