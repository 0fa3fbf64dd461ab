// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;

/** How much room each app takes, largest first, and who may touch all files. */
final class StoragePage {
    private static final String AREA = "storage";
    private static final String ALL_FILES = "all-files";

    private final Say say;
    private final Judgement judged;
    private final List<Sheet> sheets;
    private final int user;

    StoragePage(@NonNull Say say, @NonNull Judgement judged, @NonNull List<Sheet> sheets, int user) {
        this.say = say;
        this.judged = judged;
        this.sheets = sheets;
        this.user = user;
    }

    @NonNull
    Page page() {
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.name("area", AREA), Areas.about(say, AREA)));
        String allFiles = say.name("switch", ALL_FILES);
        int may = 0;
        for (Sheet sheet : sheets) {
            Sheet.Area area = sheet.area(AREA);
            if (area != null) {
                for (Sheet.Switch one : area.switches()) {
                    allFiles = one.id().equals(ALL_FILES) ? SwitchRows.name(say, one) : allFiles;
                    may += one.id().equals(ALL_FILES) && Boolean.TRUE.equals(one.on()) ? 1 : 0;
                }
            }
        }
        page.add(new Row.Item(
                Pictures.of(ALL_FILES),
                allFiles,
                may == 0 ? say.text(R.string.area_nobody) : say.count(R.plurals.area_may, may),
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(AreaActivity.of(screen, AREA, ALL_FILES, user))));
        page.section(say.text(R.string.storage_by_size), null, apps());
        return page.page();
    }

    @NonNull
    private List<Row> apps() {
        List<Sheet> bySize = new ArrayList<>(sheets);
        bySize.removeIf(sheet -> sheet.area(AREA) == null);
        Comparator<Sheet> size = Comparator.comparingLong(sheet -> {
            Long sum = Sizes.sum(sheet.area(AREA));
            return sum == null ? -1 : sum;
        });
        bySize.sort(size.reversed());
        List<Row> rows = new ArrayList<>();
        for (Sheet sheet : bySize) {
            App app = judged.apps().get(sheet.name());
            rows.add(new Row.Item(
                    Sign.of(sheet.name()),
                    say.label(sheet.name()),
                    say.size(Sizes.sum(sheet.area(AREA))),
                    parts(sheet.area(AREA)),
                    R.drawable.ic_next,
                    Tone.PLAIN,
                    screen -> screen.startActivity(AppActivity.of(screen, sheet.name(), user))));
        }
        return rows;
    }

    @Nullable
    private String parts(@NonNull Sheet.Area area) {
        List<String> parts = new ArrayList<>();
        for (Sheet.Switch one : area.switches()) {
            for (Sheet.Size size : one.sizes()) {
                parts.add(Sizes.part(say, size));
            }
        }
        return say.joined(parts.toArray(new String[0]));
    }
}
