// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import android.content.pm.PackageManager;
import android.os.Build;

/**
 * The flags of every question. All fit an {@code int}, so the older methods serve every release
 * (frameworks/base, {@code android.content.pm.PackageManager}).
 */
final class Flags {
    /** {@code MATCH_HIDDEN_UNTIL_INSTALLED_COMPONENTS}, a system API since Android 10; ignored where it is not known. */
    private static final int MATCH_HIDDEN_UNTIL_INSTALLED = 0x20000000;

    /** Everything that is known, whether it is installed, enabled, hidden, unlocked or not. */
    static final int KNOWN = PackageManager.MATCH_UNINSTALLED_PACKAGES | MATCH_HIDDEN_UNTIL_INSTALLED
            | PackageManager.MATCH_DISABLED_COMPONENTS | PackageManager.MATCH_DISABLED_UNTIL_USED_COMPONENTS
            | PackageManager.MATCH_DIRECT_BOOT_AWARE | PackageManager.MATCH_DIRECT_BOOT_UNAWARE;

    /** What is in force for a user: without what is disabled, but whether the user has unlocked or not. */
    static final int EFFECTIVE = PackageManager.MATCH_DIRECT_BOOT_AWARE | PackageManager.MATCH_DIRECT_BOOT_UNAWARE;

    /** Every component. */
    static final int COMPONENTS = PackageManager.GET_ACTIVITIES | PackageManager.GET_RECEIVERS
            | PackageManager.GET_SERVICES | PackageManager.GET_PROVIDERS;

    /** Everything but the components. */
    static final int DECLARED = PackageManager.GET_META_DATA | PackageManager.GET_PERMISSIONS
            | PackageManager.GET_CONFIGURATIONS;

    /** The answer of every matching component, with the filter that matched. */
    static final int PROBE = KNOWN | PackageManager.MATCH_ALL | PackageManager.GET_RESOLVED_FILTER;

    /** The copy of a system app that lies in the image (hidden until Android 11, same value). */
    static final int FACTORY = PackageManager.MATCH_SYSTEM_ONLY | 0x00200000 | PackageManager.MATCH_UNINSTALLED_PACKAGES;

    private Flags() {
    }

    /** The signing certificates, as this release names them. */
    @SuppressWarnings("deprecation")
    static int signatures() {
        return Build.VERSION.SDK_INT >= 28 ? PackageManager.GET_SIGNING_CERTIFICATES : PackageManager.GET_SIGNATURES;
    }
}
