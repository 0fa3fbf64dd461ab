// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.List;

import android.content.Context;
import android.content.Intent;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/** One area of control over all apps; or one switch of it, with every app that has it. */
public final class AreaActivity extends ScreenActivity {
    private static final String AREA = "area";
    private static final String SWITCH = "switch";

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String area) {
        return new Intent(from, AreaActivity.class).putExtra(AREA, area);
    }

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String area, @NonNull String id) {
        return of(from, area).putExtra(SWITCH, id);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        String area = String.valueOf(getIntent().getStringExtra(AREA));
        String id = getIntent().getStringExtra(SWITCH);
        Judgement judged = phone.judgement(progress);
        Way way = phone.way();
        List<Sheet> sheets = phone.sheets(way.current(), progress);
        if (area.equals("auto-start")) {
            return new StartPage(say, judged, sheets).page();
        }
        if (area.equals("storage") && id == null) {
            return new StoragePage(say, judged, sheets).page();
        }
        AreaPage page = new AreaPage(say, judged, area, sheets, newest(phone));
        return id == null ? page.index() : page.apps(id);
    }

    /** What apps did lately; an area can be shown without. */
    @Nullable
    private static Event.Records newest(@NonNull Phone phone) {
        try {
            return phone.records(new Event.Filter(null, null, 0), null);
        } catch (Failure unread) {
            return null;
        }
    }
}
