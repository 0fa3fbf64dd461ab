// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/**
 * The switches of one app for one user. A switch that cannot be set from here says why, and opens the system's page
 * where there is one and it can be shown.
 */
final class SwitchRows {
    private final Say say;
    private final String name;
    private final String label;
    private final int user;
    private final Way way;

    /** Says more below a switch. */
    private BiFunction<String, Sheet.Switch, List<String>> more = (name, one) -> List.of();

    SwitchRows(@NonNull Say say, @NonNull String name, @NonNull String label, int user) {
        this.say = say;
        this.name = name;
        this.label = label;
        this.user = user;
        this.way = say.way();
    }

    /** Says below a switch what else is known of it. */
    @NonNull
    SwitchRows saying(@NonNull BiFunction<String, Sheet.Switch, List<String>> more) {
        this.more = more;
        return this;
    }

    /** Adds every area of a sheet with its switches. */
    void areas(@NonNull Page.Maker page, @NonNull Sheet sheet) {
        if (sheet.untouchable() != null) {
            String why = Clean.fact(say.of(sheet.untouchable()));
            page.add(new Row.Note(Tone.OPEN, say.text(R.string.untouchable), why));
        }
        for (Sheet.Area area : sheet.areas()) {
            List<Row> rows = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (Sheet.Switch one : area.switches()) {
                if (one.applies()) {
                    rows.add(row(area.id(), one, Pictures.of(one.id()), name(say, one)));
                } else if (!area.id().equals("processing-record")) {
                    others.add(name(say, one));
                }
            }
            if (!others.isEmpty()) {
                rows.add(new Row.Item(
                        Sign.NONE, say.text(R.string.not_asked), say.list(others), null, 0, Tone.PLAIN, null));
            }
            String title = say.of(area.name());
            page.section(title == null ? say.name("area", area.id()) : title, null, rows);
        }
    }

    /** Returns the core's name of a switch. */
    @NonNull
    static String name(@NonNull Say say, @NonNull Sheet.Switch one) {
        String name = say.of(one.name());
        return name == null ? say.name("switch", one.id()) : name;
    }

    /** Makes the row of one switch under a name: its own on an app's page, the app's on a switch's page. */
    @NonNull
    Row row(@NonNull String area, @NonNull Sheet.Switch one, @NonNull Sign sign, @NonNull String title) {
        String about = SwitchWords.about(say, one);
        List<String> lines = SwitchWords.lines(say, one);
        lines.addAll(more.apply(name, one));
        switch (one.may()) {
            case SET:
                return settable(area, one, sign, title, about, lines);
            case OPEN_PAGE:
                if (!SystemPages.opensFor(way, user)) {
                    lines.add(say.text(R.string.page_of_other));
                    return new Row.Item(
                            sign, title, about, say.lines(lines), R.drawable.ic_lock, Tone.PLAIN, null);
                }
                String page = SystemPages.pageFor(way, user, one.page() == null ? "app-details" : one.page());
                lines.add(say.text(R.string.opens_page, say.text(SystemPages.name(page))));
                return new Row.Item(
                        sign,
                        title,
                        about,
                        say.lines(lines),
                        R.drawable.ic_open,
                        Tone.PLAIN,
                        screen -> screen.openPage(one.opens(), name, user));
            default:
                if (one.kind().equals("told")) {
                    return new Row.Item(sign, title, about, say.lines(lines), 0, Tone.PLAIN, null);
                }
                if (one.cannot() == null) {
                    lines.add(say.text(R.string.cannot_set));
                }
                return new Row.Item(
                        sign, title, about, say.lines(lines), R.drawable.ic_lock, Tone.PLAIN, null);
        }
    }

    @NonNull
    private Row settable(
            @NonNull String area,
            @NonNull Sheet.Switch one,
            @NonNull Sign sign,
            @NonNull String title,
            @Nullable String about,
            @NonNull List<String> lines) {
        Deed off = Deed.set(name, user, area, one.id(), "off");
        if (one.isAction()) {
            Row.Tap clear = screen -> screen.ask(clearing(one), off);
            return new Row.Item(sign, title, about, say.lines(lines), R.drawable.ic_remove, Tone.BAD, clear);
        }
        Boolean on = one.on();
        if (on == null && !one.state().equals("mixed")) {
            lines.add(say.text(R.string.turn_off));
            Row.Tap turn = screen -> screen.ask(turning(one, false), off);
            return new Row.Item(sign, title, about, say.lines(lines), R.drawable.ic_unknown, Tone.OPEN, turn);
        }
        boolean isOn = on == null || on;
        Deed deed = isOn ? off : Deed.set(name, user, area, one.id(), "on");
        return new Row.Toggle(
                sign, title, about, say.lines(lines), isOn, screen -> screen.ask(turning(one, !isOn), deed));
    }

    @NonNull
    private Consent turning(@NonNull Sheet.Switch one, boolean on) {
        List<String> about = new ArrayList<>();
        about.add(say.of(one.limit()));
        about.add(say.of(one.cannot()));
        about.add(say.text(way.isHeld(user) ? R.string.keeps_choice : R.string.set_once));
        return new Consent(
                say.text(on ? R.string.on_ask : R.string.off_ask, name(say, one), label),
                say.lines(about),
                null,
                say.text(on ? R.string.on_inverse : R.string.off_inverse),
                say.text(on ? R.string.on_yes : R.string.off_yes));
    }

    @NonNull
    private Consent clearing(@NonNull Sheet.Switch one) {
        return new Consent(
                say.text(R.string.clear_ask, name(say, one), label),
                say.of(one.limit()),
                say.text(one.destroys() ? R.string.clear_data_loses : R.string.clear_cache_loses),
                say.text(R.string.consent_no_inverse),
                say.text(R.string.clear_yes));
    }
}
