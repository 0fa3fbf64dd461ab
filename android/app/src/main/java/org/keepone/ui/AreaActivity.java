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
            page = new StartPage(say, judged, sheets, new Starters(say, phone.connected(of))).page();
        } else if (area.equals("storage") && id == null) {
            page = new StoragePage(say, judged, sheets, of).page();
        } else {
            page = uses(say, phone, area, id, sheets, of);
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

    /** Makes the page with what apps of the user last used; an area can be shown without, and then says so. */
    @NonNull
    private static Page uses(
            @NonNull Say say,
            @NonNull Phone phone,
            @NonNull String area,
            @Nullable String id,
            @NonNull List<Sheet> sheets,
            int of) {
        Event.Last last = null;
        Row.Note note = null;
        try {
            last = phone.last("access", of);
        } catch (Failure unread) {
            String why = Clean.fact(say.of(unread.wording()));
            note = new Row.Note(Tone.OPEN, say.text(R.string.area_last_unread), why);
        }
        AreaPage made = new AreaPage(say, area, sheets, of, new LastUses(say, last));
        Page page = id == null ? made.index() : made.apps(id);
        return note == null ? page : page.with(note);
    }
}
