// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.R;
import org.keepone.device.Fixtures;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Tampering;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** Whoever changes the record behind the app's back is found out on its screen: the app as it ships, core behind JNI included. */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class TamperedRecordTest {
    private static final String NAME = "com.maker.one";

    private ScreenApplication app;
    private File record;

    @Before
    public void aRecordOfSixEvents() throws Exception {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        ScreenApplication.use(null);
        Fixtures.install(Fixtures.systemApp(NAME));
        record = new Places(app).record();
        append(6);
    }

    private void append(int count) throws Exception {
        JSONArray events = new JSONArray();
        for (int i = 0; i < count; i++) {
            events.put(new JSONObject()
                    .put("when", Instant.now().minus(count - i, ChronoUnit.HOURS).toString())
                    .put("user", 0)
                    .put("package", NAME)
                    .put("kind", "access")
                    .put("what", "android:camera")
                    .put("origin", "live"));
        }
        JSONObject request = new JSONObject().put("ask", "append").put("events", events);
        new Engine().records(Fixtures.bytes(request.toString()), record);
    }

    private String shown() throws Exception {
        return Screen.open(app, RecordActivity.of(app, NAME)).text();
    }

    private void isFoundOut(Tampering tampering, String where) throws Exception {
        String whole = shown();
        assertTrue(whole, whole.contains(app.getResources().getQuantityString(R.plurals.record_kept, 6, 6)));
        assertFalse(whole, whole.contains(app.getString(R.string.record_damaged)));
        tampering.with(record);
        String damaged = shown();
        assertTrue(damaged, damaged.contains(app.getString(R.string.record_damaged) + "\n" + where));
        append(1);
        String later = shown();
        assertTrue("what is added does not cover it: " + later, later.contains(where));
    }

    @Test
    public void aChangedByteIsShown() throws Exception {
        isFoundOut(Tampering.BYTE_CHANGED, Tampering.BYTE_CHANGED.english());
    }

    @Test
    public void aDroppedLineIsShown() throws Exception {
        isFoundOut(Tampering.LINE_DROPPED, Tampering.LINE_DROPPED.english());
    }

    @Test
    public void swappedLinesAreShown() throws Exception {
        isFoundOut(Tampering.LINES_SWAPPED, Tampering.LINES_SWAPPED.english());
    }

    @Test
    @Config(qualifiers = "zh-rCN")
    public void aChangedByteIsShownInChinese() throws Exception {
        assertEquals("记录曾被更改或已损坏", app.getString(R.string.record_damaged));
        isFoundOut(Tampering.BYTE_CHANGED, Tampering.BYTE_CHANGED.chinese());
    }
}
