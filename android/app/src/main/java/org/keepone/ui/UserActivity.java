// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Intent;
import android.os.Bundle;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Way;

/** A screen about one user of the phone: the one who asks, until another is chosen. */
public abstract class UserActivity extends ScreenActivity {
    private static final String USER = "user";

    /** The user that the page is about; the work that makes a page reads it from another thread. */
    @Nullable private volatile Integer user;

    /** Adds the user that a screen is to be about. */
    @NonNull
    static Intent about(@NonNull Intent screen, int user) {
        return screen.putExtra(USER, user);
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

    /** Shows the same for another user of the phone. */
    final void show(int user) {
        this.user = user;
        reload();
    }

    /** Returns the user that the page is about; one that is not offered, or not any more, is none to choose. */
    final int user(@NonNull Way way) {
        Integer chosen = user;
        boolean isOffered = way.users().stream().anyMatch(one -> chosen != null && one.id() == chosen);
        return isOffered ? chosen : way.current();
    }
}
