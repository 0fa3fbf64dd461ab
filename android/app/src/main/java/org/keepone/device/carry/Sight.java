// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.util.HashMap;
import java.util.Map;

import android.content.Context;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.device.BoundedCalls;
import org.keepone.device.ContextsCompat;
import org.keepone.device.FixedUsers;
import org.keepone.device.PhoneUser;
import org.keepone.device.PhoneUsers;
import org.keepone.device.Withheld;

/**
 * What several cells of one request need to know of the same package, asked once. It lives for one request, since the next may
 * come after a change.
 */
final class Sight {
    private static final int KNOWN = PackageManager.MATCH_UNINSTALLED_PACKAGES
            | PackageManager.MATCH_DISABLED_COMPONENTS | PackageManager.MATCH_DISABLED_UNTIL_USED_COMPONENTS
            | PackageManager.MATCH_DIRECT_BOOT_AWARE | PackageManager.MATCH_DIRECT_BOOT_UNAWARE;

    private final Context context;
    private final BoundedCalls calls;
    private final Map<Integer, Context> contexts = new HashMap<>();
    private final Map<String, PackageInfo> packages = new HashMap<>();
    @Nullable private PhoneUsers users;

    Sight(@NonNull Context context, @NonNull BoundedCalls calls) {
        this.context = context;
        this.calls = calls;
    }

    /** Takes a cell of a user that this program acts for. */
    void admit(@NonNull Cell cell) throws Withheld {
        if (cell.user() == PhoneUser.own()) {
            return;
        }
        if (users == null) {
            users = PhoneUsers.of(context, calls);
        }
        users.admit(cell.user());
    }

    /** Takes a cell that may be written: of a user that this program acts for, and whose apps nobody has fixed. */
    void admitChange(@NonNull Cell cell) throws Withheld {
        admit(cell);
        FixedUsers.admit(context, calls, cell.user());
    }

    /** Returns a context that asks for a user. */
    @NonNull
    Context context(int user) throws Withheld {
        Context known = contexts.get(user);
        if (known == null) {
            known = ContextsCompat.forUser(context, user);
            contexts.put(user, known);
        }
        return known;
    }

    /** Returns the package manager that answers for a user. */
    @NonNull
    PackageManager manager(int user) throws Withheld {
        return context(user).getPackageManager();
    }

    /** Puts a question, bounded in time. */
    @NonNull
    <T> T ask(@NonNull Cell cell, @NonNull BoundedCalls.Question<T> question) throws Withheld {
        try {
            return calls.ask(cell.kind(), question);
        } catch (Withheld withheld) {
            throw withheld.forUser(cell.user());
        }
    }

    /** Makes a change, bounded in time. */
    void make(@NonNull Cell cell, @NonNull BoundedCalls.Change change) throws Withheld {
        try {
            calls.make(cell.kind(), change);
        } catch (Withheld withheld) {
            throw withheld.forUser(cell.user());
        }
    }

    /** Returns the package of a cell with what {@code flags} ask for besides, whether it is installed for the user or not. */
    @NonNull
    PackageInfo packageInfo(@NonNull Cell cell, int flags) throws Withheld {
        String key = cell.user() + " " + flags + " " + cell.packageName();
        PackageInfo known = packages.get(key);
        if (known == null) {
            PackageManager manager = manager(cell.user());
            String name = cell.packageName();
            known = ask(cell, () -> manager.getPackageInfo(name, KNOWN | flags));
            packages.put(key, known);
        }
        return known;
    }

    /** Returns the application of a cell's package. */
    @NonNull
    ApplicationInfo application(@NonNull Cell cell) throws Withheld {
        ApplicationInfo application = packageInfo(cell, 0).applicationInfo;
        if (application == null) {
            throw new Withheld(org.keepone.device.Because.FAILED, "the platform's answer has no application");
        }
        return application;
    }

    /** Returns the uid under which a cell's package runs for the cell's user. */
    int uid(@NonNull Cell cell) throws Withheld {
        int appId = application(cell).uid % 100_000;
        return cell.user() * 100_000 + appId;
    }

    /** The bounds of every call, for hands that wait for more than one answer. */
    @NonNull
    BoundedCalls calls() {
        return calls;
    }
}
