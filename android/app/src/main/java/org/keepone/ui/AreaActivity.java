// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.List;

import android.content.Context;
import android.content.Intent;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/** One area of control over all apps, for one user of the phone; or one switch of it, with every app that has it. */
public final class AreaActivity extends UserActivity {
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

    /** One switch of an area, as it stands for a user. */
    @NonNull
    static Intent of(@NonNull Context from, @NonNull String area, @NonNull String id, int user) {
        return about(of(from, area, id), user);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        String area = String.valueOf(getIntent().getStringExtra(AREA));
        String id = getIntent().getStringExtra(SWITCH);
        Judgement judged = phone.judgement(progress);
        Way way = phone.way();
        int of = user(way);
        List<Sheet> sheets = phone.sheets(of, progress);
        Page page;
        if (area.equals("auto-start")) {
            page = new StartPage(say, judged, sheets).page();
        } else if (area.equals("storage") && id == null) {
            page = new StoragePage(say, judged, sheets, of).page();
        } else {
            AreaPage made = new AreaPage(say, judged, area, sheets, of, newest(phone));
            page = id == null ? made.index() : made.apps(id);
        }
        return withUsers(page, say, Users.rows(say, way, of));
    }

    /** Puts the users to choose from below the title, since each may have other apps and other switches. */
    @NonNull
    private static Page withUsers(@NonNull Page page, @NonNull Say say, @NonNull List<Row> users) {
        Page.Maker made = new Page.Maker();
        for (Row row : page.rows()) {
            made.add(row);
            if (row instanceof Row.Title) {
                made.section(say.text(R.string.app_user), null, users);
            }
        }
        return made.page();
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
