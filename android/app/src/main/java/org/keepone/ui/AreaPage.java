// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Sheet;

/** One area over all apps: every switch with how many apps may; and, switch by switch, which apps those are. */
final class AreaPage {
    /** What tells most about a person comes first; the order within each part is the core's. */
    private static final Set<String> SENSITIVE =
            Set.of("location", "camera", "microphone", "contacts", "call-log", "sms", "phone");

    /** Access that is given on pages of its own, apart from the permission groups. */
    private static final Set<String> SPECIAL = Set.of(
            "overlay", "write-settings", "usage-access", "all-files", "install-unknown-apps", "exact-alarm",
            "full-screen-intent", "manage-media", "notification-listener", "accessibility", "device-admin",
            "notification-policy");

    private final Say say;
    private final String area;
    private final List<Sheet> sheets;
    private final int user;
    private final LastUses uses;
    private final Map<String, String> names = new HashMap<>();

    AreaPage(
            @NonNull Say say,
            @NonNull String area,
            @NonNull List<Sheet> sheets,
            int user,
            @NonNull LastUses uses) {
        this.say = say;
        this.area = area;
        this.sheets = sheets;
        this.user = user;
        this.uses = uses;
        for (Sheet sheet : sheets) {
            Sheet.Area found = sheet.area(area);
            if (found != null) {
                found.switches().forEach(one -> names.putIfAbsent(one.id(), SwitchRows.name(say, one)));
            }
        }
    }

    /** Lists the switches of the area, sensitive ones first. */
    @NonNull
    Page index() {
        Map<String, int[]> counts = new LinkedHashMap<>();
        Map<String, Event> last = new HashMap<>();
        Map<String, String> none = new HashMap<>();
        for (Sheet sheet : sheets) {
            Sheet.Area found = sheet.area(area);
            if (found != null) {
                for (Sheet.Switch one : found.switches()) {
                    count(counts.computeIfAbsent(one.id(), id -> new int[2]), one);
                    Event event = uses.of(sheet.name(), one);
                    if (event != null) {
                        last.merge(one.id(), event, AreaPage::later);
                    } else {
                        none.putIfAbsent(one.id(), uses.none(one));
                    }
                }
            }
        }
        List<Row> first = new ArrayList<>();
        List<Row> then = new ArrayList<>();
        List<Row> special = new ArrayList<>();
        counts.forEach((id, count) -> {
            List<Row> part = SPECIAL.contains(id) ? special : SENSITIVE.contains(id) ? first : then;
            part.add(kind(id, count[0], count[1], when(last.get(id), none.get(id))));
        });
        Page.Maker page = new Page.Maker().add(new Row.Title(say.name("area", area), Areas.about(say, area)));
        if (area.equals("sensitive-permissions")) {
            first.addAll(then);
            page.section(say.text(R.string.area_sensitive), null, first);
            page.section(say.text(R.string.area_special), null, special);
        } else {
            page.section(say.text(R.string.controls), null, all(first, then, special));
        }
        if (counts.isEmpty()) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.area_no_app), null));
        }
        return page.page();
    }

    /** Lists the apps that have one switch: those that may, those of which it is not clear, those that may not. */
    @NonNull
    Page apps(@NonNull String id) {
        Map<Boolean, List<Row>> parts = new HashMap<>();
        for (Sheet sheet : sheets) {
            Sheet.Area found = sheet.area(area);
            if (found != null) {
                for (Sheet.Switch one : found.switches()) {
                    if (one.id().equals(id) && one.applies()) {
                        parts.computeIfAbsent(one.on(), on -> new ArrayList<>()).addAll(app(sheet, one));
                    }
                }
            }
        }
        Page.Maker page = new Page.Maker().add(new Row.Title(named(id), say.what("switch", id)));
        page.section(say.text(R.string.area_may_section), null, parts.getOrDefault(Boolean.TRUE, List.of()));
        page.section(say.text(R.string.area_open_section), null, parts.getOrDefault(null, List.of()));
        page.section(say.text(R.string.area_may_not_section), null, parts.getOrDefault(Boolean.FALSE, List.of()));
        if (parts.isEmpty()) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.area_no_app), null));
        }
        return page.page();
    }

    @NonNull
    private String named(@NonNull String id) {
        String name = names.get(id);
        return name == null ? say.name("switch", id) : name;
    }

    /** Returns the later event. Moments are written so that the order of the texts is theirs. */
    @NonNull
    private static Event later(@NonNull Event one, @NonNull Event other) {
        return String.valueOf(one.at()).compareTo(String.valueOf(other.at())) >= 0 ? one : other;
    }

    /** Says who used it last, or that no use is recorded. */
    @Nullable
    private String when(@Nullable Event event, @Nullable String none) {
        return event == null ? none : say.text(R.string.area_last, say.label(event.name()), uses.moment(event));
    }

    private static void count(@NonNull int[] count, @NonNull Sheet.Switch one) {
        switch (one.state()) {
            case "on":
            case "mixed":
                count[0]++;
                break;
            case "unknown":
                count[1]++;
                break;
            default:
                break;
        }
    }

    @NonNull
    private Row kind(@NonNull String id, int may, int open, @Nullable String when) {
        String counted = may == 0 ? say.text(R.string.area_nobody) : say.count(R.plurals.area_may, may);
        String unknown = open == 0 ? null : say.text(R.string.area_open, open);
        return new Row.Item(
                Pictures.of(id),
                named(id),
                say.joined(counted, unknown),
                when,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(AreaActivity.of(screen, area, id, user)));
    }

    @NonNull
    private List<Row> app(@NonNull Sheet sheet, @NonNull Sheet.Switch one) {
        String label = say.label(sheet.name());
        Event event = uses.of(sheet.name(), one);
        String when = event == null ? uses.none(one) : say.text(R.string.area_last_of, uses.moment(event));
        Row row = new SwitchRows(say, sheet.name(), label, sheet.user())
                .row(area, one, Sign.of(sheet.name()), label);
        return List.of(when == null ? row : dated(row, when));
    }

    /** Adds to a row when the app last did it. */
    @NonNull
    private Row dated(@NonNull Row row, @NonNull String when) {
        if (row instanceof Row.Toggle) {
            Row.Toggle one = (Row.Toggle) row;
            return new Row.Toggle(
                    one.sign(), one.name(), say.joined(said(one.about()), when), one.more(), one.on(), one.tap());
        }
        if (row instanceof Row.Item) {
            Row.Item one = (Row.Item) row;
            return new Row.Item(
                    one.sign(), one.name(), say.joined(said(one.about()), when), one.more(), one.end(),
                    one.endTone(), one.tap());
        }
        return row;
    }

    @Nullable
    private static String said(@Nullable CharSequence text) {
        return text == null ? null : text.toString();
    }

    @NonNull
    private static List<Row> all(@NonNull Collection<Row> first, @NonNull Collection<Row> then, @NonNull Collection<Row> last) {
        List<Row> all = new ArrayList<>(first);
        all.addAll(then);
        all.addAll(last);
        return all;
    }
}
