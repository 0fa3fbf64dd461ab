// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import android.app.AlertDialog;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Event;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Wording;

/** What apps did: who, what, when, how long. Narrowed by app, kind and period; saved as a file on request. */
public final class RecordActivity extends ScreenActivity {
    private static final String NAME = "name";
    private static final String KIND = "kind";
    private static final String DAYS = "days";
    private static final String USER = "user";
    private static final String PAGES = "pages";
    private static final String EXPORTED = "exported";
    private static final int SAVE_NDJSON = 10;
    private static final int SAVE_CSV = 11;

    /** What is asked for; the thread that makes the page reads it. */
    private volatile Event.Filter filter = new Event.Filter(null, null, 0, null);

    /** How many pages of events are shown, one below the other. */
    private volatile int pages = 1;

    @Nullable private AlertDialog open;

    @NonNull
    static Intent of(@NonNull Context from, @Nullable String name) {
        return new Intent(from, RecordActivity.class).putExtra(NAME, name);
    }

    /** The record of an app, as far as it is about one user of the phone. */
    @NonNull
    static Intent of(@NonNull Context from, @NonNull String name, int user) {
        return of(from, name).putExtra(USER, user);
    }

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        filter = saved == null
                ? new Event.Filter(getIntent().getStringExtra(NAME), null, 7, user(getIntent().getExtras()))
                : new Event.Filter(saved.getString(NAME), saved.getString(KIND), saved.getInt(DAYS), user(saved));
        pages = saved == null ? 1 : Math.max(1, saved.getInt(PAGES));
        super.onCreate(saved);
    }

    @Override
    protected void onSaveInstanceState(@NonNull Bundle state) {
        super.onSaveInstanceState(state);
        state.putString(NAME, filter.name());
        state.putString(KIND, filter.kind());
        state.putInt(DAYS, filter.days());
        if (filter.user() != null) {
            state.putInt(USER, filter.user());
        }
        state.putInt(PAGES, pages);
    }

    @Nullable
    private static Integer user(@Nullable Bundle from) {
        return from != null && from.containsKey(USER) ? (Integer) from.getInt(USER) : null;
    }

    @Override
    protected void onDestroy() {
        if (open != null) {
            open.dismiss();
        }
        super.onDestroy();
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        Event.Filter asked = filter;
        Event.Records shown = phone.records(asked, null);
        for (int page = 1; page < pages && shown.next() != null; page++) {
            shown = shown.and(phone.records(asked, shown.next()));
        }
        RecordFilters filters = new RecordFilters(say, asked, phone.way(), phone.last(null, null));
        return new RecordPage(say, filters, phone.seal(), shown).page();
    }

    /** Shows other events. */
    void show(@NonNull Event.Filter filter) {
        this.filter = filter;
        pages = 1;
        reload();
    }

    /** Shows one page of older events more. */
    void more() {
        pages++;
        reload();
    }

    /** Lets a person choose one of some lines. */
    void choose(int title, @NonNull List<String> names, @NonNull List<Event.Filter> filters) {
        open = new AlertDialog.Builder(this)
                .setTitle(title)
                .setItems(names.toArray(new CharSequence[0]), (dialog, which) -> show(filters.get(which)))
                .setNegativeButton(R.string.consent_no, null)
                .show();
    }

    /** Asks in which form and then where the record is to be saved. */
    void save() {
        CharSequence[] forms = {getString(R.string.record_export_ndjson), getString(R.string.record_export_csv)};
        open = new AlertDialog.Builder(this)
                .setTitle(R.string.record_export)
                .setItems(forms, (dialog, which) -> saveAs(which == 0 ? SAVE_NDJSON : SAVE_CSV))
                .setNegativeButton(R.string.consent_no, null)
                .show();
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent answer) {
        super.onActivityResult(request, result, answer);
        boolean isSave = request == SAVE_NDJSON || request == SAVE_CSV;
        Uri to = answer == null ? null : answer.getData();
        if (isSave && result == RESULT_OK && to != null) {
            String format = request == SAVE_NDJSON ? "ndjson" : "csv";
            load((say, phone) -> {
                write(phone, format, to);
                return new Row.Note(Tone.GOOD, say.text(R.string.record_exported), null);
            });
        }
    }

    private void saveAs(int request) {
        boolean isCsv = request == SAVE_CSV;
        Intent intent = new Intent(Intent.ACTION_CREATE_DOCUMENT)
                .addCategory(Intent.CATEGORY_OPENABLE)
                .setType(isCsv ? "text/csv" : "application/x-ndjson")
                .putExtra(Intent.EXTRA_TITLE, isCsv ? "keepone-records.csv" : "keepone-records.ndjson");
        startActivityForResult(intent, request);
    }

    private void write(@NonNull Phone phone, @NonNull String format, @NonNull Uri to) throws Failure {
        try (OutputStream stream = getContentResolver().openOutputStream(to, "wt")) {
            if (stream == null) {
                throw new IOException("no stream");
            }
            phone.export(format, stream);
        } catch (IOException | SecurityException failed) {
            Wording text = new Wording(
                    "The file could not be written: " + failed.getMessage(), "文件无法写入：" + failed.getMessage());
            throw new Failure(EXPORTED, text, failed);
        }
    }
}
