package org.keepone.ui;

import static org.junit.Assert.assertEquals;

import android.app.Activity;
import android.content.Intent;
import android.view.View;
import android.widget.TextView;
import java.util.ArrayList;
import java.util.List;
import org.keepone.R;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;

/** One screen under test, as a person uses it: what it says, and touching it. */
final class Screen {
    private final ScreenApplication app;
    private final ActivityController<? extends Activity> controller;

    private Screen(ScreenApplication app, ActivityController<? extends Activity> controller) {
        this.app = app;
        this.controller = controller;
    }

    /** Opens a screen and waits until its page is there. */
    static Screen open(ScreenApplication app, Intent intent) throws Exception {
        Class<? extends Activity> type =
                Class.forName(intent.getComponent().getClassName()).asSubclass(Activity.class);
        Screen screen = new Screen(app, Robolectric.buildActivity(type, intent).setup());
        app.settle();
        return screen;
    }

    ActivityController<? extends Activity> controller() {
        return controller;
    }

    Activity activity() {
        return controller.get();
    }

    /** Waits until what was begun is shown. */
    Screen settled() throws Exception {
        app.settle();
        return this;
    }

    /** Returns every text of every row, one row after the other. */
    String text() {
        StringBuilder all = new StringBuilder();
        for (View row : Look.rows(activity())) {
            for (String text : texts(row)) {
                all.append(text).append('\n');
            }
        }
        return all.toString();
    }

    /** Touches the first row whose name is this. */
    void touch(String name) {
        View touched = find(name);
        if (touched == null) {
            throw new AssertionError("nothing to touch is called " + name + " in:\n" + text());
        }
        assertEquals(name + " can be touched", true, touched.performClick());
    }

    /** Tells whether a row of this name can be touched. */
    boolean canTouch(String name) {
        return find(name) != null;
    }

    /** Answers the question that the screen asks; returns what the question said. */
    String answer(boolean yes) throws Exception {
        org.robolectric.shadows.ShadowActivity.IntentForResult asked =
                Shadows.shadowOf(activity()).getNextStartedActivityForResult();
        if (asked == null) {
            throw new AssertionError("nothing was asked");
        }
        assertEquals(ConsentActivity.class.getName(), asked.intent.getComponent().getClassName());
        ActivityController<ConsentActivity> question =
                Robolectric.buildActivity(ConsentActivity.class, asked.intent).setup();
        StringBuilder said = new StringBuilder();
        Look.walk(question.get().getWindow().getDecorView(), view -> {
            if (view instanceof TextView) {
                said.append(((TextView) view).getText()).append('\n');
            }
        });
        question.get().findViewById(yes ? R.id.yes : R.id.no).performClick();
        org.robolectric.shadows.ShadowActivity answered = Shadows.shadowOf(question.get());
        Shadows.shadowOf(activity())
                .receiveResult(asked.intent, answered.getResultCode(), answered.getResultIntent());
        app.settle();
        return said.toString();
    }

    private View find(String name) {
        for (View row : Look.rows(activity())) {
            TextView title = row.findViewById(R.id.name);
            if (title != null && title.getText().toString().equals(name)) {
                if (title.isClickable()) {
                    return title;
                }
                View box = row.findViewById(R.id.box);
                if (box != null && box.isClickable()) {
                    return box;
                }
            }
        }
        return null;
    }

    private static List<String> texts(View row) {
        List<String> texts = new ArrayList<>();
        Look.walk(row, view -> {
            if (view instanceof TextView && ((TextView) view).getText().length() > 0) {
                texts.add(((TextView) view).getText().toString());
            }
        });
        return texts;
    }
}
