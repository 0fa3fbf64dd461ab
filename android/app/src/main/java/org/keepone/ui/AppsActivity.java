// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.Menu;
import android.widget.SearchView;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;

/** Apps, found by their label or package name: all of them, those against the rule, or those not decided. */
public final class AppsActivity extends ScreenActivity implements SearchView.OnQueryTextListener {
    static final String ALL = "all";
    static final String FAILING = "failing";
    static final String OPEN = "open";
    private static final String WHICH = "which";
    private static final String QUERY = "query";

    private String query = "";

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String which) {
        return new Intent(from, AppsActivity.class).putExtra(WHICH, which);
    }

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        query = saved == null ? "" : saved.getString(QUERY, "");
        super.onCreate(saved);
    }

    @Override
    protected void onSaveInstanceState(@NonNull Bundle state) {
        super.onSaveInstanceState(state);
        state.putString(QUERY, query);
    }

    @Override
    public boolean onCreateOptionsMenu(@NonNull Menu menu) {
        getMenuInflater().inflate(R.menu.searching, menu);
        SearchView search = (SearchView) menu.findItem(R.id.search).getActionView();
        search.setQueryHint(getString(R.string.search));
        search.setMaxWidth(Integer.MAX_VALUE);
        if (!query.isEmpty()) {
            menu.findItem(R.id.search).expandActionView();
            search.setQuery(query, false);
        }
        search.setOnQueryTextListener(this);
        return true;
    }

    @Override
    public boolean onQueryTextChange(@NonNull String text) {
        query = text;
        showAgain();
        return true;
    }

    @Override
    public boolean onQueryTextSubmit(@NonNull String text) {
        return true;
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        Judgement judged = phone.judgement(progress);
        String which = String.valueOf(getIntent().getStringExtra(WHICH));
        Set<String> asked = asked(judged, which);
        List<Row.Item> found = new ArrayList<>();
        for (App app : judged.apps().values()) {
            if (asked == null || asked.contains(app.name())) {
                String name = Clean.fact(app.name());
                found.add(AppRows.item(say, app.name(), app, name.equals(say.label(app.name())) ? null : name));
            }
        }
        found.sort((one, other) -> String.CASE_INSENSITIVE_ORDER.compare(
                one.name().toString(), other.name().toString()));
        Page.Maker page = new Page.Maker().add(new Row.Title(title(say, which, found.size()), null));
        found.forEach(page::add);
        return page.page();
    }

    /** Narrows the rows to those whose label or package name holds what was typed. */
    @Override
    protected List<Row> rows(@NonNull Page page) {
        String wanted = query.trim().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return page.rows();
        }
        List<Row> rows = new ArrayList<>();
        boolean any = false;
        for (Row row : page.rows()) {
            boolean isApp = row instanceof Row.Item;
            if (!isApp || holds((Row.Item) row, wanted)) {
                rows.add(row);
                any |= isApp;
            }
        }
        if (!any) {
            rows.add(new Row.Note(Tone.PLAIN, getString(R.string.apps_none), null));
        }
        return rows;
    }

    private static boolean holds(@NonNull Row.Item app, @NonNull String wanted) {
        return app.name().toString().toLowerCase(Locale.ROOT).contains(wanted)
                || String.valueOf(app.sign().app()).toLowerCase(Locale.ROOT).contains(wanted);
    }

    @NonNull
    private static String title(@NonNull Say say, @NonNull String which, int count) {
        switch (which) {
            case FAILING:
                return say.count(R.plurals.beside_apps, count);
            case OPEN:
                return say.count(R.plurals.undecided_apps, count);
            default:
                return say.text(R.string.all_apps);
        }
    }

    /** Tells findings that are not decided; what was not read at all has a page of its own. */
    static boolean isOpen(@NonNull Judgement.Finding finding) {
        return Tone.of(finding.outcome()) == Tone.OPEN && !finding.code().equals("incomplete-inventory");
    }

    @Nullable
    private static Set<String> asked(@NonNull Judgement judged, @NonNull String which) {
        if (!which.equals(FAILING) && !which.equals(OPEN)) {
            return null;
        }
        Set<String> asked = new HashSet<>();
        for (Judgement.Finding finding : judged.findings()) {
            boolean isFailing = finding.outcome().equals("fail");
            if (which.equals(FAILING) ? isFailing : isOpen(finding)) {
                asked.addAll(finding.packages());
            }
        }
        return asked;
    }
}
