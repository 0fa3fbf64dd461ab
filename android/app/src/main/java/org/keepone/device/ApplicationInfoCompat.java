// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.io.File;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import android.content.pm.ApplicationInfo;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;

/**
 * Hidden fields of {@code ApplicationInfo}: {@code null} where they are kept from this app. The place of privileged apps
 * tells what {@code privateFlags} would (frameworks/base, {@code PackageManagerService}: only {@code priv-app} folders
 * give {@code PRIVATE_FLAG_PRIVILEGED}).
 */
public final class ApplicationInfoCompat {
    private static final Set<String> APP_FOLDERS = new HashSet<>(Arrays.asList("app", "priv-app", "overlay"));

    private ApplicationInfoCompat() {
    }

    /**
     * Whether an app is privileged.
     *
     * @param application the app
     * @return whether it lies in a privileged folder
     */
    public static boolean isPrivileged(@NonNull ApplicationInfo application) {
        try {
            return application.isPrivilegedApp();
        } catch (LinkageError hidden) {
            return application.sourceDir != null && application.sourceDir.contains("/priv-app/");
        }
    }

    /**
     * Whether an app is hidden from its user.
     *
     * @param application the app, as answered for that user
     * @return whether, or {@code null} where it cannot be told
     */
    @Nullable
    public static Boolean isHidden(@NonNull ApplicationInfo application) {
        try {
            return (application.privateFlags & ApplicationInfo.PRIVATE_FLAG_HIDDEN) != 0;
        } catch (LinkageError kept) {
            return null;
        }
    }

    /**
     * The setting that overrides what the manifest says about the whole app being enabled.
     *
     * @param application the app, as answered for a user
     * @return {@code PackageManager.COMPONENT_ENABLED_STATE_*}, or {@code null} where it cannot be told
     */
    @Nullable
    public static Integer enabledSetting(@NonNull ApplicationInfo application) {
        try {
            return application.enabledSetting;
        } catch (LinkageError kept) {
            return null;
        }
    }

    /**
     * The code path: the folder of the base APK, or the APK itself where it lies directly in an app folder.
     *
     * @param application the app
     * @return the path, or {@code null} when the app has no code on this phone
     */
    @Nullable
    public static String codePath(@NonNull ApplicationInfo application) {
        String path = null;
        try {
            path = application.getCodePath();
        } catch (LinkageError kept) {
            path = null;
        }
        if (path != null || application.sourceDir == null) {
            return path;
        }
        File apk = new File(application.sourceDir);
        File folder = apk.getParentFile();
        if (folder == null || APP_FOLDERS.contains(folder.getName())) {
            return application.sourceDir;
        }
        return folder.getPath();
    }
}
