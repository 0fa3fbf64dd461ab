// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import android.content.ComponentName;
import android.content.Context;
import android.provider.Settings;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.Withheld;

/** A list of components in the secure settings, {@code a.b/.C:d.e/f.G}, for the user of a context. */
final class SecureList {
    private SecureList() {
    }

    /** Reads the list as it is written. */
    @NonNull
    static Set<String> read(@NonNull Cell cell, @NonNull String setting, @NonNull Sight sight) throws Withheld {
        Context context = sight.context(cell.user());
        // Absent and empty are the same to the platform's own readers.
        String text = sight.ask(cell, () -> {
            String value = Settings.Secure.getString(context.getContentResolver(), setting);
            return value == null ? "" : value;
        });
        Set<String> entries = new LinkedHashSet<>();
        for (String entry : text.split(":")) {
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Returns those entries that belong to a package. */
    @NonNull
    static List<String> of(@NonNull Set<String> entries, @NonNull String packageName) {
        List<String> own = new ArrayList<>();
        for (String entry : entries) {
            ComponentName component = ComponentName.unflattenFromString(entry);
            if (packageName.equals(component == null ? entry : component.getPackageName())) {
                own.add(entry);
            }
        }
        return own;
    }

    /** Writes the list (WRITE_SECURE_SETTINGS). */
    static void write(@NonNull Cell cell, @NonNull String setting, @NonNull Set<String> entries,
            @NonNull Sight sight) throws Withheld {
        Context context = sight.context(cell.user());
        String text = String.join(":", entries);
        if (!sight.ask(cell, () -> Settings.Secure.putString(context.getContentResolver(), setting, text))) {
            throw new Withheld(Because.FAILED, "the setting " + setting + " was not taken");
        }
    }
}
