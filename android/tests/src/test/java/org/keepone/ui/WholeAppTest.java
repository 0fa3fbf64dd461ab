package org.keepone.ui;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.content.Intent;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.content.pm.Signature;
import android.os.Process;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.harness.PhoneRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/**
 * The app as it ships, from the touch on a screen to the platform and back: screens, core behind JNI, collector, enforcer,
 * journal, choices, record. Nothing of it is replaced; packages and permissions stand in Robolectric's package manager.
 */
@RunWith(PhoneRunner.class)
@Config(application = ScreenApplication.class, qualifiers = "en-rUS")
public final class WholeAppTest {
    private static final String NAME = "com.maker.one";
    private static final Signature PLATFORM = new Signature("0a0b");

    private ScreenApplication app;

    @Before
    public void phone() {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        ScreenApplication.use(null);
        PackageInfo one = Fixtures.systemApp(NAME);
        one.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        one.requestedPermissionsFlags = new int[] {PackageInfo.REQUESTED_PERMISSION_GRANTED};
        Fixtures.install(one);
        Shadows.shadowOf(app.getPackageManager()).addPermissionInfo(dangerous(Manifest.permission.CAMERA));
        app.getPackageManager().grantRuntimePermission(NAME, Manifest.permission.CAMERA, Process.myUserHandle());
    }

    @SuppressWarnings("deprecation")
    private static PermissionInfo dangerous(String name) {
        PermissionInfo permission = new PermissionInfo();
        permission.packageName = "android";
        permission.name = name;
        permission.protectionLevel = PermissionInfo.PROTECTION_DANGEROUS;
        return permission;
    }

    /** Signs the app with the platform's key and grants it what its manifest asks for. */
    @SuppressWarnings("deprecation")
    private void signedByThePlatform() throws PackageManager.NameNotFoundException {
        PackageInfo platform = Fixtures.systemApp("android");
        platform.signatures = new Signature[] {PLATFORM};
        Fixtures.install(platform);
        PackageInfo own = app.getPackageManager()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_PERMISSIONS | PackageManager.GET_ACTIVITIES);
        own.signatures = new Signature[] {PLATFORM};
        Fixtures.install(own);
        Shadows.shadowOf(app).grantPermissions(own.requestedPermissions);
    }

    private boolean mayUseCamera() {
        return app.getPackageManager().checkPermission(Manifest.permission.CAMERA, NAME)
                == PackageManager.PERMISSION_GRANTED;
    }

    @Test
    public void theVerdictOfThisPhoneIsShown() throws Exception {
        String text = Screen.open(app, new Intent(app, OverviewActivity.class)).text();
        assertTrue(text, text.contains("Function groups"));
        assertTrue(text, text.contains("KeepOne reads and judges here"));
        assertFalse(text, text.contains("This did not work"));
    }

    @Test
    public void aPermissionIsTakenShownRecordedAndGivenBack() throws Exception {
        signedByThePlatform();
        assertTrue(mayUseCamera());
        Screen screen = Screen.open(app, AppActivity.of(app, NAME));
        screen.touch("Camera");
        screen.answer(true);
        assertTrue(screen.text(), screen.text().contains("read back"));
        assertFalse("the platform took it", mayUseCamera());
        assertTrue(screen.text(), screen.text().contains("Camera\nOff"));

        String record = Screen.open(app, RecordActivity.of(app, NAME)).text();
        assertTrue(record, record.contains("Revoked: Camera"));

        Screen changes = Screen.open(app, ChangesActivity.of(app));
        assertTrue(changes.text(), changes.text().contains("Camera: Off\nApp " + NAME));
        changes.touch("Undo all");
        changes.answer(true);
        assertTrue("the platform gave it back", mayUseCamera());
        assertTrue(changes.text(), changes.text().contains("Undone"));
    }

    @Test
    public void whatThisAppMayNotSetOpensTheSystemsPage() throws Exception {
        Screen screen = Screen.open(app, AppActivity.of(app, NAME));
        String text = screen.text();
        assertTrue(text, text.contains("Camera"));
        assertTrue(text, text.contains("Opens: App permissions"));
        screen.touch("Camera");
        assertEquals("android.intent.action.MANAGE_APP_PERMISSIONS",
                Shadows.shadowOf(screen.activity()).getNextStartedActivity().getAction());
        assertTrue(mayUseCamera());
    }
}
