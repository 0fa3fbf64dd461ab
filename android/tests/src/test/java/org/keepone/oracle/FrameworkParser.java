// SPDX-License-Identifier: Apache-2.0
package org.keepone.oracle;

import android.content.pm.PackageParser;
import android.os.Build;
import java.io.File;

/** Reads APKs by {@link PackageParser}, the framework's own. */
@SuppressWarnings("deprecation")
public final class FrameworkParser {
    private FrameworkParser() {}

    /**
     * Reads one APK.
     *
     * @throws PackageParser.PackageParserException why the framework refuses it
     */
    public static PackageParser.Package parse(File apk) throws PackageParser.PackageParserException {
        PackageParser parser = new PackageParser();
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            // Android 10 and later ask the callback without asking whether there is one.
            parser.setCallback(new NoFeatures());
        }
        return parser.parsePackage(apk, 0);
    }

    /** A device without any feature and without overlays. */
    private static final class NoFeatures implements PackageParser.Callback {
        @Override
        public boolean hasFeature(String feature) {
            return false;
        }

        /** Asked by Android 10. */
        @SuppressWarnings("unused")
        public String[] getOverlayPaths(String targetPackageName, String targetPath) {
            return null;
        }

        /** Asked by Android 9. */
        @SuppressWarnings("unused")
        public String[] getOverlayApks(String targetPackageName) {
            return null;
        }
    }
}
