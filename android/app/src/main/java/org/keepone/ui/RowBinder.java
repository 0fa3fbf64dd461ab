// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.res.ColorStateList;
import android.text.TextUtils;
import android.view.View;
import android.widget.ImageView;
import android.widget.Switch;
import android.widget.TextView;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Puts one row into its view. Everything that a view may carry from the row before is set anew. */
final class RowBinder {
    private final ScreenActivity screen;
    private final AppIcons icons;

    RowBinder(@NonNull ScreenActivity screen, @NonNull AppIcons icons) {
        this.screen = screen;
        this.icons = icons;
    }

    void bind(@NonNull View view, @NonNull Row row, int background) {
        if (row instanceof Row.Title) {
            Row.Title title = (Row.Title) row;
            text(view, R.id.name, title.name());
            text(view, R.id.about, title.about());
        } else if (row instanceof Row.Verdict) {
            verdict(view, (Row.Verdict) row);
        } else if (row instanceof Row.Section) {
            Row.Section section = (Row.Section) row;
            text(view, R.id.name, section.name());
            text(view, R.id.about, section.about());
        } else if (row instanceof Row.Item) {
            item(view, (Row.Item) row, background);
        } else if (row instanceof Row.Toggle) {
            toggle(view, (Row.Toggle) row, background);
        } else if (row instanceof Row.Note) {
            note(view, (Row.Note) row);
        } else if (row instanceof Row.Command) {
            command(view, (Row.Command) row);
        }
    }

    private void verdict(@NonNull View view, @NonNull Row.Verdict row) {
        view.findViewById(R.id.box).setBackgroundResource(row.tone().box);
        drawing(view.findViewById(R.id.sign), row.tone().sign, row.tone());
        text(view, R.id.name, row.name());
        text(view, R.id.about, row.about());
        text(view, R.id.more, row.more());
    }

    private void item(@NonNull View view, @NonNull Row.Item row, int background) {
        View box = view.findViewById(R.id.box);
        box.setBackgroundResource(background);
        sign(view.findViewById(R.id.sign), row.sign());
        text(view, R.id.name, row.name());
        text(view, R.id.about, row.about());
        text(view, R.id.more, row.more());
        ImageView end = view.findViewById(R.id.end);
        end.setVisibility(row.end() == 0 ? View.GONE : View.VISIBLE);
        if (row.end() != 0) {
            drawing(end, row.end(), row.endTone());
        }
        describe(box, row.name(), row.about(), row.more());
        touch(box, row.tap());
    }

    private void toggle(@NonNull View view, @NonNull Row.Toggle row, int background) {
        View box = view.findViewById(R.id.box);
        box.setBackgroundResource(background);
        sign(view.findViewById(R.id.sign), row.sign());
        text(view, R.id.name, row.name());
        text(view, R.id.about, row.about());
        text(view, R.id.more, row.more());
        ((Switch) view.findViewById(R.id.end)).setChecked(row.on());
        describe(box, row.name(), row.about(), row.more());
        touch(box, row.tap());
    }

    private void note(@NonNull View view, @NonNull Row.Note row) {
        view.findViewById(R.id.box).setBackgroundResource(row.tone().box);
        drawing(view.findViewById(R.id.sign), row.tone().sign, row.tone());
        text(view, R.id.name, row.name());
        text(view, R.id.about, row.about());
    }

    private void command(@NonNull View view, @NonNull Row.Command row) {
        TextView button = view.findViewById(R.id.name);
        button.setText(row.name());
        button.setOnClickListener(pressed -> row.tap().on(screen));
        text(view, R.id.about, row.about());
    }

    private void touch(@NonNull View box, @Nullable Row.Tap tap) {
        box.setOnClickListener(tap == null ? null : pressed -> tap.on(screen));
        box.setClickable(tap != null);
        box.setFocusable(tap != null);
    }

    /** What can be touched is read out as one thing. */
    private void describe(@NonNull View box, @NonNull CharSequence... parts) {
        StringBuilder all = new StringBuilder();
        for (CharSequence part : parts) {
            if (!TextUtils.isEmpty(part)) {
                all.append(all.length() == 0 ? "" : screen.getString(R.string.pause)).append(part);
            }
        }
        box.setContentDescription(all);
    }

    private void sign(@NonNull ImageView view, @NonNull Sign sign) {
        view.setVisibility(sign.equals(Sign.NONE) ? View.GONE : View.VISIBLE);
        if (sign.app() != null) {
            view.setBackground(null);
            icons.into(view, sign.app());
            return;
        }
        icons.leave(view);
        view.setBackgroundResource(R.drawable.tile);
        if (sign.drawing() != 0) {
            drawing(view, sign.drawing(), Tone.PLAIN);
        }
    }

    private void drawing(@NonNull ImageView view, int drawing, @NonNull Tone tone) {
        view.setImageResource(drawing);
        view.setImageTintList(ColorStateList.valueOf(screen.getColor(tone.colour)));
    }

    private static void text(@NonNull View view, int id, @Nullable CharSequence text) {
        TextView place = view.findViewById(id);
        place.setText(text);
        place.setVisibility(TextUtils.isEmpty(text) ? View.GONE : View.VISIBLE);
    }
}
