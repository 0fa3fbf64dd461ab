// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Way;

/** The first page: the verdict, what is wrong with it, each function group, the switches, what happened. */
final class OverviewPage {
    /** The areas of control, under the core's names, in the order of the rule. */
    static final List<String> AREAS = List.of(
            "auto-start", "personal-information", "sensitive-permissions", "device-identifiers", "storage");

    private final Say say;
    private final Judgement judged;
    private final Way way;

    OverviewPage(@NonNull Say say, @NonNull Judgement judged, @NonNull Way way) {
        this.say = say;
        this.judged = judged;
        this.way = way;
    }

    @NonNull
    Page page() {
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.text(R.string.app_name), say.text(R.string.overview_summary)));
        page.add(verdict());
        page.section(say.text(R.string.mistakes), say.text(R.string.mistakes_about), mistakes());
        if (judged.runTime().canHold() && way.kind() != Way.Kind.ORDINARY) {
            page.add(new Row.Command(say.text(R.string.hold), say.text(R.string.hold_about), holdTap()));
        }
        page.section(say.text(R.string.groups), say.text(R.string.groups_about), groups());
        page.section(say.text(R.string.beside), null, beside());
        page.section(say.text(R.string.controls), null, controls());
        page.section(say.text(R.string.happened), null, happened());
        page.section(say.text(R.string.everything), null, everything());
        return page.page();
    }

    @NonNull
    private Row verdict() {
        Judgement.Verdict verdict = judged.verdict();
        String name = say.of(verdict.name());
        List<String> more = new ArrayList<>();
        more.add(say.of(verdict.counts()));
        more.add(say.of(verdict.rule()));
        return new Row.Verdict(
                Tone.of(verdict.outcome()),
                name == null ? say.name("outcome", verdict.outcome()) : name,
                say.of(verdict.sentence()),
                say.lines(more));
    }

    @NonNull
    private List<Row> mistakes() {
        List<Row> rows = new ArrayList<>();
        for (Judgement.Mistake mistake : judged.mistakes()) {
            String at = say.text(
                    R.string.mistake_at, Clean.fact(mistake.path()), mistake.line(), mistake.column());
            rows.add(new Row.Note(Tone.OPEN, Clean.fact(say.of(mistake.message())), at));
        }
        return rows;
    }

    @NonNull
    private Row.Tap holdTap() {
        Judgement.RunTime run = judged.runTime();
        List<String> about = new ArrayList<>();
        if (!run.blocked().isEmpty()) {
            about.add(say.count(R.plurals.hold_keeps, run.blocked().size()));
            about.add(named(R.string.hold_kept, run.blocked()));
        }
        if (!run.freed().isEmpty()) {
            about.add(say.count(R.plurals.hold_frees, run.freed().size()));
        }
        if (way.users().size() > 1) {
            about.add(say.count(R.plurals.hold_users, way.users().size()));
        }
        about.add(say.text(R.string.hold_image));
        Consent consent = new Consent(
                say.text(R.string.hold_ask),
                say.lines(about),
                null,
                say.text(R.string.hold_inverse),
                say.text(R.string.hold_yes));
        return screen -> screen.ask(consent, Deed.of(Deed.Kind.HOLD, "", way.current()));
    }

    @NonNull
    private List<Row> groups() {
        List<Row> rows = new ArrayList<>();
        for (Judgement.Group group : judged.groups()) {
            if (group.allowed() == null) {
                continue;
            }
            String name = say.of(group.name());
            Tone tone = Tone.of(group.outcome());
            List<String> others = new ArrayList<>();
            others.add(named(R.string.group_too_many, group.tooMany()));
            others.add(named(R.string.group_open, group.open()));
            others.add(named(R.string.group_removable, group.removable()));
            String keeper = named(R.string.group_keeper, group.keepers());
            String more = say.lines(others);
            String about = keeper == null && more == null ? say.text(R.string.group_nobody) : keeper;
            rows.add(new Row.Item(
                    Pictures.of(group.id()),
                    name == null ? say.name("group", group.id()) : name,
                    say.joined(say.of(group.state()), about),
                    more,
                    tone.sign,
                    tone,
                    screen -> screen.startActivity(GroupActivity.of(screen, group.id()))));
        }
        return rows;
    }

    @Nullable
    private String named(int text, @NonNull Collection<String> packages) {
        if (packages.isEmpty()) {
            return null;
        }
        List<String> labels = new ArrayList<>();
        for (String name : packages) {
            labels.add(say.label(name));
        }
        return say.text(text, say.list(labels));
    }

    @NonNull
    private List<Row> beside() {
        Set<String> failing = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>();
        for (Judgement.Finding finding : judged.findings()) {
            if (finding.outcome().equals("fail")) {
                failing.addAll(finding.packages());
            } else if (AppsActivity.isOpen(finding)) {
                open.addAll(finding.packages());
            }
        }
        List<Row> rows = new ArrayList<>();
        if (!failing.isEmpty()) {
            rows.add(list(say.count(R.plurals.beside_apps, failing.size()), Tone.BAD, AppsActivity.FAILING));
        }
        if (!open.isEmpty()) {
            rows.add(list(say.count(R.plurals.undecided_apps, open.size()), Tone.OPEN, AppsActivity.OPEN));
        }
        return rows;
    }

    @NonNull
    private static Row list(@NonNull String name, @NonNull Tone tone, @NonNull String which) {
        return new Row.Item(
                Sign.drawn(R.drawable.ic_app),
                name,
                null,
                null,
                tone.sign,
                tone,
                screen -> screen.startActivity(AppsActivity.of(screen, which)));
    }

    @NonNull
    private List<Row> controls() {
        List<Row> rows = new ArrayList<>();
        rows.add(wayRow());
        for (String area : AREAS) {
            rows.add(new Row.Item(
                    Pictures.of(area),
                    say.name("area", area),
                    Areas.about(say, area),
                    null,
                    R.drawable.ic_next,
                    Tone.PLAIN,
                    screen -> screen.startActivity(AreaActivity.of(screen, area))));
        }
        return rows;
    }

    @NonNull
    private Row wayRow() {
        switch (way.kind()) {
            case PLATFORM_SIGNED:
                return way(Tone.GOOD, R.string.way_platform_signed, R.string.way_platform_signed_about);
            case PRIVILEGED:
                return way(Tone.PLAIN, R.string.way_privileged, R.string.way_privileged_about);
            default:
                return way(Tone.OPEN, R.string.way_ordinary, R.string.way_ordinary_about);
        }
    }

    @NonNull
    private Row way(@NonNull Tone tone, int name, int about) {
        return new Row.Note(tone, say.text(name), say.text(about));
    }

    @NonNull
    private List<Row> happened() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row.Item(
                Sign.drawn(R.drawable.ic_record),
                say.name("area", "processing-record"),
                say.text(R.string.record_about),
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(RecordActivity.of(screen, null))));
        rows.add(new Row.Item(
                Sign.drawn(R.drawable.ic_changes),
                say.text(R.string.changes),
                say.text(R.string.changes_about),
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(ChangesActivity.of(screen))));
        return rows;
    }

    @NonNull
    private List<Row> everything() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row.Item(
                Sign.drawn(R.drawable.ic_app),
                say.text(R.string.all_apps),
                say.count(R.plurals.apps_read, judged.apps().size()),
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(AppsActivity.of(screen, AppsActivity.ALL))));
        int unread = judged.unread().size();
        Tone tone = unread == 0 ? Tone.GOOD : Tone.OPEN;
        rows.add(new Row.Item(
                Sign.drawn(R.drawable.ic_unknown),
                say.text(R.string.not_read),
                unread == 0
                        ? say.text(R.string.not_read_nothing)
                        : say.count(R.plurals.not_read_count, unread),
                null,
                unread == 0 ? tone.sign : R.drawable.ic_next,
                tone,
                screen -> screen.startActivity(NotReadActivity.of(screen))));
        return rows;
    }
}
