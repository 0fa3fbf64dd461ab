// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.content.Intent;
import android.os.Bundle;
import android.view.Menu;
import android.view.MenuItem;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.ui.model.Failure;

/**
 * The first screen; also the page behind KeepOne's entry in the system's settings. The only one that others can open: by an action
 * of ours it goes on to another screen, with nothing that the caller brought.
 */
public final class OverviewActivity extends ScreenActivity {
    static final String APPS = "org.keepone.action.APPS";
    static final String RECORD = "org.keepone.action.RECORD";
    static final String CHANGES = "org.keepone.action.CHANGES";

    @Override
    protected void onCreate(@Nullable Bundle saved) {
        super.onCreate(saved);
        Intent further = saved == null ? further(String.valueOf(getIntent().getAction())) : null;
        if (further != null) {
            startActivity(further);
        }
    }

    @Nullable
    private Intent further(@NonNull String action) {
        switch (action) {
            case APPS:
                return AppsActivity.of(this, AppsActivity.ALL);
            case RECORD:
                return RecordActivity.of(this, null);
            case CHANGES:
                return ChangesActivity.of(this);
            default:
                return null;
        }
    }

    @Override
    protected Page page(@NonNull Say say, @NonNull Phone phone, @NonNull Phone.Progress progress) throws Failure {
        return new OverviewPage(say, phone.judgement(progress), phone.way()).page();
    }

    @Override
    public boolean onCreateOptionsMenu(@NonNull Menu menu) {
        getMenuInflater().inflate(R.menu.search, menu);
        return true;
    }

    @Override
    public boolean onOptionsItemSelected(@NonNull MenuItem item) {
        if (item.getItemId() == R.id.search) {
            startActivity(AppsActivity.of(this, AppsActivity.ALL));
            return true;
        }
        return super.onOptionsItemSelected(item);
    }
}
