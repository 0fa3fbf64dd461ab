// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;

import android.app.AppOpsManager;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;

/** An op has one name on every release, whichever way it is told. */
@RunWith(PhoneRunner.class)
public final class AppOpsCompatTest {
    @Test
    public void aNumberIsTurnedIntoTheNameThatLeadsBackToIt() {
        for (String name : new String[] {AppOpsManager.OPSTR_CAMERA, AppOpsManager.OPSTR_FINE_LOCATION,
            AppOpsManager.OPSTR_READ_CONTACTS, AppOpsManager.OPSTR_RECORD_AUDIO}) {
            assertEquals(name, AppOpsCompat.name(AppOpsCompat.number(name)));
        }
    }

    @Test
    public void anOpOfTheMakersKeepsItsNumber() {
        assertEquals("10042", AppOpsCompat.name(10_042));
        assertEquals(10_042, AppOpsCompat.number("10042"));
    }
}
