// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.List;

import android.content.Context;
import android.content.Intent;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Judgement;

/** What could not be read, each with its reason. */
public final class NotReadActivity extends ScreenActivity {
    @NonNull
    static Intent of(@NonNull Context from) {
        return new Intent(from, NotReadActivity.class);
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        List<Judgement.Unread> unread = phone.judgement(progress).unread();
        Page.Maker page = new Page.Maker();
        page.add(new Row.Title(say.text(R.string.not_read), say.text(R.string.not_read_about)));
        if (unread.isEmpty()) {
            page.add(new Row.Note(Tone.GOOD, say.text(R.string.not_read_nothing), null));
        }
        for (Judgement.Unread one : unread) {
            String reason = say.of(one.reason());
            String path = FactNames.of(say, one.path());
            String name = one.name() == null ? path : say.label(one.name());
            page.add(new Row.Item(
                    Sign.NONE,
                    name,
                    Clean.fact(reason == null ? say.name("unread", one.why()) : reason),
                    one.name() == null ? null : path,
                    0,
                    Tone.PLAIN,
                    null));
        }
        return page.page();
    }
}
