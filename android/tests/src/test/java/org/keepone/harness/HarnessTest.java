// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import android.app.Application;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.Build;
import java.util.Arrays;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.R;
import org.robolectric.RuntimeEnvironment;

/** The harness gives tests the app's resources, the framework's own classes, and each platform in turn. */
@RunWith(PhoneRunner.class)
public final class HarnessTest {
    private final Application application = RuntimeEnvironment.getApplication();

    @Test
    public void theAppAndItsResourcesAreThere() {
        assertEquals("org.keepone", application.getPackageName());
        assertNotEquals("", application.getString(R.string.app_name));
    }

    @Test
    public void eachPlatformOfTheCommandRuns() {
        String[] platforms = System.getProperty("robolectric.enabledSdks").split(",", -1);
        assertEquals(true, Arrays.asList(platforms).contains(String.valueOf(Build.VERSION.SDK_INT)));
    }

    @Test
    public void filtersMatchAsTheFrameworkSays() throws IntentFilter.MalformedMimeTypeException {
        IntentFilter filter = new IntentFilter(Intent.ACTION_VIEW);
        filter.addDataType("image/*");
        assertEquals(IntentFilter.NO_MATCH_TYPE, filter.match(null, new Intent(Intent.ACTION_VIEW), false, null));
    }
}
