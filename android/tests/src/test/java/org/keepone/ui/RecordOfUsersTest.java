// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.AlertDialog;
import android.content.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowAlertDialog;

/** When each user's apps last used something, and the record of several users, page by page: the app as it ships. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class RecordOfUsersTest {
    private static final String NAME = WholePhone.NAME;
    private static final String CAMERA = Manifest.permission.CAMERA;
    private static final int WORK = 10;
    private static final int GONE = 12;

    private ScreenApplication app;
    private WholePhone phone;

    @Before
    public void aPhoneWithAWorkProfile() throws Exception {
        phone = new WholePhone().has(CAMERA).signedByThePlatform().sharedWith(WORK, 11);
        app = phone.app();
        phone.grant(CAMERA, WORK);
    }

    private static JSONObject used(String name, int user, String what, long secondsAgo) throws JSONException {
        return new JSONObject()
                .put("when", Instant.now().minusSeconds(secondsAgo).toString())
                .put("user", user)
                .put("package", name)
                .put("kind", "access")
                .put("what", what)
                .put("origin", "live");
    }

    private void recorded(JSONObject... events) throws Exception {
        JSONObject request = new JSONObject().put("ask", "append").put("events", new JSONArray(Arrays.asList(events)));
        new Engine().records(Fixtures.bytes(request.toString()), new Places(app).record());
    }

    /** Six hundred events of another app: more than a page of the record holds. */
    private void muchElseHappens() throws Exception {
        List<JSONObject> events = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            events.add(used("com.busy", 0, "android:fine_location", 600 - i));
        }
        recorded(events.toArray(new JSONObject[0]));
    }

    /** Touches a row that lets a person choose, and chooses a line. */
    private static List<String> choose(Screen screen, String row, String line) throws Exception {
        screen.touch(row);
        AlertDialog asked = ShadowAlertDialog.getLatestAlertDialog();
        List<String> lines = new ArrayList<>();
        for (CharSequence item : Shadows.shadowOf(asked).getItems()) {
            lines.add(item.toString());
        }
        assertTrue(line + " in " + lines, lines.contains(line));
        Shadows.shadowOf(asked).clickOnItem(lines.indexOf(line));
        screen.settled();
        return lines;
    }

    @Test
    public void whenAnAppLastUsedSomethingStandsHoweverMuchHappenedSince() throws Exception {
        recorded(used(NAME, 0, "android:camera", 7_200));
        muchElseHappens();
        String index = phone.open(AreaActivity.of(app, "sensitive-permissions")).text();
        assertTrue(index, index.contains("Last: App " + NAME + ", "));
        String camera = phone.open(AreaActivity.of(app, "sensitive-permissions", "camera")).text();
        assertTrue(camera, camera.contains(" · Last: "));
    }

    @Test
    public void ofSeveralUsesThatThePlatformToldAtOnceTheLastWasThenOrBefore() throws Exception {
        recorded(used(NAME, 0, "android:camera", 7_200).put("origin", "platform-history").put("count", 3));
        String camera = phone.open(AreaActivity.of(app, "sensitive-permissions", "camera")).text();
        assertTrue(camera, camera.matches("(?s).* · Last: [^\n]* or before\n.*"));
    }

    @Test
    public void whatOneUsersAppUsedIsNotSaidOfAnothers() throws Exception {
        recorded(used(NAME, 0, "android:camera", 7_200));
        Screen area = phone.open(AreaActivity.of(app, "sensitive-permissions", "camera"));
        assertTrue(area.text(), area.text().contains(" · Last: "));
        area.touch("User 10 (work profile)");
        String work = area.settled().text();
        assertFalse(work, work.contains("Last: "));
        assertTrue(work, work.contains("No use recorded. The record of uses begins: "));
    }

    @Test
    public void whereNoUseIsRecordedAtAllNothingIsClaimed() throws Exception {
        String text = phone.open(AreaActivity.of(app, "sensitive-permissions", "camera")).text();
        assertTrue(text, text.contains("No use recorded. The record holds no use of any app yet"));
    }

    @Test
    public void olderEventsAreShownOnRequest() throws Exception {
        recorded(used(NAME, 0, "android:camera", 7_200));
        muchElseHappens();
        Screen record = phone.open(RecordActivity.of(app, null));
        assertFalse(record.text().contains("Used: Camera"));
        record.touch("Show more");
        String all = record.settled().text();
        assertTrue(all, all.contains("Used: Camera"));
        assertFalse(record.canTouch("Show more"));
        assertEquals(601, WholePhone.count(all, "Used: "));
        record.controller().recreate();
        assertTrue("rotation keeps the pages", record.settled().text().contains("Used: Camera"));
        List<String> kinds = choose(record, "Kind", "Used");
        assertFalse(kinds.toString(), kinds.contains("Started by another app"));
        assertFalse("another choice begins anew", record.text().contains("Used: Camera"));
    }

    @Test
    public void eachEventTellsItsUserAndLeadsToThatUsersPage() throws Exception {
        recorded(used(NAME, WORK, "android:camera", 60), used(NAME, GONE, "android:camera", 30));
        Screen record = phone.open(RecordActivity.of(app, null));
        String text = record.text();
        assertTrue(text, text.contains(" · User 10 (work profile)\n"));
        assertTrue(text, text.contains(" · User 12 (other kind)\n"));
        // The event of the user who is gone stands first, and leads nowhere.
        record.touch("App " + NAME);
        Intent opened = Shadows.shadowOf(record.activity()).getNextStartedActivity();
        assertEquals(AppActivity.class.getName(), opened.getComponent().getClassName());
        assertEquals(WORK, opened.getIntExtra("user", -1));
    }

    @Test
    public void theRecordIsNarrowedToAnAppAndToAUser() throws Exception {
        recorded(used(NAME, 0, "android:camera", 90), used(NAME, WORK, "android:read_sms", 60),
                used("com.busy", 0, "android:fine_location", 30));
        Screen record = phone.open(RecordActivity.of(app, null));
        assertEquals(record.text(), 3, WholePhone.count(record.text(), "Used: "));
        choose(record, "User of the phone", "User 10 (work profile)");
        assertEquals(record.text(), 1, WholePhone.count(record.text(), "Used: "));
        assertTrue(record.text(), record.text().contains("Used: Messages") || record.text().contains("SMS"));
        List<String> apps = choose(record, "App", "App " + NAME);
        assertFalse("an app of another user is no choice", apps.contains("com.busy"));
        choose(record, "User of the phone", "All users");
        assertEquals(record.text(), 2, WholePhone.count(record.text(), "Used: "));
        choose(record, "App", "All apps");
        assertEquals(record.text(), 3, WholePhone.count(record.text(), "Used: "));
    }
}
