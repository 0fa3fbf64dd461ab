// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import android.app.Instrumentation;
import android.app.Instrumentation.ActivityResult;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Bundle;
import android.os.IBinder;
import android.os.Process;
import android.os.UserHandle;
import java.util.ArrayList;
import java.util.List;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowInstrumentation;

/**
 * Robolectric's starting of activities, which opens one for another user only for who holds INTERACT_ACROSS_USERS_FULL, as {@code
 * ActivityTaskManagerService.startActivityAsUser} does, and remembers for whom.
 */
@Implements(value = Instrumentation.class)
public class PhonePages extends ShadowInstrumentation {
    private static final OfPhone<List<String>> OPENED = new OfPhone<>(ArrayList::new);

    /** Returns what was opened for a user by name: the user and the action. */
    public static List<String> opened() {
        return OPENED.get();
    }

    @Implementation
    @Override
    protected ActivityResult execStartActivity(
            Context from, IBinder thread, IBinder token, String target, Intent intent, int request, Bundle options, UserHandle user) {
        boolean isOwn = user.equals(Process.myUserHandle());
        if (!isOwn && from.checkSelfPermission("android.permission.INTERACT_ACROSS_USERS_FULL")
                != PackageManager.PERMISSION_GRANTED) {
            throw new SecurityException("Permission Denial: startActivityAsUser asks to run as user " + user.hashCode());
        }
        OPENED.get().add(user.hashCode() + " " + intent.getAction());
        return super.execStartActivity(from, thread, token, target, intent, request, options, user);
    }
}
