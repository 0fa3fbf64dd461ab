// SPDX-License-Identifier: Apache-2.0
package org.keepone.ui;

import org.keepone.R;
import org.keepone.annotation.NonNull;

/** What people call the roles that change hands when their holder goes ({@code roles.xml}). */
final class RoleNames {
    private RoleNames() {
    }

    /** Returns the name; a role of the platform that has none here stays as the platform calls it. */
    @NonNull
    static String of(@NonNull Say say, @NonNull String role) {
        switch (role) {
            case "android.app.role.DIALER":
                return say.text(R.string.role_dialer);
            case "android.app.role.SMS":
                return say.text(R.string.role_sms);
            case "android.app.role.SYSTEM_CONTACTS":
                return say.text(R.string.role_contacts);
            case "android.app.role.BROWSER":
                return say.text(R.string.role_browser);
            default:
                return Clean.fact(role);
        }
    }
}
