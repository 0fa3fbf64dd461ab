// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.AppOpsManager;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowAppOpsManager;
import org.robolectric.util.ReflectionHelpers;

/** Robolectric's app-ops, which refuse the number of an op that the release does not have, as the platform's service does. */
@Implements(value = AppOpsManager.class)
public class PhoneOps extends ShadowAppOpsManager {
    @Implementation
    @Override
    public int checkOpNoThrow(int op, int uid, String name) {
        int ops = ReflectionHelpers.getStaticField(AppOpsManager.class, "_NUM_OP");
        if (op < 0 || op >= ops) {
            // AppOpsService.verifyIncomingOp
            throw new IllegalArgumentException("Bad operation #" + op);
        }
        return super.checkOpNoThrow(op, uid, name);
    }
}
