// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Context;
import android.content.Intent;

import org.keepone.annotation.NonNull;
import org.keepone.ui.model.App;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Foresight;
import org.keepone.ui.model.Judgement;
import org.keepone.ui.model.Sheet;
import org.keepone.ui.model.Way;

/** One app, for one user of the phone. */
public final class AppActivity extends UserActivity {
    private static final String NAME = "name";

    @NonNull
    static Intent of(@NonNull Context from, @NonNull String name) {
        return new Intent(from, AppActivity.class).putExtra(NAME, name);
    }

    /** The page of an app as it stands for a user. */
    @NonNull
    static Intent of(@NonNull Context from, @NonNull String name, int user) {
        return about(of(from, name), user);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        String name = String.valueOf(getIntent().getStringExtra(NAME));
        Judgement judged = phone.judgement(progress);
        Way way = phone.way();
        int of = user(way);
        App app = judged.apps().get(name);
        Sheet sheet = null;
        Failure unread = null;
        try {
            sheet = app == null ? null : phone.sheet(name, of);
        } catch (Failure failed) {
            // What the app is for and whether it can go stands without its switches.
            unread = failed;
        }
        Starters starters = sheet == null ? null : new Starters(say, phone.connected(of));
        AppPage.Standing standing = standing(phone, judged, way, name, of);
        return new AppPage(say, judged, way, name, of, standing).page(sheet, unread, starters);
    }

    @NonNull
    private static AppPage.Standing standing(
            @NonNull Phone phone, @NonNull Judgement judged, @NonNull Way way, @NonNull String name, int user)
            throws Failure {
        if (!judged.apps().containsKey(name)) {
            return new AppPage.Standing(null, false, null);
        }
        Boolean installed = phone.isInstalled(name, user);
        if (Boolean.FALSE.equals(installed)) {
            return new AppPage.Standing(installed, hasRemoved(phone, name, user), null);
        }
        boolean isOffered = way.kind() != Way.Kind.ORDINARY && judged.runTime().removable().containsKey(name);
        return new AppPage.Standing(installed, false, isOffered ? removal(phone, name, user) : null);
    }

    /** A removal of which nothing could be foreseen is none that is offered. */
    @NonNull
    private static Foresight removal(@NonNull Phone phone, @NonNull String name, int user) {
        try {
            return phone.foresee(name, user);
        } catch (Failure unread) {
            return Foresight.hindered(unread.wording());
        }
    }

    /** A journal that cannot be read is no proof that it was this app. */
    private static boolean hasRemoved(@NonNull Phone phone, @NonNull String name, int user) {
        try {
            return phone.hasRemoved(name, user);
        } catch (Failure unread) {
            return false;
        }
    }
}
