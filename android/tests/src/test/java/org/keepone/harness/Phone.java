// SPDX-License-Identifier: Apache-2.0
package org.keepone.harness;

import static org.robolectric.Shadows.shadowOf;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageParser;
import android.os.Build;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.keepone.oracle.FrameworkParser;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowPackageManager;

/** The phone that Robolectric plays: puts real APKs into its package manager, read by the framework's own parser. */
@SuppressWarnings("deprecation")
public final class Phone {
    private static final int FIRST_UID = 10_000;

    private final Map<String, Integer> sharedUids = new HashMap<>();
    private int uids = FIRST_UID;

    /**
     * Installs an APK as part of the image.
     *
     * @param apk the file
     * @param file where it lies on the phone
     * @param code the folder that was found, or the APK itself where it lies directly in an app folder
     * @return the package's name
     * @throws PackageParser.PackageParserException why the framework refuses it
     */
    public String install(File apk, String file, String code) throws PackageParser.PackageParserException {
        PackageParser.Package read = FrameworkParser.parse(apk);
        place(read, file, code);
        ShadowPackageManager packages =
                shadowOf(RuntimeEnvironment.getApplication().getPackageManager());
        packages.addPackageInternal(read);
        PackageInfo installed = packages.getInternalMutablePackageInfo(read.packageName);
        // The shadow gives every package the uid of this process.
        installed.applicationInfo.uid =
                read.mSharedUserId == null ? ++uids : sharedUids.computeIfAbsent(read.mSharedUserId, id -> ++uids);
        return read.packageName;
    }

    /** What {@code PackageManagerService} derives from the folder that a package was found in. */
    private static void place(PackageParser.Package read, String file, String code) {
        ApplicationInfo application = read.applicationInfo;
        application.sourceDir = file;
        application.publicSourceDir = file;
        application.scanSourceDir = code;
        application.scanPublicSourceDir = code;
        application.flags |= ApplicationInfo.FLAG_SYSTEM;
        if (file.contains("/priv-app/")) {
            application.privateFlags |= ApplicationInfo.PRIVATE_FLAG_PRIVILEGED;
        }
        if (Build.VERSION.SDK_INT >= 29 && file.contains("/product/")) {
            application.privateFlags |= ApplicationInfo.PRIVATE_FLAG_PRODUCT;
        }
    }
}
