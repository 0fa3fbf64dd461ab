// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.ApplicationInfoCompat;
import org.keepone.device.Because;
import org.keepone.device.JsonBytes;
import org.keepone.device.Withheld;

/** Writes the state of a package for every user of the phone, from the users' lists and what is in force for each. */
final class StateFacts {
    private final Packages packages;
    private final PackageRows rows;
    private final NotRead notRead;

    StateFacts(@NonNull Packages packages, @NonNull PackageRows rows, @NonNull NotRead notRead) {
        this.packages = packages;
        this.rows = rows;
        this.notRead = notRead;
    }

    /** Writes the field {@code states}. */
    void write(@NonNull JsonWriter json, @NonNull PackageInfo all) throws IOException {
        json.name("states").beginArray();
        for (int user : rows.users()) {
            Withheld hidden = rows.hidden(user);
            if (hidden != null) {
                notRead.add("user " + user, hidden);
            } else {
                state(json, all, user);
            }
        }
        json.endArray();
    }

    private void state(@NonNull JsonWriter json, @NonNull PackageInfo all, int user) throws IOException {
        PackageInfo row = rows.row(user, all.packageName);
        json.beginObject();
        json.name("user").value(user);
        if (row == null) {
            // The list holds what is not installed for the user too: a package that it lacks is not there for the user.
            json.name("installed").value(false);
        } else if (row.applicationInfo == null) {
            notRead.add("state for user " + user, new Withheld(Because.FAILED, "the platform's answer has no application"));
        } else {
            known(json, all, row.applicationInfo, user);
        }
        json.endObject();
    }

    private void known(@NonNull JsonWriter json, @NonNull PackageInfo all, @NonNull ApplicationInfo application,
            int user) throws IOException {
        boolean installed = (application.flags & ApplicationInfo.FLAG_INSTALLED) != 0;
        json.name("installed").value(installed);
        json.name("enabled").value(application.enabled);
        JsonBytes.flag(json, "block-uninstall", blocked(all.packageName, user));
        json.name("suspended").value((application.flags & ApplicationInfo.FLAG_SUSPENDED) != 0);
        JsonBytes.flag(json, "hidden", ApplicationInfoCompat.isHidden(application));
        json.name("stopped").value((application.flags & ApplicationInfo.FLAG_STOPPED) != 0);
        if (!installed || !application.enabled) {
            // Nothing of it is in force, whatever its components' own settings are.
            return;
        }
        try {
            EffectiveComponents effective = EffectiveComponents.of(packages, all, user);
            JsonBytes.texts(json, "disabled-components", effective.disabled());
            JsonBytes.texts(json, "enabled-components", effective.enabled());
        } catch (Withheld withheld) {
            notRead.add("components in force for user " + user, withheld);
        }
    }

    @Nullable
    private Boolean blocked(@NonNull String name, int user) {
        try {
            return packages.blocksUninstall(name, user);
        } catch (Withheld withheld) {
            notRead.add("block-uninstall for user " + user, withheld);
            return null;
        }
    }
}
