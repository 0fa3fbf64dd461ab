// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import java.util.Collections;
import java.util.List;

import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;
import android.widget.BaseAdapter;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/** Shows the rows of a page in recycled views. */
final class RowsAdapter extends BaseAdapter {
    private static final int[] LAYOUTS = {
        R.layout.row_title,
        R.layout.row_verdict,
        R.layout.row_section,
        R.layout.row_item,
        R.layout.row_toggle,
        R.layout.row_note,
        R.layout.row_button,
    };

    private final ScreenActivity screen;
    private final RowBinder binder;
    private List<Row> rows = Collections.emptyList();

    RowsAdapter(@NonNull ScreenActivity screen, @NonNull RowBinder binder) {
        this.screen = screen;
        this.binder = binder;
    }

    void show(@NonNull List<Row> rows) {
        this.rows = rows;
        notifyDataSetChanged();
    }

    @Override
    public int getCount() {
        return rows.size();
    }

    @Override
    public Row getItem(int position) {
        return rows.get(position);
    }

    @Override
    public long getItemId(int position) {
        return position;
    }

    @Override
    public int getViewTypeCount() {
        return LAYOUTS.length;
    }

    @Override
    public int getItemViewType(int position) {
        int layout = rows.get(position).layout();
        for (int type = 0; type < LAYOUTS.length; type++) {
            if (LAYOUTS[type] == layout) {
                return type;
            }
        }
        throw new IllegalStateException("a row whose layout is not listed");
    }

    /** The rows are touched themselves: the list has nothing to select. */
    @Override
    public boolean areAllItemsEnabled() {
        return false;
    }

    @Override
    public boolean isEnabled(int position) {
        return false;
    }

    @NonNull
    @Override
    public View getView(int position, @Nullable View recycled, @NonNull ViewGroup parent) {
        Row row = rows.get(position);
        View view = recycled;
        if (view == null) {
            view = LayoutInflater.from(screen).inflate(row.layout(), parent, false);
        }
        binder.bind(view, row, background(position));
        return view;
    }

    private int background(int position) {
        boolean above = position > 0 && rows.get(position - 1).isJoined();
        boolean below = position + 1 < rows.size() && rows.get(position + 1).isJoined();
        if (above) {
            return below ? R.drawable.row_middle : R.drawable.row_bottom;
        }
        return below ? R.drawable.row_top : R.drawable.row_single;
    }
}
