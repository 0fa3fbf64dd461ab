// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.ProcessCounts;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** The apps that the platform counted as connected to another are named below its switch: the app as it ships. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class StartersTest {
    private static final String SERVICE = WholePhone.UPDATER + ".main.Service";
    private static final int CALLER = 10_140;
    private static final String NOT_TOLD = "Android counts connections. Who starts an app by a broadcast";

    private ScreenApplication app;
    private WholePhone phone;

    @Before
    public void anAppThatOthersCanStart() throws Exception {
        phone = new WholePhone().has().hasUpdater().signedByThePlatform();
        app = phone.app();
        Shadows.shadowOf(app.getPackageManager()).setPackagesForUid(CALLER, WholePhone.NAME);
    }

    private ProcessCounts counted() {
        return ProcessCounts.behind(app, System.currentTimeMillis() - 7_200_000);
    }

    private String shown() throws Exception {
        return phone.open(AppActivity.of(app, WholePhone.UPDATER)).text();
    }

    @Test
    @Config(minSdk = 29)
    public void whoWasConnectedIsNamedOftenestFirst() throws Exception {
        int own = WholePhone.UPDATER_UID;
        counted()
                .connects("com.maker.one:push", CALLER, WholePhone.UPDATER, own, SERVICE, 2)
                .connects("com.maker.one", CALLER, WholePhone.UPDATER, own, SERVICE + "2", 1)
                .connects("com.many", 10_150, WholePhone.UPDATER, own, SERVICE, 5)
                .connects("system", 1000, WholePhone.UPDATER, own, SERVICE, 9)
                .connects(WholePhone.UPDATER, own, WholePhone.UPDATER, own, SERVICE, 8)
                .connects("com.of.other.user", 10_150, WholePhone.UPDATER, 1_000_000 + own, SERVICE, 7)
                .connects("com.elsewhere", 10_150, WholePhone.NAME, CALLER, "com.maker.one.Service", 4);
        String text = shown();
        String line = text.lines().filter(each -> each.contains("Connected to it since")).findFirst().orElse(text);
        assertTrue(line, line.endsWith(": com.many (5 times), App com.maker.one (3 times)"));
        assertTrue(text, text.contains(NOT_TOLD));
        String area = phone.open(AreaActivity.of(app, "auto-start")).text();
        assertTrue(area, area.contains("com.many (5 times), App com.maker.one (3 times)"));
        assertEquals("said once for all apps", 1, WholePhone.count(area, NOT_TOLD));
    }

    @Test
    @Config(minSdk = 29)
    public void thatNobodyWasConnectedIsSaidWithTheTimeFromWhichOnItIsKnown() throws Exception {
        counted();
        String text = shown();
        assertTrue(text, text.matches("(?s).*No other app was connected to it since [^\n]*\\d[^\n]*\n.*"));
    }

    @Test
    public void whatThePlatformDoesNotTellIsNotRead() throws Exception {
        if (android.os.Build.VERSION.SDK_INT >= 29) {
            counted();
            Shadows.shadowOf(app).denyPermissions("android.permission.PACKAGE_USAGE_STATS");
        }
        String text = shown();
        assertTrue(text, text.contains("Which apps connect to it was not read: "));
        assertTrue(text, text.contains(NOT_TOLD));
        assertFalse(text, text.contains("Connected to it since") || text.contains("No other app was connected"));
    }

    @Test
    @Config(maxSdk = 28)
    public void beforeAndroid10NothingIsCounted() throws Exception {
        assertTrue(shown().contains("connections are counted since Android 10"));
    }

    @Test
    @Config(qualifiers = "zh-rCN", minSdk = 29)
    public void itIsSaidInChinese() throws Exception {
        counted().connects("com.many", 10_150, WholePhone.UPDATER, WholePhone.UPDATER_UID, SERVICE, 5);
        String text = shown();
        assertTrue(text, text.contains("起连接过它的应用：com.many（5"));
        assertTrue(text, text.contains("安卓只统计连接。"));
    }
}
