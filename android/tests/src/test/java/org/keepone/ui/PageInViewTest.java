// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.Intent;
import android.widget.Adapter;
import android.widget.ListView;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.R;
import org.keepone.device.Heard;
import org.keepone.harness.PhoneRunner;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Wording;
import org.robolectric.annotation.Config;

/** A page in view shows what changed meanwhile, without losing what was told of the last thing done. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class PageInViewTest {
    private static final String NAME = WholePhone.NAME;
    private static final String CAMERA = Manifest.permission.CAMERA;

    private WholePhone phone;
    private Screen screen;

    @Before
    public void cameraIsOff() throws Exception {
        phone = new WholePhone().has(CAMERA).signedByThePlatform();
        screen = phone.turn(NAME, "Camera");
        phone.app().quiet();
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));
        assertTrue(screen.text(), screen.text().contains("read back"));
    }

    private void cameraIsGivenElsewhere() {
        phone.grant(CAMERA);
        phone.tells(Intent.ACTION_PACKAGE_CHANGED, NAME, 10_123);
    }

    private Object lastRow() {
        Adapter rows = ((ListView) screen.activity().findViewById(R.id.rows)).getAdapter();
        return rows.getItem(rows.getCount() - 1);
    }

    @Test
    public void whatChangedIsShownBelowWhatWasDone() throws Exception {
        cameraIsGivenElsewhere();
        phone.app().quiet();
        assertTrue(screen.text(), screen.text().contains("Camera\nOn"));
        assertTrue("how it came out stays", screen.text().contains("read back"));
    }

    @Test
    public void whatIsHeldAgainIsShown() throws Exception {
        cameraIsGivenElsewhere();
        phone.app().quiet();
        assertEquals(1, phone.holds());
        phone.app().quiet();
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));
    }

    @Test
    public void aPageOutOfViewWaitsUntilItIsComeBackTo() throws Exception {
        screen.controller().pause();
        cameraIsGivenElsewhere();
        phone.app().quiet();
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));
        screen.controller().resume();
        screen.settled();
        assertTrue(screen.text(), screen.text().contains("Camera\nOn"));
    }

    @Test
    public void nothingIsMadeAnewWhenNothingWasHeard() throws Exception {
        Object before = lastRow();
        phone.app().quiet();
        assertSame(before, lastRow());
        cameraIsGivenElsewhere();
        phone.app().quiet();
        assertNotSame(before, lastRow());
    }

    @Test
    public void whatFailedStaysUntilItIsTriedAgain() throws Exception {
        ScreenActivity activity = (ScreenActivity) screen.activity();
        activity.load((say, phone) -> {
            throw new Failure("internal", new Wording("a test's", "测试"), null);
        });
        screen.settled();
        Heard.phone();
        phone.app().quiet();
        assertTrue(screen.text(), screen.text().contains("a test's"));
        screen.touch("Try again");
        screen.settled();
        assertFalse(screen.text(), screen.text().contains("a test's"));
    }
}
