// SPDX-License-Identifier: Apache-2.0
package org.keepone.oem;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.os.VintfRuntimeInfo;
import android.util.ArrayMap;
import android.util.ArraySet;
import android.util.Xml;
import com.android.server.SystemConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;

/**
 * What the platform's own reader, {@code com.android.server.SystemConfig}, makes of the files that go into an image. From
 * Android 14 on, where it can be asked.
 */
@RunWith(PhoneRunner.class)
@Config(minSdk = 34, shadows = ListsInTheImageTest.Kernel.class)
public final class ListsInTheImageTest {
    private static final String APP = "org.keepone";
    /** {@code SystemConfig.ALLOW_ALL}. */
    private static final int EVERY_TAG = ~0;

    /** The reader asks which kernel runs; there is none. */
    @Implements(VintfRuntimeInfo.class)
    public static final class Kernel {
        /** A kernel of Android 14. */
        @Implementation
        protected static String getKernelVersion() {
            return "6.1.0";
        }
    }

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    /** A reader that has read one of the files. */
    private SystemConfig having(String file) throws IOException {
        Path etc = folder.newFolder().toPath();
        Files.copy(Path.of("..", "oem", file), etc.resolve(file));
        SystemConfig config = new SystemConfig(false);
        config.readPermissions(Xml.newPullParser(), etc.toFile(), EVERY_TAG);
        return config;
    }

    @Test
    public void theAllowListGrantsWhatTheManifestAsksForAndNothingElse() throws Exception {
        ArrayMap<String, Boolean> granted = having("privapp-permissions-org.keepone.xml")
                .getPermissionAllowlist().getPrivilegedAppAllowlist().get(APP);
        assertTrue(granted.size() > 5);
        assertEquals(Set.of(true), Set.copyOf(granted.values()));
        PackageInfo app = RuntimeEnvironment.getApplication().getPackageManager()
                .getPackageInfo(APP, PackageManager.GET_PERMISSIONS);
        assertTrue(Set.of(app.requestedPermissions).containsAll(granted.keySet()));
    }

    @Test
    public void theSysconfigIsReadInEveryPart() throws IOException {
        SystemConfig config = having("sysconfig-org.keepone.xml");
        assertEquals(Set.of(APP), new ArraySet<>(config.getHiddenApiWhitelistedApps()));
        assertEquals(Set.of(APP), new ArraySet<>(config.getAllowInPowerSave()));
        assertEquals(Set.of(APP), config.getInitialNonStoppedSystemPackages());
    }
}
