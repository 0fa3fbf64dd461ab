// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;
import org.keepone.ui.model.Wording;

/** The page of one app: may it go and who decided that, what it is for and why, and its switches. */
final class AppPage {
    private final Say say;
    private final Judgement judged;
    private final Way way;
    private final String name;
    private final int user;
    @Nullable private final App app;
    @Nullable private final Boolean installed;

    AppPage(
            @NonNull Say say,
            @NonNull Judgement judged,
            @NonNull Way way,
            @NonNull String name,
            int user,
            @Nullable Boolean installed) {
        this.say = say;
        this.judged = judged;
        this.way = way;
        this.name = name;
        this.user = user;
        this.app = judged.apps().get(name);
        this.installed = installed;
    }

    @NonNull
    Page page(@Nullable Sheet sheet, @Nullable Failure unread, @Nullable Starters starters) {
        Page.Maker page = new Page.Maker();
        String label = say.label(name);
        page.add(new Row.Title(label, label.equals(Clean.fact(name)) ? null : Clean.fact(name)));
        if (app == null) {
            return page.add(new Row.Note(Tone.OPEN, say.text(R.string.app_gone), null)).page();
        }
        page.add(verdict(app));
        commands(page, app);
        users(page);
        page.section(say.text(R.string.app_for), null, purpose(app));
        page.section(say.text(R.string.app_found), null, findings());
        if (sheet != null) {
            SwitchRows switches = new SwitchRows(say, name, label, user);
            (starters == null ? switches : switches.saying(starters::all)).areas(page, sheet);
        } else {
            String why = unread == null ? null : Clean.fact(say.of(unread.wording()));
            page.add(new Row.Note(Tone.OPEN, say.text(R.string.app_no_switch), why));
        }
        page.section(say.text(R.string.happened), null, List.of(record()));
        page.section(say.text(R.string.app_where), null, where(app));
        return page.page();
    }

    @NonNull
    private Row verdict(@NonNull App app) {
        if (Boolean.FALSE.equals(installed)) {
            return new Row.Verdict(
                    Tone.PLAIN, say.text(R.string.app_removed), say.text(R.string.remove_here), null);
        }
        App.Removability removability = app.removability();
        if (removability == null) {
            return new Row.Verdict(Tone.OPEN, say.text(R.string.app_unknown), say.name("reason", "not-read"), null);
        }
        Boolean may = removability.uninstallable();
        List<String> more = new ArrayList<>();
        more.add(say.what("reason", removability.reason()));
        if (!removability.decidedBy().isEmpty()) {
            more.add(say.text(R.string.app_decided_by, Clean.fact(removability.decidedBy())));
        }
        Wording left = judged.runTime().leaves().get(name);
        if (left != null) {
            more.add(say.joined(say.text(R.string.app_in_image), Clean.fact(say.of(left))));
        }
        more.add(kept());
        Tone tone = may == null ? Tone.OPEN : may ? Tone.GOOD : isFailing() ? Tone.BAD : Tone.PLAIN;
        int said = may == null ? R.string.app_unknown : may ? R.string.app_removable : R.string.app_fixed;
        return new Row.Verdict(tone, say.text(said), say.name("reason", removability.reason()), say.lines(more));
    }

    /** Says for which groups the app is the one that stays, and why it was chosen. */
    @Nullable
    private String kept() {
        List<String> lines = new ArrayList<>();
        for (Judgement.Group group : judged.groups()) {
            boolean isKept = group.allowed() != null && group.held().size() <= group.allowed();
            if (group.held().contains(name) && isKept) {
                String of = say.of(group.name());
                lines.add(say.text(R.string.app_kept, of == null ? say.name("group", group.id()) : of));
                for (Wording reason : group.because().getOrDefault(name, List.of())) {
                    lines.add(Clean.fact(say.of(reason)));
                }
            }
        }
        return say.lines(lines);
    }

    private boolean isFailing() {
        for (Judgement.Finding finding : judged.findings()) {
            if (finding.outcome().equals("fail") && finding.packages().contains(name)) {
                return true;
            }
        }
        return false;
    }

    private void commands(@NonNull Page.Maker page, @NonNull App app) {
        String label = say.label(name);
        boolean isOurs = way.kind() != Way.Kind.ORDINARY;
        if (Boolean.FALSE.equals(installed)) {
            if (isOurs) {
                Consent consent = new Consent(
                        say.text(R.string.bring_back_ask, label),
                        say.text(R.string.bring_back_about),
                        null,
                        say.text(R.string.bring_back_inverse),
                        say.text(R.string.bring_back));
                page.add(new Row.Command(
                        say.text(R.string.bring_back),
                        say.text(R.string.bring_back_about),
                        screen -> screen.ask(consent, Deed.of(Deed.Kind.BRING_BACK, name, user))));
            }
            return;
        }
        Boolean destroys = judged.runTime().removable().get(name);
        if (destroys != null && isOurs) {
            Consent consent = new Consent(
                    say.text(R.string.remove_ask, label),
                    say.text(R.string.remove_about),
                    destroys ? say.text(R.string.remove_loses) : null,
                    say.text(R.string.remove_inverse),
                    say.text(R.string.remove));
            page.add(new Row.Command(
                    say.text(R.string.remove),
                    say.text(R.string.remove_here),
                    screen -> screen.ask(consent, Deed.of(Deed.Kind.REMOVE, name, user))));
            return;
        }
        boolean mayGo = app.removability() != null && Boolean.TRUE.equals(app.removability().uninstallable());
        if ((mayGo || destroys != null) && !SystemPages.opensFor(way, user)) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.remove_page), say.text(R.string.page_of_other)));
        } else if (mayGo || destroys != null) {
            page.add(new Row.Command(
                    say.text(R.string.remove_page),
                    say.text(R.string.remove_page_about, say.text(SystemPages.name("app-details"))),
                    screen -> screen.openPage(List.of(), name, user)));
        }
    }

    private void users(@NonNull Page.Maker page) {
        page.section(say.text(R.string.app_user), null, Users.rows(say, way, user));
    }

    @NonNull
    private List<Row> purpose(@NonNull App app) {
        List<Row> rows = new ArrayList<>();
        for (App.Membership membership : app.groups()) {
            boolean isMember = membership.status().equals("member");
            List<String> evidence = new ArrayList<>();
            for (App.Evidence fact : membership.evidence()) {
                evidence.add(Origins.line(say, fact));
            }
            rows.add(new Row.Item(
                    Pictures.of(membership.id()),
                    say.name("group", membership.id()),
                    say.joined(
                            say.text(isMember ? R.string.app_member : R.string.app_review),
                            say.text(R.string.app_score, membership.score())),
                    say.lines(evidence),
                    isMember ? 0 : R.drawable.ic_unknown,
                    Tone.OPEN,
                    null));
        }
        if (rows.isEmpty()) {
            rows.add(new Row.Item(
                    Sign.drawn(R.drawable.ic_app), say.text(R.string.app_for_nothing), null, null, 0, Tone.PLAIN, null));
        }
        rows.add(new Row.Item(
                Sign.drawn(R.drawable.ic_search),
                say.text(R.string.app_scope),
                say.name("scope", app.scope()),
                say.what("scope", app.scope()),
                0,
                Tone.PLAIN,
                null));
        return rows;
    }

    @NonNull
    private List<Row> findings() {
        List<Row> rows = new ArrayList<>();
        for (Judgement.Finding finding : judged.findings()) {
            if (finding.packages().contains(name)) {
                rows.add(new Row.Note(
                        Tone.of(finding.outcome()),
                        say.joined(say.name("finding", finding.code()), say.name("outcome", finding.outcome())),
                        say.what("finding", finding.code())));
            }
        }
        return rows;
    }

    @NonNull
    private Row record() {
        return new Row.Item(
                Sign.drawn(R.drawable.ic_record),
                say.text(R.string.app_record),
                say.text(R.string.record_about),
                null,
                R.drawable.ic_next,
                Tone.PLAIN,
                screen -> screen.startActivity(RecordActivity.of(screen, name, user)));
    }

    @NonNull
    private List<Row> where(@NonNull App app) {
        return List.of(new Row.Item(
                Sign.drawn(R.drawable.ic_files), Clean.fact(app.path()), null, null, 0, Tone.PLAIN, null));
    }
}
