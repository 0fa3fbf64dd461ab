// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.Locale;

import android.content.Context;
import android.content.ContextWrapper;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.Signature;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;

/** The three ways to live on a phone are told from signature, place and permissions. */
@RunWith(PhoneRunner.class)
public final class WayOfLifeTest {
    private static final Signature PLATFORM = new Signature("0a0b");
    private static final Signature OTHER = new Signature("0c0d");

    private static WayOfLife living(Signature own, int flags, String folder) {
        Context context = Fixtures.context();
        PackageInfo android = Fixtures.systemApp("android");
        sign(android, PLATFORM);
        Fixtures.install(android);
        PackageInfo self = Fixtures.systemApp(context.getPackageName());
        sign(self, own);
        self.requestedPermissions = new String[] {"android.permission.DELETE_PACKAGES", "android.permission.DUMP"};
        Fixtures.install(self);
        ApplicationInfo application = new ApplicationInfo(context.getApplicationInfo());
        application.flags = flags;
        application.sourceDir = folder + "/KeepOne.apk";
        if (folder.contains("priv-app")) {
            application.privateFlags |= ApplicationInfo.PRIVATE_FLAG_PRIVILEGED;
        }
        Shadows.shadowOf(org.robolectric.RuntimeEnvironment.getApplication()).grantPermissions("android.permission.DUMP");
        return WayOfLife.of(new ContextWrapper(context) {
            @Override
            public ApplicationInfo getApplicationInfo() {
                return application;
            }
        });
    }

    @SuppressWarnings("deprecation")
    private static void sign(PackageInfo info, Signature signature) {
        info.signatures = new Signature[] {signature};
    }

    @Test
    public void thePlatformsSignatureGivesEverything() {
        WayOfLife life = living(PLATFORM, ApplicationInfo.FLAG_SYSTEM, "/system_ext/priv-app/KeepOne");
        assertEquals(WayOfLife.Way.PLATFORM_SIGNED, life.way());
        assertTrue(life.hasPlatformSignature() && life.isSystem() && life.isPrivileged());
    }

    @Test
    public void aPrivilegedFolderWithAnotherKey() {
        WayOfLife life = living(OTHER, ApplicationInfo.FLAG_SYSTEM, "/product/priv-app/KeepOne");
        assertEquals(WayOfLife.Way.PRIVILEGED, life.way());
        assertFalse(life.hasPlatformSignature());
    }

    @Test
    public void everythingElseIsOrdinary() {
        assertEquals(WayOfLife.Way.ORDINARY, living(OTHER, 0, "/data/app/KeepOne").way());
        assertEquals(WayOfLife.Way.ORDINARY, living(OTHER, ApplicationInfo.FLAG_SYSTEM, "/product/app/KeepOne").way());
    }

    @Test
    public void permissionsAreToldAsHeldOrMissing() {
        WayOfLife life = living(OTHER, 0, "/data/app/KeepOne");
        assertTrue(life.holds("android.permission.DUMP"));
        assertTrue(life.missing().contains("android.permission.DELETE_PACKAGES"));
    }

    @Test
    public void eachWayIsDescribedInBothLanguages() {
        for (WayOfLife.Way way : WayOfLife.Way.values()) {
            assertNotEquals(way.description().in(Locale.ENGLISH), way.description().in(Locale.SIMPLIFIED_CHINESE));
        }
    }
}
