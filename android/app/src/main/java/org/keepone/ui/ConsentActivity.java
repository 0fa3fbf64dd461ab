// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Asks a person before anything is changed. Leaving it in any way but the one button is a no. */
public final class ConsentActivity extends Activity {
    private static final String CONSENT = "consent";
    private static final String DEED = "deed";

    /** Returns the intent that asks about a deed. */
    @NonNull
    static Intent asking(@NonNull Context from, @NonNull Consent consent, @NonNull Deed deed) {
        return new Intent(from, ConsentActivity.class)
                .putExtra(CONSENT, consent.bundle())
                .putExtra(DEED, deed.bundle());
    }

    /** Returns the deed that was agreed to; {@code null} when the answer was no. */
    @Nullable
    static Deed agreed(int result, @Nullable Intent answer) {
        return result == RESULT_OK && answer != null ? Deed.from(answer.getBundleExtra(DEED)) : null;
    }

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        Bundle asked = getIntent().getBundleExtra(CONSENT);
        Bundle deed = getIntent().getBundleExtra(DEED);
        if (asked == null || Deed.from(deed) == null) {
            finish();
            return;
        }
        Consent consent = Consent.from(asked);
        setContentView(R.layout.consent);
        setTitle(consent.name());
        text(R.id.name, R.id.name, consent.name());
        text(R.id.about, R.id.about, consent.about());
        text(R.id.loses_text, R.id.loses, consent.loses());
        text(R.id.inverse_text, R.id.inverse, consent.inverse());
        text(R.id.yes, R.id.yes, consent.yes());
        findViewById(R.id.yes)
                .setOnClickListener(
                        pressed -> {
                            setResult(RESULT_OK, new Intent().putExtra(DEED, deed));
                            finish();
                        });
        findViewById(R.id.no).setOnClickListener(pressed -> finish());
    }

    private void text(int id, int box, @Nullable String text) {
        TextView place = findViewById(id);
        place.setText(text);
        findViewById(box).setVisibility(text == null ? View.GONE : View.VISIBLE);
    }
}
