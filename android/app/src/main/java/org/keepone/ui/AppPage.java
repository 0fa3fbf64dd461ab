// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
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
    private final Standing standing;

    /**
     * How the app stands for the user.
     *
     * @param installed whether the user has it; {@code null} when that is not known
     * @param removed whether it was this app that removed it
     * @param removal what its removal would change and lose; {@code null} where none is offered
     */
    record Standing(@Nullable Boolean installed, boolean removed, @Nullable Foresight removal) {
        /** Returns whether the user is known not to have it. */
        boolean isAway() {
            return Boolean.FALSE.equals(installed);
        }
    }

    AppPage(
            @NonNull Say say,
            @NonNull Judgement judged,
            @NonNull Way way,
            @NonNull String name,
            int user,
            @NonNull Standing standing) {
        this.say = say;
        this.judged = judged;
        this.way = way;
        this.name = name;
        this.user = user;
        this.app = judged.apps().get(name);
        this.standing = standing;
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
        if (standing.isAway()) {
            return standing.removed()
                    ? new Row.Verdict(Tone.PLAIN, say.text(R.string.app_removed), say.text(R.string.remove_here), null)
                    : new Row.Verdict(
                            Tone.PLAIN,
                            say.text(R.string.app_not_installed),
                            say.text(R.string.app_not_installed_about),
                            null);
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
            if (group.allowed() != null && group.keepers().contains(name)) {
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
        if (standing.isAway()) {
            if (way.kind() != Way.Kind.ORDINARY) {
                page.add(bringBack());
            }
            return;
        }
        Foresight removal = standing.removal();
        if (removal != null && removal.hindrance() == null) {
            page.add(new Row.Command(
                    say.text(R.string.remove),
                    say.text(R.string.remove_here),
                    screen -> screen.ask(removing(removal), Deed.of(Deed.Kind.REMOVE, name, user))));
            return;
        }
        boolean mayGo = app.removability() != null && Boolean.TRUE.equals(app.removability().uninstallable());
        boolean wouldGo = mayGo || judged.runTime().removable().containsKey(name);
        if (wouldGo && !SystemPages.opensFor(way, user)) {
            page.add(new Row.Note(Tone.PLAIN, say.text(R.string.remove_page), say.text(R.string.page_of_other)));
        } else if (wouldGo) {
            String because = removal == null ? null : Clean.fact(say.of(removal.hindrance()));
            String about = say.text(R.string.remove_page_about, say.text(SystemPages.name("app-details")));
            page.add(new Row.Command(
                    say.text(R.string.remove_page),
                    because == null ? about : about + "\n" + because,
                    screen -> screen.openPage(List.of(), name, user)));
        }
    }

    /** Asks for a removal: everything that changes with it is named. */
    @NonNull
    private Consent removing(@NonNull Foresight removal) {
        List<String> about = new ArrayList<>();
        about.add(say.text(R.string.remove_about));
        for (Foresight.Handover handover : removal.handovers()) {
            String role = RoleNames.of(say, handover.role());
            about.add(say.text(R.string.remove_hands, role, say.label(handover.to())));
        }
        List<String> loses = new ArrayList<>();
        if (Boolean.TRUE.equals(judged.runTime().removable().get(name))) {
            loses.add(say.text(R.string.remove_loses));
            loses.add(say.text(R.string.storage_data, say.size(removal.bytes())));
        }
        for (Wording setting : removal.settings()) {
            loses.add(Clean.fact(say.of(setting)));
        }
        return new Consent(
                say.text(R.string.remove_ask, say.label(name)),
                say.lines(about),
                say.lines(loses),
                say.text(R.string.remove_inverse),
                say.text(R.string.remove));
    }

    @NonNull
    private Row bringBack() {
        String about = say.text(standing.removed() ? R.string.bring_back_about : R.string.bring_in_about);
        Consent consent = new Consent(
                say.text(R.string.bring_back_ask, say.label(name)),
                about,
                null,
                say.text(standing.removed() ? R.string.bring_back_inverse : R.string.done_read_back),
                say.text(R.string.bring_back));
        return new Row.Command(
                say.text(R.string.bring_back),
                about,
                screen -> screen.ask(consent, Deed.of(Deed.Kind.BRING_BACK, name, user)));
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
