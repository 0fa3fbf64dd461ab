package org.keepone.ui;

import android.graphics.Bitmap;
import android.graphics.Color;
import android.graphics.Rect;
import android.text.Layout;
import android.text.TextUtils;
import android.view.View;
import android.view.ViewGroup;
import android.widget.TextView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a person can read and touch what is on a screen. Gives what is wrong, one line each. */
final class Readable {
    /** Of text on its ground: WCAG 2, success criterion 1.4.3. */
    private static final double CONTRAST = 4.5;

    /** Android's accessibility guide: no side of what can be touched is shorter. */
    private static final int TOUCH_DP = 48;

    private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w./:$-]*");

    /** A product, a unit, a file format; or anything with a dot, a slash, an underscore or a digit in it. */
    private static final String NAME = "KeepOne|MM|UC|[kMG]?B|APK|.*[./_\\d].*";

    private Readable() {}

    /** Finds texts that are cut off: shortened by dots, taller than their place, or wider. */
    static List<String> clipped(View root) {
        List<String> wrong = new ArrayList<>();
        Look.walk(root, view -> {
            if (!(view instanceof TextView) || ((TextView) view).getText().length() == 0) {
                return;
            }
            TextView text = (TextView) view;
            Layout layout = text.getLayout();
            if (layout == null) {
                wrong.add("never laid out: " + text.getText());
                return;
            }
            int room = text.getHeight() - text.getCompoundPaddingTop() - text.getCompoundPaddingBottom();
            if (layout.getHeight() > room + 1) {
                wrong.add("needs " + layout.getHeight() + " of height, has " + room + ": " + text.getText());
            }
            int width = text.getWidth() - text.getCompoundPaddingLeft() - text.getCompoundPaddingRight();
            for (int line = 0; line < layout.getLineCount(); line++) {
                if (layout.getEllipsisCount(line) > 0) {
                    wrong.add("shortened: " + text.getText());
                }
                if (layout.getLineMax(line) > width + 1) {
                    wrong.add("needs " + layout.getLineMax(line) + " of width, has " + width + ": " + text.getText());
                }
            }
            View parent = (View) text.getParent();
            if (text.getRight() > parent.getWidth() || text.getLeft() < 0) {
                wrong.add("beside its place: " + text.getText());
            }
            // Only what scrolls may be taller than the room that it has.
            boolean scrolls = parent instanceof android.widget.AbsListView || parent instanceof android.widget.ScrollView;
            if (!scrolls && text.getBottom() > parent.getHeight()) {
                wrong.add("below its place: " + text.getText());
            }
        });
        return wrong;
    }

    /** Finds texts whose colour is too near to the ground that was drawn behind them. */
    static List<String> pale(Look look) {
        List<String> wrong = new ArrayList<>();
        for (TextView text : look.texts()) {
            Rect place = new Rect();
            int[] at = new int[2];
            text.getLocationInWindow(at);
            place.set(at[0], at[1], at[0] + text.getWidth(), at[1] + text.getHeight());
            if (!place.intersect(0, 0, look.picture().getWidth(), look.picture().getHeight()) || place.isEmpty()) {
                continue;
            }
            int ground = ground(look.picture(), place);
            double contrast = contrast(over(text.getCurrentTextColor(), ground), ground);
            if (contrast < CONTRAST) {
                wrong.add(String.format(
                        "%.2f, #%08X on #%08X: %s", contrast, text.getCurrentTextColor(), ground, text.getText()));
            }
        }
        return wrong;
    }

    /** Finds English words in a Chinese screen. Names stay: of packages, classes, files, permissions, units. */
    static List<String> english(View root) {
        List<String> wrong = new ArrayList<>();
        Look.walk(root, view -> {
            if (view instanceof TextView) {
                Matcher words = WORD.matcher(((TextView) view).getText());
                while (words.find()) {
                    if (!words.group().matches(NAME)) {
                        wrong.add("in English: " + words.group() + " in " + ((TextView) view).getText());
                    }
                }
            }
        });
        return wrong;
    }

    /** Finds what can be touched and says nothing, or is too small for a finger. */
    static List<String> untouchable(View root) {
        List<String> wrong = new ArrayList<>();
        float density = root.getResources().getDisplayMetrics().density;
        Look.walk(root, view -> {
            if (!view.isClickable() || view instanceof ViewGroup && !view.hasOnClickListeners()) {
                return;
            }
            boolean speaks = !TextUtils.isEmpty(view.getContentDescription())
                    || view instanceof TextView && ((TextView) view).getText().length() > 0;
            if (!speaks) {
                wrong.add("says nothing: " + view);
            }
            if (view.getWidth() + 0.5f < TOUCH_DP * density || view.getHeight() + 0.5f < TOUCH_DP * density) {
                wrong.add("too small, " + view.getWidth() / density + " by " + view.getHeight() / density + " dp: " + view);
            }
        });
        return wrong;
    }

    /** Returns the relative luminance contrast of two opaque colours (WCAG 2). */
    static double contrast(int one, int other) {
        double a = Color.luminance(one);
        double b = Color.luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** Returns the colour that most of a place has: letters cover less than what they stand on. */
    private static int ground(Bitmap picture, Rect place) {
        int[] pixels = new int[place.width() * place.height()];
        picture.getPixels(pixels, 0, place.width(), place.left, place.top, place.width(), place.height());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
    }

    private static int over(int colour, int ground) {
        float alpha = Color.alpha(colour) / 255f;
        return Color.rgb(
                Math.round(Color.red(colour) * alpha + Color.red(ground) * (1 - alpha)),
                Math.round(Color.green(colour) * alpha + Color.green(ground) * (1 - alpha)),
                Math.round(Color.blue(colour) * alpha + Color.blue(ground) * (1 - alpha)));
    }
}
