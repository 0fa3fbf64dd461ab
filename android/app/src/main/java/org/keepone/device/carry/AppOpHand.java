// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import android.app.AppOpsManager;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.device.AppOpsCompat;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** The mode of an app-op. */
final class AppOpHand implements Hand {
    @Override
    @NonNull
    public Object read(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = manager(cell, sight);
        String op = cell.field("op");
        String name = cell.packageName();
        int uid = sight.uid(cell);
        return AppOpsCompat.word(sight.ask(cell, () -> AppOpsCompat.read(manager, op, uid, name)));
    }

    @Override
    public void write(@NonNull Cell cell, @NonNull Object value, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = manager(cell, sight);
        PackageManager packages = sight.manager(cell.user());
        String op = cell.field("op");
        String name = cell.packageName();
        int uid = sight.uid(cell);
        int mode = AppOpsCompat.mode(Values.word(value));
        sight.make(cell, () -> AppOpsCompat.write(manager, packages, op, uid, name, mode));
    }

    @NonNull
    private static AppOpsManager manager(@NonNull Cell cell, @NonNull Sight sight) throws Withheld {
        AppOpsManager manager = sight.context(cell.user()).getSystemService(AppOpsManager.class);
        if (manager == null) {
            throw new Withheld(Because.FAILED, "no app-ops service");
        }
        return manager;
    }
}
