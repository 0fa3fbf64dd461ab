// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import android.content.Context;
import android.content.Intent;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Wording;

/** One function group: which app stays and why, and the others. */
public final class GroupActivity extends ScreenActivity {
    private static final String GROUP = "group";

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String group) {
        return new Intent(from, GroupActivity.class).putExtra(GROUP, group);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        Judgement judged = phone.judgement(progress);
        String id = String.valueOf(getIntent().getStringExtra(GROUP));
        Page.Maker page = new Page.Maker();
        for (Judgement.Group group : judged.groups()) {
            if (group.id().equals(id)) {
                String name = say.of(group.name());
                page.add(new Row.Title(name == null ? say.name("group", id) : name, null));
                String state = say.of(group.state());
                if (state != null) {
                    page.add(new Row.Note(Tone.of(group.outcome()), state, say.text(R.string.groups_about)));
                }
                apps(page, say, judged, group, R.string.group_stay, group.keepers());
                apps(page, say, judged, group, R.string.group_should_go, group.tooMany());
                apps(page, say, judged, group, R.string.app_unknown, group.open());
                apps(page, say, judged, group, R.string.app_removable, group.removable());
            }
        }
        return page.page();
    }

    private static void apps(
            @NonNull Page.Maker page,
            @NonNull Say say,
            @NonNull Judgement judged,
            @NonNull Judgement.Group group,
            int heading,
            @NonNull List<String> names) {
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            App app = judged.apps().get(name);
            List<String> because = new ArrayList<>();
            for (Wording reason : group.because().getOrDefault(name, List.of())) {
                because.add(Clean.fact(say.of(reason)));
            }
            rows.add(AppRows.item(say, name, app, say.lines(because)));
        }
        page.section(say.text(heading), null, rows);
    }
}
