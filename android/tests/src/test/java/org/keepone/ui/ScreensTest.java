package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import android.content.pm.PackageManager;
import android.content.pm.ResolveInfo;
import android.widget.ListView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.R;
import org.keepone.harness.PhoneRunner;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Wording;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** What the screens say of a phone, and that they hold under rotation, long lists, failures and hostile text. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class ScreensTest {
    private ScreenApplication app;
    private PreparedPhone phone;

    @Before
    public void phone() throws Exception {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        phone = Prepared.phone(app, "zte-u930hd");
        ScreenApplication.use(phone);
    }

    @Test
    public void theOverviewTellsTheVerdictEveryGroupAndWhatIsNotKnown() throws Exception {
        String text = Screen.open(app, new Intent(app, OverviewActivity.class)).text();
        for (String said : new String[] {
            "Not compliant\n", "31 apps that have to be removable are not", "All controls work here",
            "Phone calls\n", "Stays: com.android.contacts", "31 apps should be removable",
            "things could not be read", "88 apps read",
        }) {
            assertTrue(said + " in:\n" + text, text.contains(said));
        }
    }

    @Test
    public void whereTooManyStayTheChosenKeeperIsToldFromTheOthers() throws Exception {
        Judgement judged = phone.judgement();
        List<Judgement.Group> groups = new ArrayList<>();
        String stores = "";
        for (Judgement.Group group : judged.groups()) {
            boolean isStores = group.held().contains(Prepared.STORE) && group.allowed() != null;
            stores = isStores ? group.id() : stores;
            List<String> held = isStores ? List.of(Prepared.BROWSER, Prepared.STORE) : group.held();
            groups.add(new Judgement.Group(group.id(), group.name(), isStores ? "fail" : group.outcome(), group.state(),
                    group.allowed(), held, isStores ? List.of(Prepared.STORE) : group.keepers(), group.open(),
                    group.removable(), group.because()));
        }
        phone.judges(new Judgement(judged.verdict(), groups, judged.apps(), judged.findings(), judged.unread(),
                judged.mistakes(), judged.runTime()));
        String other = Screen.open(app, AppActivity.of(app, Prepared.BROWSER)).text();
        assertFalse(other, other.contains("Kept for:"));
        String keeper = Screen.open(app, AppActivity.of(app, Prepared.STORE)).text();
        assertTrue(keeper, keeper.contains("Kept for: App download"));
        String group = Screen.open(app, GroupActivity.of(app, stores)).text();
        int stays = group.indexOf("Stays\n");
        int goes = group.indexOf("Should be removable\n");
        assertTrue(group, stays >= 0 && stays < group.indexOf("MM商场") && group.indexOf("MM商场") < goes);
        assertTrue(group, goes < group.indexOf(Prepared.BROWSER));
        String overview = Screen.open(app, new Intent(app, OverviewActivity.class)).text();
        assertTrue(overview, overview.contains("Stays: MM商场\nShould be removable: "));
    }

    @Test
    public void thePlansKeepersAreReadForGroupsThatKeepTooMany() throws Exception {
        String answer = "{\"audit\":{\"groups\":[{\"id\":\"browser\",\"allowed\":1,\"non-uninstallable\":[\"a.web\","
                + "\"b.web\"]},{\"id\":\"contacts\",\"allowed\":1,\"non-uninstallable\":[\"a.people\"]}]},"
                + "\"screen\":{\"groups\":[{\"id\":\"browser\",\"outcome\":\"fail\"},"
                + "{\"id\":\"contacts\",\"outcome\":\"pass\"}]},"
                + "\"plan\":{\"groups\":[{\"id\":\"browser\",\"keepers\":[{\"package\":\"b.web\"}]}]}}";
        List<Judgement.Group> groups = Judgement.parse(answer).groups();
        assertEquals(List.of("b.web"), groups.get(0).keepers());
        assertEquals(List.of("a.web"), groups.get(0).tooMany());
        assertEquals(List.of("a.people"), groups.get(1).keepers());
        assertEquals(List.of(), groups.get(1).tooMany());
    }

    @Test
    public void mistakesInTheMakersFilesAreShownWithTheirPlace() throws Exception {
        Judgement judged = phone.judgement();
        Judgement.Mistake mistake = new Judgement.Mistake(
                "/product/etc/keepone/keepers.toml", 3, 7, new Wording("unknown key", "未知的键"));
        phone.judges(new Judgement(judged.verdict(), judged.groups(), judged.apps(), judged.findings(),
                judged.unread(), List.of(mistake), judged.runTime()));
        String text = Screen.open(app, new Intent(app, OverviewActivity.class)).text();
        assertTrue(text, text.contains("Unknown key\n/product/etc/keepone/keepers.toml, line 3, column 7"));
    }

    @Test
    public void anAppTellsWhatItIsForWhyAndWhoDecidedThatItStays() throws Exception {
        String text = Screen.open(app, AppActivity.of(app, Prepared.BROWSER)).text();
        for (String said : new String[] {
            "You cannot remove this app", "On a system partition", "Decided by: /system/cmcc/ucmobile.apk",
            "Browser\n", "95 of 100 points", "Page: com.UCMobile.main.UCMobile: android.intent.action.VIEW (+45)",
            "Outside the allowed groups", "Starts by itself", "Answers to: BOOT_COMPLETED",
            "precise · also in the background", "Does not apply\nCall log, Messages",
        }) {
            assertTrue(said + " in:\n" + text, text.contains(said));
        }
    }

    @Test
    public void anAppThatWentBetweenListAndPageIsSaidToBeGone() throws Exception {
        String text = Screen.open(app, AppActivity.of(app, "went.away")).text();
        assertTrue(text, text.contains("This app is not on the phone any more."));
    }

    @Test
    public void searchFindsByLabelAndByName() throws Exception {
        Screen screen = Screen.open(app, AppsActivity.of(app, AppsActivity.ALL));
        AppsActivity apps = (AppsActivity) screen.activity();
        apps.onQueryTextChange("mm商");
        assertTrue(screen.text(), screen.text().contains("MM商场"));
        assertFalse(screen.text(), screen.text().contains("com.android.settings"));
        apps.onQueryTextChange("ANDROID.SETT");
        assertTrue(screen.text(), screen.text().contains("com.android.settings"));
        apps.onQueryTextChange("no such app");
        assertTrue(screen.text(), screen.text().contains("No app has this name."));
    }

    @Test
    public void rotationKeepsThePageThePlaceAndAsksNothingAnew() throws Exception {
        Screen screen = Screen.open(app, AppsActivity.of(app, AppsActivity.ALL));
        AppsActivity before = (AppsActivity) screen.activity();
        ListView list = before.findViewById(R.id.rows);
        for (int at = 0; at < 20; at++) {
            list.scrollListBy(150);
        }
        int place = list.getFirstVisiblePosition();
        int asked = phone.asked;
        screen.controller().recreate();
        screen.settled();
        assertNotSame(before, screen.activity());
        ListView after = screen.activity().findViewById(R.id.rows);
        assertEquals(place, after.getFirstVisiblePosition());
        assertTrue("place " + place, place > 3);
        assertEquals(asked, phone.asked);
    }

    @Test
    public void whatIsSearchedSurvivesRotation() throws Exception {
        Screen screen = Screen.open(app, AppsActivity.of(app, AppsActivity.ALL));
        ((AppsActivity) screen.activity()).onQueryTextChange("alarm");
        screen.controller().recreate();
        screen.settled();
        assertTrue(screen.text(), screen.text().contains("zte.com.cn.alarmclock"));
        assertFalse(screen.text(), screen.text().contains("com.android.settings"));
    }

    @Test
    public void aFailureIsToldAndCanBeTriedAgain() throws Exception {
        phone.fails("the engine is not there", "引擎不存在");
        Screen screen = Screen.open(app, new Intent(app, OverviewActivity.class));
        assertTrue(screen.text(), screen.text().contains("This did not work\nthe engine is not there"));
        phone.fails(null, null);
        screen.touch("Try again");
        screen.settled();
        assertTrue(screen.text(), screen.text().contains("Not compliant"));
    }

    @Test
    public void anAppWhoseSwitchesCannotBeReadIsStillExplained() throws Exception {
        String text = Screen.open(app, AppActivity.of(app, "com.android.calculator2")).text();
        assertTrue(text, text.contains("KeepOne could not read its switches.\nNo switches were read"));
        assertTrue(text, text.contains("You cannot remove this app"));
    }

    @Test
    public void fiveThousandAppsMakeAScreenfulOfViews() throws Exception {
        Judgement judged = phone.judgement();
        App one = judged.apps().get(Prepared.BROWSER);
        Map<String, App> many = new LinkedHashMap<>();
        for (int at = 0; at < 5_000; at++) {
            String name = "many." + at;
            many.put(name, new App(name, one.path(), null, one.scope(), one.groups(), one.undecided(), one.removability()));
        }
        phone.judges(new Judgement(judged.verdict(), judged.groups(), many, judged.findings(), judged.unread(),
                judged.mistakes(), judged.runTime()));
        Screen screen = Screen.open(app, AppsActivity.of(app, AppsActivity.ALL));
        ListView list = screen.activity().findViewById(R.id.rows);
        assertEquals(5_001, list.getAdapter().getCount());
        assertTrue("views: " + list.getChildCount(), list.getChildCount() < 30);
        for (int at = 0; at < 100; at++) {
            list.scrollListBy(400);
            assertTrue(list.getChildCount() < 30);
        }
        assertTrue(list.getFirstVisiblePosition() > 100);
    }

    @Test
    public void hostileLabelsStayInTheirPlace() throws Exception {
        KeptPhone kept = new KeptPhone("zte-u930hd");
        String hostile = "\u202eevil\n<b>bold</b>\u2066 " + "x".repeat(10 << 20);
        kept.of(Prepared.STORE).getJSONObject("application")
                .put("label", new JSONObject().put("en", hostile).put("zh", hostile));
        ScreenApplication.use(Prepared.judged(app, kept));
        Screen screen = Screen.open(app, GroupActivity.of(app, "app-download"));
        String text = screen.text();
        assertTrue(text.length() + "", text.length() < 2_000);
        assertFalse(text, text.contains("\u202e") || text.contains("\u2066"));
    }

    @Test
    public void settingsFindTheTile() {
        Intent settings = new Intent("com.android.settings.action.EXTRA_SETTINGS");
        List<ResolveInfo> found =
                app.getPackageManager().queryIntentActivities(settings, PackageManager.GET_META_DATA);
        assertEquals(1, found.size());
        ResolveInfo tile = found.get(0);
        assertEquals(OverviewActivity.class.getName(), tile.activityInfo.name);
        assertTrue(tile.activityInfo.exported);
        assertEquals("com.android.settings.category.ia.apps",
                tile.activityInfo.metaData.getString("com.android.settings.category"));
        assertNotNull(app.getDrawable(tile.activityInfo.metaData.getInt("com.android.settings.icon")));
        assertEquals("KeepOne", app.getString(tile.activityInfo.metaData.getInt("com.android.settings.title")));
    }

    @Test
    public void theSearchOfTheSettingsFindsScreensThatExist() throws Exception {
        android.content.pm.ProviderInfo provider =
                app.getPackageManager().resolveContentProvider("org.keepone.search", 0);
        SettingsSearch search = org.robolectric.Robolectric.buildContentProvider(SettingsSearch.class)
                .create(provider).get();
        try (android.database.Cursor rows = search.queryRawData(null)) {
            List<String> found = new ArrayList<>();
            while (rows.moveToNext()) {
                assertFalse(rows.getString(rows.getColumnIndexOrThrow("title")).isEmpty());
                // As the search makes it; it is an app of its own and may start what is exported alone.
                Intent intent = new Intent(rows.getString(rows.getColumnIndexOrThrow("intentAction")))
                        .setClassName(rows.getString(rows.getColumnIndexOrThrow("intentTargetPackage")),
                                rows.getString(rows.getColumnIndexOrThrow("intentTargetClass")));
                assertTrue(app.getPackageManager().getActivityInfo(intent.getComponent(), 0).exported);
                Intent plain = new Intent(intent.getAction()).setPackage(app.getPackageName());
                assertEquals("a filter matches", 1, app.getPackageManager().queryIntentActivities(plain, 0).size());
                found.add(goesOnTo(intent));
            }
            assertEquals(List.of("OverviewActivity", "AppsActivity", "RecordActivity", "ChangesActivity"), found);
        }
        assertEquals("android.permission.READ_SEARCH_INDEXABLES", provider.readPermission);
    }

    /** Opens a screen; returns which one the person sees then. */
    private String goesOnTo(Intent intent) throws Exception {
        android.app.Activity opened = Screen.open(app, intent).activity();
        Intent further = org.robolectric.Shadows.shadowOf(opened).getNextStartedActivity();
        String shown = further == null ? opened.getClass().getName() : further.getComponent().getClassName();
        return shown.substring(shown.lastIndexOf('.') + 1);
    }

    @Test
    public void whatAStrangerAsksTheFirstScreenForIsIgnored() throws Exception {
        for (String action : new String[] {null, "", "org.keepone.action.ELSE", "x".repeat(100_000)}) {
            Intent strange = new Intent(app, OverviewActivity.class).setAction(action).putExtra("name", new byte[1_000]);
            assertEquals("OverviewActivity", goesOnTo(strange));
        }
        Intent known = new Intent(app, OverviewActivity.class)
                .setAction("org.keepone.action.RECORD").putExtra("name", "com.someone.else");
        android.app.Activity opened = Screen.open(app, known).activity();
        Intent further = org.robolectric.Shadows.shadowOf(opened).getNextStartedActivity();
        assertEquals("nothing of the caller's goes on", null, further.getStringExtra("name"));
        android.app.Activity again = org.robolectric.Robolectric.buildActivity(OverviewActivity.class, known)
                .create(new android.os.Bundle()).get();
        assertEquals("a turned phone opens nothing twice", null,
                org.robolectric.Shadows.shadowOf(again).getNextStartedActivity());
    }

    @Test
    public void onlyTheFirstScreenIsOpenToOthers() throws Exception {
        for (android.content.pm.ActivityInfo activity : app.getPackageManager()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_ACTIVITIES).activities) {
            boolean isFirst = activity.name.equals(OverviewActivity.class.getName());
            assertEquals(activity.name, isFirst, activity.exported);
        }
    }

    @Test
    public void aFailureKeepsItsCode() {
        Failure failure = new Failure("failed", new Wording("x", "y"), null);
        assertEquals("failed", failure.code());
        assertEquals("y", failure.wording().in("zh-CN"));
    }
}
