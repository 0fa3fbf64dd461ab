// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Context;
import android.content.Intent;
import android.os.Bundle;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/** One app, for one user of the phone. */
public final class AppActivity extends ScreenActivity {
    private static final String NAME = "name";
    private static final String USER = "user";

    /** The user that the page is about; the work that makes a page reads it from another thread. */
    @Nullable private volatile Integer user;

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String name) {
        return new Intent(from, AppActivity.class).putExtra(NAME, name);
    }

    /** The page of an app as it stands for a user. */
    @NonNull
    static Intent of(@NonNull Context from, @NonNull String name, int user) {
        return of(from, name).putExtra(USER, user);
    }

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        Bundle chosen = saved != null && saved.containsKey(USER) ? saved : getIntent().getExtras();
        user = chosen != null && chosen.containsKey(USER) ? chosen.getInt(USER) : null;
        super.onCreate(saved);
    }

    @Override
    protected void onSaveInstanceState(@NonNull Bundle state) {
        super.onSaveInstanceState(state);
        Integer chosen = user;
        if (chosen != null) {
            state.putInt(USER, chosen);
        }
    }

    /** Shows the app for another user of the phone. */
    void show(int user) {
        this.user = user;
        reload();
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        String name = String.valueOf(getIntent().getStringExtra(NAME));
        Judgement judged = phone.judgement(progress);
        Way way = phone.way();
        Integer chosen = user;
        int of = chosen == null ? way.current() : chosen;
        App app = judged.apps().get(name);
        Sheet sheet = null;
        Failure unread = null;
        try {
            sheet = app == null ? null : phone.sheet(name, of);
        } catch (Failure failed) {
            // What the app is for and whether it can go stands without its switches.
            unread = failed;
        }
        Boolean installed = app == null ? null : phone.isInstalled(name, of);
        return new AppPage(say, judged, way, name, of, installed).page(sheet, unread);
    }
}
