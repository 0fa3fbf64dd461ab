// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Context;
import android.content.Intent;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.provider.SearchIndexablesContract;
import android.provider.SearchIndexablesProvider;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Lets the search of the system's settings find our screens. The settings ask over
 * {@code android.content.action.SEARCH_INDEXABLES_PROVIDER}; only holders of {@code READ_SEARCH_INDEXABLES} get an answer.
 *
 * <p>Since Android 9 the search is an app of its own, {@code com.android.settings.intelligence}, which may start what is exported
 * alone. So every row names the first screen, which goes on by the action; of a row nothing else but its key goes into
 * the intent (packages/apps/SettingsIntelligence, {@code IndexData.Builder.buildIntent}).
 */
public final class SettingsSearch extends SearchIndexablesProvider {
    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    @NonNull
    public Cursor queryXmlResources(@Nullable String[] projection) {
        return new MatrixCursor(SearchIndexablesContract.INDEXABLES_XML_RES_COLUMNS);
    }

    @Override
    @NonNull
    public Cursor queryNonIndexableKeys(@Nullable String[] projection) {
        return new MatrixCursor(SearchIndexablesContract.NON_INDEXABLES_KEYS_COLUMNS);
    }

    @Override
    @NonNull
    public Cursor queryRawData(@Nullable String[] projection) {
        MatrixCursor rows = new MatrixCursor(SearchIndexablesContract.INDEXABLES_RAW_COLUMNS);
        Context context = getContext();
        if (context != null) {
            add(rows, context, R.string.app_name, R.string.overview_summary, Intent.ACTION_MAIN);
            add(rows, context, R.string.all_apps, R.string.search, OverviewActivity.APPS);
            add(rows, context, R.string.record_about, R.string.happened, OverviewActivity.RECORD);
            add(rows, context, R.string.changes, R.string.changes_about, OverviewActivity.CHANGES);
        }
        return rows;
    }

    private static void add(
            @NonNull MatrixCursor rows,
            @NonNull Context context,
            int title,
            int summary,
            @NonNull String action) {
        rows.newRow()
                .add(SearchIndexablesContract.RawData.COLUMN_KEY, action)
                .add(SearchIndexablesContract.RawData.COLUMN_TITLE, context.getString(title))
                .add(SearchIndexablesContract.RawData.COLUMN_SUMMARY_ON, context.getString(summary))
                .add(SearchIndexablesContract.RawData.COLUMN_KEYWORDS, context.getString(R.string.search_words))
                .add(SearchIndexablesContract.RawData.COLUMN_SCREEN_TITLE, context.getString(R.string.app_name))
                .add(SearchIndexablesContract.RawData.COLUMN_ICON_RESID, R.drawable.ic_permissions)
                .add(SearchIndexablesContract.RawData.COLUMN_INTENT_ACTION, action)
                .add(SearchIndexablesContract.RawData.COLUMN_INTENT_TARGET_PACKAGE, context.getPackageName())
                .add(SearchIndexablesContract.RawData.COLUMN_INTENT_TARGET_CLASS, OverviewActivity.class.getName());
    }
}
