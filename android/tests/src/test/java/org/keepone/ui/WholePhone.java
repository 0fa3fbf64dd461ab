package org.keepone.ui;

import android.content.ComponentName;
import android.content.Intent;
import android.content.IntentFilter;
import android.content.pm.ActivityInfo;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.content.pm.Signature;
import android.content.pm.UserInfo;
import android.net.Uri;
import android.os.Looper;
import android.os.Process;
import android.os.UserHandle;
import android.os.UserManager;
import java.nio.file.Path;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Fixtures;
import org.keepone.device.keep.ReapplyJob;
import org.keepone.harness.PhoneJobs;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.shadows.ShadowUserManager;
import org.robolectric.util.ReflectionHelpers;

/**
 * A phone on which the app runs as it ships, from the touch on a screen to the platform and back: screens, core behind JNI,
 * collector, enforcer, journal, choices, record. Packages and permissions stand in Robolectric's package manager.
 */
final class WholePhone {
    /** An app of the maker's. */
    static final String NAME = "com.maker.one";

    private static final Signature PLATFORM = new Signature("0a0b");

    private final ScreenApplication app;

    WholePhone() {
        app = (ScreenApplication) RuntimeEnvironment.getApplication();
        ScreenApplication.use(null);
    }

    ScreenApplication app() {
        return app;
    }

    PackageManager packages() {
        return app.getPackageManager();
    }

    /** Signs the app with the platform's key and grants it what its manifest asks for. */
    @SuppressWarnings("deprecation")
    WholePhone signedByThePlatform() throws PackageManager.NameNotFoundException {
        PackageInfo platform = Fixtures.systemApp("android");
        platform.signatures = new Signature[] {PLATFORM};
        Fixtures.install(platform);
        PackageInfo own = packages()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_PERMISSIONS | PackageManager.GET_ACTIVITIES);
        own.signatures = new Signature[] {PLATFORM};
        Fixtures.install(own);
        Shadows.shadowOf(app).grantPermissions(own.requestedPermissions);
        return this;
    }

    /** Installs the maker's app, which holds these runtime permissions. */
    WholePhone has(String... permissions) {
        PackageInfo one = Fixtures.systemApp(NAME);
        one.requestedPermissions = permissions;
        one.requestedPermissionsFlags = new int[permissions.length];
        Fixtures.install(one);
        for (String permission : permissions) {
            Shadows.shadowOf(packages()).addPermissionInfo(dangerous(permission));
            grant(permission);
        }
        return this;
    }

    /**
     * Installs an app with an APK, written from the kept facts of a real phone by {@code android/test}. The platform knows its
     * receivers too, each with the broadcast that starts it.
     */
    void hasApk(String path, String name, int uid, String starts, String... receivers) {
        PackageInfo info = Fixtures.systemApp(name);
        ApplicationInfo application = info.applicationInfo;
        application.uid = uid;
        application.sourceDir = Path.of("target", "kept", "zte-u930hd", path).toAbsolutePath().toString();
        application.publicSourceDir = application.sourceDir;
        Fixtures.install(info);
        for (String receiver : receivers) {
            ActivityInfo one = new ActivityInfo();
            one.packageName = name;
            one.name = receiver;
            one.enabled = true;
            one.exported = true;
            one.applicationInfo = application;
            // The shadow takes filters only for a component that was added by itself.
            Shadows.shadowOf(packages()).addOrUpdateReceiver(one);
            Shadows.shadowOf(packages())
                    .addIntentFilterForReceiver(new ComponentName(name, receiver), new IntentFilter(starts));
        }
    }

    /** Adds users: one with a work profile, and another person. */
    @SuppressWarnings("deprecation")
    WholePhone sharedWith(int profile, int person) {
        ShadowUserManager users = Shadows.shadowOf(app.getSystemService(UserManager.class));
        users.addUser(profile, "work", UserInfo.FLAG_MANAGED_PROFILE);
        users.addUser(person, "second", 0);
        return this;
    }

    /** Returns the package manager that answers for a user. */
    PackageManager packages(int user) throws Exception {
        return user == 0 ? packages() : ContextsCompat.forUser(app, user).getPackageManager();
    }

    boolean may(String permission, int user) throws Exception {
        return packages(user).checkPermission(permission, NAME) == PackageManager.PERMISSION_GRANTED;
    }

    void grant(String permission, int user) {
        packages().grantRuntimePermission(NAME, permission, UserHandle.of(user));
    }

    @SuppressWarnings("deprecation")
    private static PermissionInfo dangerous(String name) {
        PermissionInfo permission = new PermissionInfo();
        permission.packageName = "android";
        permission.name = name;
        permission.protectionLevel = PermissionInfo.PROTECTION_DANGEROUS;
        return permission;
    }

    /** Grants a permission past this app, as the system's page or an update does. */
    void grant(String permission) {
        packages().grantRuntimePermission(NAME, permission, Process.myUserHandle());
    }

    boolean may(String permission) {
        return packages().checkPermission(permission, NAME) == PackageManager.PERMISSION_GRANTED;
    }

    Screen open(Intent intent) throws Exception {
        return Screen.open(app, intent);
    }

    /** Opens an app's page, touches a row and agrees. */
    Screen turn(String name, String row) throws Exception {
        Screen screen = open(AppActivity.of(app, name));
        screen.touch(row);
        screen.answer(true);
        return screen;
    }

    /** The platform tells of a package, for the user whose uid of the package this is. */
    void tells(String action, String name, int uid) {
        app.sendBroadcast(new Intent(action, Uri.parse("package:" + name)).putExtra(Intent.EXTRA_UID, uid));
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    /** The process ends and another begins: what was kept in memory is gone. */
    void processEnds() {
        ReflectionHelpers.setField(KeepOneApplication.class, app, "phone", null);
    }

    /** Runs the job that holds choices again, as the platform does; returns for how many wishes. */
    int holds() throws Exception {
        return PhoneJobs.run(ReapplyJob.class, "keepone-reapply");
    }

    /** Counts how often a text stands in another. */
    static int count(String all, String part) {
        return all.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
