// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.PhoneUser;
import org.keepone.device.Withheld;

/** The list of packages of each user, taken with the fewest flags: names, and what holds for the package as a whole. */
final class PackageRows {
    private final Map<Integer, Map<String, PackageInfo>> rows = new HashMap<>();
    private final Map<Integer, Withheld> hidden = new HashMap<>();
    private final List<Integer> users = new ArrayList<>();

    /**
     * Asks for the list of every user.
     *
     * @throws Withheld when not even the own user's list was given
     */
    PackageRows(@NonNull Packages packages, @NonNull Collection<PhoneUser> users) throws Withheld {
        for (PhoneUser user : users) {
            this.users.add(user.id());
            try {
                Map<String, PackageInfo> listed = new HashMap<>();
                for (PackageInfo row : packages.list(user.id(), Flags.KNOWN)) {
                    if (row != null && row.packageName != null) {
                        listed.put(row.packageName, row);
                    }
                }
                rows.put(user.id(), listed);
            } catch (Withheld withheld) {
                if (user.id() == PhoneUser.own()) {
                    throw withheld;
                }
                hidden.put(user.id(), withheld);
            }
        }
    }

    /** Returns the names of all packages, each once, in order. */
    @NonNull
    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        rows.values().forEach(listed -> names.addAll(listed.keySet()));
        names.removeIf(this::isLeftover);
        return names;
    }

    /**
     * Whether all that is left of a package is its data: removed with its data kept, it has no code for any user and the
     * platform knows its name only. It is not on the phone; while a user's list is hidden it may be.
     */
    private boolean isLeftover(@NonNull String name) {
        if (!hidden.isEmpty()) {
            return false;
        }
        for (Map<String, PackageInfo> listed : rows.values()) {
            PackageInfo row = listed.get(name);
            if (row != null && !isLeftover(row.applicationInfo)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeftover(@Nullable ApplicationInfo application) {
        return application != null
                && (application.flags & (ApplicationInfo.FLAG_INSTALLED | ApplicationInfo.FLAG_SYSTEM)) == 0
                && (application.sourceDir == null || !new File(application.sourceDir).exists());
    }

    /** Returns the users asked for, in the platform's order. */
    @NonNull
    List<Integer> users() {
        return users;
    }

    /** Returns why a user's list is not there, {@code null} when it is. */
    @Nullable
    Withheld hidden(int user) {
        return hidden.get(user);
    }

    /** Returns a user's row of a package, {@code null} when the user's list has none. */
    @Nullable
    PackageInfo row(int user, @NonNull String name) {
        Map<String, PackageInfo> listed = rows.get(user);
        return listed == null ? null : listed.get(name);
    }
}
