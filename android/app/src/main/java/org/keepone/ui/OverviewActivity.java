// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import android.view.Menu;
import android.view.MenuItem;

import org.keepone.R;
import org.keepone.annotation.NonNull;
import org.keepone.ui.model.Failure;

/** The first screen; also the page behind KeepOne's entry in the system's settings. */
public final class OverviewActivity extends ScreenActivity {
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
