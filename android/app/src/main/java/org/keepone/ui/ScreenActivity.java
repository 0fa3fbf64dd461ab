// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;

import android.app.ActionBar;
import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.view.MenuItem;
import android.view.View;
import android.widget.ListView;
import android.widget.ProgressBar;
import android.widget.TextView;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Heard;
import org.keepone.ui.model.Failure;
import org.keepone.ui.model.Sheet;

/**
 * A screen: a bar and a list of rows. The page is made off the main thread with progress, survives rotation with its
 * place in the list, and is made anew after every change: at once, when it is heard of while the screen is in view, or when
 * the person comes back to it.
 */
public abstract class ScreenActivity extends Activity implements Loading.Watcher {
    private static final int ASK = 1;

    /** One change is told of several times, and an update of the system tells of many: the page waits until it is quiet. */
    private static final long QUIET_MILLIS = 500;

    private final Handler main = new Handler(Looper.getMainLooper());
    private final Runnable refresh = this::refresh;
    private final Runnable heard = this::awaitQuiet;
    private Loading loading;
    private RowsAdapter adapter;
    private Page shown;
    @Nullable private Bundle place;
    @Nullable private String leftFor;

    /** Makes the page. Runs off the main thread. */
    @WorkerThread
    @NonNull
    protected abstract Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress)
            throws Failure;

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        setContentView(R.layout.screen);
        setActionBar(findViewById(R.id.bar));
        ActionBar bar = getActionBar();
        if (bar != null) {
            // The page carries its own title, which may wrap; the bar's would be cut off in large letters.
            bar.setDisplayShowTitleEnabled(false);
            bar.setDisplayHomeAsUpEnabled(!isTaskRoot());
            bar.setHomeAsUpIndicator(R.drawable.ic_back);
            bar.setHomeActionContentDescription(R.string.back);
        }
        adapter = new RowsAdapter(this, new RowBinder(this, new AppIcons(getPackageManager(), keepOne().icons())));
        ListView list = findViewById(R.id.rows);
        list.setItemsCanFocus(true);
        list.setAdapter(adapter);
        Object kept = getLastNonConfigurationInstance();
        loading = kept instanceof Loading ? (Loading) kept : new Loading(keepOne().worker());
        if (kept == null) {
            wasElsewhere();
        }
        loading.attach(this);
        if (loading.page(Say.language(this)) == null && !loading.isRunning()) {
            reload();
        }
    }

    @Override
    public final Object onRetainNonConfigurationInstance() {
        return loading;
    }

    @Override
    protected void onRestoreInstanceState(@NonNull Bundle saved) {
        super.onRestoreInstanceState(saved);
        // An empty list forgets its place: it is told again when the rows are there.
        place = shown == null ? saved : null;
    }

    @Override
    protected void onDestroy() {
        loading.attach(null);
        super.onDestroy();
    }

    @Override
    protected void onRestart() {
        super.onRestart();
        wasElsewhere();
    }

    @Override
    protected void onStart() {
        super.onStart();
        keepOne().screenStarts();
    }

    @Override
    protected void onStop() {
        keepOne().screenStops();
        super.onStop();
    }

    /** What a person changed elsewhere while no screen of ours was shown, they told nobody: what is shown is read anew. */
    private void wasElsewhere() {
        if (!keepOne().isShown()) {
            Heard.apps();
        }
    }

    @Override
    protected void onPause() {
        Heard.leave(heard);
        main.removeCallbacks(refresh);
        super.onPause();
    }

    @Override
    protected void onResume() {
        super.onResume();
        Heard.call(heard);
        if (leftFor != null) {
            // The person comes back from a page of the system, where what is shown here may have been changed.
            keepOne().phone().forget(leftFor);
            leftFor = null;
            reload();
        } else if (!loading.isRunning() && loading.isOld()) {
            reload();
        }
    }

    @Override
    public boolean onOptionsItemSelected(@NonNull MenuItem item) {
        if (item.getItemId() == android.R.id.home) {
            finish();
            return true;
        }
        return super.onOptionsItemSelected(item);
    }

    private void awaitQuiet() {
        main.removeCallbacks(refresh);
        main.postDelayed(refresh, QUIET_MILLIS);
    }

    /** Makes the page anew while it is in view. How the last thing done came out stays, and so does what failed. */
    private void refresh() {
        if (loading.isRunning()) {
            awaitQuiet();
        } else if (loading.isOld() && loading.failure() == null) {
            load((say, phone) -> loading.outcome());
        }
    }

    /** Makes the page anew; the one shown stays until then. */
    protected final void reload() {
        load((say, phone) -> null);
    }

    /** Asks the person, and does it when they agree. */
    final void ask(@NonNull Consent consent, @NonNull Deed deed) {
        startActivityForResult(ConsentActivity.asking(this, consent, deed), ASK);
    }

    /** Opens a page of the system for a user; what it may change is read anew afterwards. */
    final void openPage(@NonNull List<Sheet.Open> pages, @NonNull String name, int user) {
        leftFor = SystemPages.open(this, pages, name, user) ? name : null;
    }

    @Override
    protected void onActivityResult(int request, int result, @Nullable Intent answer) {
        super.onActivityResult(request, result, answer);
        Deed deed = request == ASK ? ConsentActivity.agreed(result, answer) : null;
        if (deed != null) {
            load((say, phone) -> Outcomes.row(say, deed.on(phone)));
        }
    }

    @Override
    public final void changed(@NonNull Loading now) {
        View work = findViewById(R.id.work);
        work.setVisibility(now.isRunning() ? View.VISIBLE : View.GONE);
        ProgressBar bar = findViewById(R.id.work_bar);
        bar.setIndeterminate(now.of() == 0);
        bar.setMax(Math.max(1, now.of()));
        bar.setProgress(now.done());
        TextView text = findViewById(R.id.work_text);
        text.setText(
                now.of() == 0
                        ? getString(R.string.working)
                        : getString(R.string.working_at, now.done(), now.of()));
        Page page = now.page(Say.language(this));
        if (now.failure() != null && !now.isRunning()) {
            show(failed(now.failure(), page));
        } else if (page != null && page != shown) {
            show(page);
        }
    }

    /** Returns the application, which every screen shares. */
    @NonNull
    protected final KeepOneApplication keepOne() {
        return (KeepOneApplication) getApplication();
    }

    /** Returns the rows to show of a page; a screen that is searched narrows them. */
    @NonNull
    protected List<Row> rows(@NonNull Page page) {
        return page.rows();
    }

    /** Shows the rows of the page anew. */
    protected final void showAgain() {
        if (shown != null) {
            adapter.show(rows(shown));
        }
    }

    private void show(@NonNull Page page) {
        shown = page;
        for (Row row : page.rows()) {
            if (row instanceof Row.Title) {
                // Read out when the screen opens.
                setTitle(((Row.Title) row).name());
            }
        }
        adapter.show(rows(page));
        if (place != null) {
            super.onRestoreInstanceState(place);
            place = null;
        }
    }

    /** What comes before the page is made anew. */
    interface Doing {
        /** Does it, off the main thread, and returns the row that says how it came out; {@code null}: nothing is to say. */
        @WorkerThread
        @Nullable
        Row done(@NonNull Say say, @NonNull Phone phone) throws Failure;
    }

    /** Does something and makes the page anew below what came of it. */
    final void load(@NonNull Doing doing) {
        Phone phone = keepOne().phone();
        String language = Say.language(this);
        loading.start(language, progress -> {
            Page.Maker made = new Page.Maker();
            Say say = new Say(this, phone);
            Row outcome = doing.done(say, phone);
            loading.cameOut(outcome);
            if (outcome != null) {
                made.add(outcome);
            }
            loading.reads();
            page(say, phone, progress).rows().forEach(made::add);
            return made.page();
        });
    }

    /** What failed stands first; what was known before stays below it. */
    @NonNull
    private Page failed(@NonNull Failure failure, @Nullable Page before) {
        List<Row> rows = new ArrayList<>();
        String why = failure.wording().in(Say.language(this));
        rows.add(new Row.Note(Tone.BAD, getString(R.string.failed), Clean.fact(why)));
        rows.add(new Row.Command(getString(R.string.again), null, screen -> screen.reload()));
        if (before != null) {
            rows.addAll(before.rows());
        }
        return new Page(rows);
    }
}
