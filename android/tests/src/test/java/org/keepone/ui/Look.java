package org.keepone.ui;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.view.View;
import android.view.ViewGroup;
import android.widget.ListView;
import android.widget.TextView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a screen looks like: its picture, and every view that can be seen on it. */
final class Look {
    private static final Path PICTURES = Path.of("target", "screens");

    private final View whole;
    private final Bitmap picture;

    private Look(View whole, Bitmap picture) {
        this.whole = whole;
        this.picture = picture;
    }

    /** Draws a screen as it stands. */
    static Look at(Activity screen) {
        View whole = screen.getWindow().getDecorView();
        Bitmap picture = Bitmap.createBitmap(whole.getWidth(), whole.getHeight(), Bitmap.Config.ARGB_8888);
        whole.draw(new Canvas(picture));
        return new Look(whole, picture);
    }

    Bitmap picture() {
        return picture;
    }

    /** Keeps the picture for people. */
    void save(String name) throws IOException {
        Files.createDirectories(PICTURES);
        try (OutputStream file = Files.newOutputStream(PICTURES.resolve(name + ".png"))) {
            picture.compress(Bitmap.CompressFormat.PNG, 100, file);
        }
    }

    /** Returns every view that is shown, parents before their children. */
    List<View> views() {
        List<View> found = new ArrayList<>();
        walk(whole, found::add);
        return found;
    }

    /** Returns every text that is shown. */
    List<TextView> texts() {
        List<TextView> found = new ArrayList<>();
        for (View view : views()) {
            if (view instanceof TextView && ((TextView) view).getText().length() > 0) {
                found.add((TextView) view);
            }
        }
        return found;
    }

    /** Returns every row of the list, also those that are scrolled away, each laid out in the width of the list. */
    static List<View> rows(Activity screen) {
        ListView list = screen.findViewById(org.keepone.R.id.rows);
        List<View> rows = new ArrayList<>();
        int width = View.MeasureSpec.makeMeasureSpec(list.getWidth(), View.MeasureSpec.EXACTLY);
        int height = View.MeasureSpec.makeMeasureSpec(0, View.MeasureSpec.UNSPECIFIED);
        for (int at = 0; at < list.getAdapter().getCount(); at++) {
            View row = list.getAdapter().getView(at, null, list);
            row.measure(width, height);
            row.layout(0, 0, row.getMeasuredWidth(), row.getMeasuredHeight());
            rows.add(row);
        }
        return rows;
    }

    /** Visits a view and what is shown in it. */
    static void walk(View view, Consumer<View> visitor) {
        if (view.getVisibility() != View.VISIBLE) {
            return;
        }
        visitor.accept(view);
        if (view instanceof ViewGroup) {
            ViewGroup group = (ViewGroup) view;
            for (int at = 0; at < group.getChildCount(); at++) {
                walk(group.getChildAt(at), visitor);
            }
        }
    }
}
