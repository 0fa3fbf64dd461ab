// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;

/** Which apps start by themselves, are started by others, and run in the background: three switches, kept apart. */
final class StartPage {
    private static final String AREA = "auto-start";

    private final Say say;
    private final Judgement judged;
    private final List<Sheet> sheets;
    private final Starters starters;

    StartPage(
            @NonNull Say say, @NonNull Judgement judged, @NonNull List<Sheet> sheets, @NonNull Starters starters) {
        this.say = say;
        this.judged = judged;
        this.sheets = sheets;
        this.starters = starters;
    }

    /** Apps with something to set come first, each with its switches below its name. */
    @NonNull
    Page page() {
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.name("area", AREA), Areas.about(say, AREA)));
        page.add(new Row.Note(Tone.PLAIN, say.text(R.string.starts_by_whom), say.lines(starters.limits())));
        boolean any = false;
        for (boolean settable : new boolean[] {true, false}) {
            for (Sheet sheet : sheets) {
                Sheet.Area area = sheet.area(AREA);
                if (area != null && isSettable(area) == settable) {
                    any |= app(page, sheet, area);
                }
            }
        }
        if (!any) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.area_no_app), null));
        }
        return page.page();
    }

    private boolean app(@NonNull Page.Maker page, @NonNull Sheet sheet, @NonNull Sheet.Area area) {
        App app = judged.apps().get(sheet.name());
        String label = say.label(sheet.name());
        SwitchRows switches = new SwitchRows(say, sheet.name(), label, sheet.user()).saying(starters::lines);
        List<Row> rows = new ArrayList<>();
        for (Sheet.Switch one : area.switches()) {
            if (one.applies()) {
                rows.add(switches.row(AREA, one, Pictures.of(one.id()), SwitchRows.name(say, one)));
            }
        }
        page.section(label, null, rows);
        return !rows.isEmpty();
    }

    private static boolean isSettable(@NonNull Sheet.Area area) {
        for (Sheet.Switch one : area.switches()) {
            if (one.may() == Sheet.May.SET && one.applies()) {
                return true;
            }
        }
        return false;
    }
}
