// SPDX-License-Identifier: Apache-2.0
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
import android.os.Build;
import android.os.Looper;
import android.os.Process;
import android.os.UserHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keepone.device.ContextsCompat;
import org.keepone.device.Fixtures;
import org.keepone.device.keep.ReapplyJob;
import org.keepone.harness.PhoneJobs;
import org.keepone.harness.Sharing;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.util.ReflectionHelpers;

/**
 * A phone on which the app runs as it ships, from the touch on a screen to the platform and back: screens, core behind JNI,
 * collector, enforcer, journal, choices, record. Packages and permissions stand in Robolectric's package manager.
 */
final class WholePhone {
    /** An app of the maker's. */
    static final String NAME = "com.maker.one";

    /** An app of the maker's with an APK. None of what starts it is among the engine's questions: its manifest says it. */
    static final String UPDATER = "com.zte.aliveupdate";

    static final int UPDATER_UID = 10_130;

    private static final Signature PLATFORM = new Signature("0a0b");
    private static final Signature OTHER = new Signature("0c0d");

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
    WholePhone signedByThePlatform() throws PackageManager.NameNotFoundException {
        Shadows.shadowOf(app).grantPermissions(signed(PLATFORM).requestedPermissions);
        return this;
    }

    /** Puts the app into the image with a key of its own, and grants it what the allow-list of privileged apps gives. */
    WholePhone privileged() throws Exception {
        signed(OTHER);
        ApplicationInfo own = app.getApplicationInfo();
        own.flags |= ApplicationInfo.FLAG_SYSTEM;
        own.privateFlags |= ApplicationInfo.PRIVATE_FLAG_PRIVILEGED;
        // The list in the README is made from the allow-list and compared with it by the tests of the core.
        String readme = Files.readString(Path.of("..", "README.md"));
        String list = readme.substring(readme.indexOf("<!-- privileged -->"));
        Matcher names = Pattern.compile("`([A-Z_]+)`").matcher(list.substring(0, list.indexOf('\n')));
        while (names.find()) {
            if (isPrivilegedHere("android.permission." + names.group(1))) {
                Shadows.shadowOf(app).grantPermissions("android.permission." + names.group(1));
            }
        }
        return this;
    }

    /** Whether this platform gives a permission to privileged apps: the list holds what any platform does. */
    private static boolean isPrivilegedHere(String permission) throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("..", "..", "tests", "data", "android", "permission-levels.tsv"))
                .stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .toList();
        int column = List.of(rows.get(0)).indexOf(String.valueOf(Build.VERSION.SDK_INT));
        for (String[] row : rows) {
            if (row[0].equals(permission) && !row[column].equals("-")) {
                // PermissionInfo.PROTECTION_FLAG_PRIVILEGED, of either level where a flag chooses between two.
                return Stream.of(row[column].split("\\|")).anyMatch(level -> (Long.decode(level) & 0x10) != 0);
            }
        }
        return false;
    }

    /** Installs the app like any other. */
    WholePhone ordinary() throws PackageManager.NameNotFoundException {
        signed(OTHER);
        return this;
    }

    /** Signs the platform with its key, and the app with one; returns what the platform knows of the app. */
    @SuppressWarnings("deprecation")
    private PackageInfo signed(Signature key) throws PackageManager.NameNotFoundException {
        PackageInfo platform = Fixtures.systemApp("android");
        platform.signatures = new Signature[] {PLATFORM};
        Fixtures.install(platform);
        PackageInfo own = packages()
                .getPackageInfo(app.getPackageName(), PackageManager.GET_PERMISSIONS | PackageManager.GET_ACTIVITIES);
        own.signatures = new Signature[] {key};
        Fixtures.install(own);
        return own;
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

    /** Installs {@link #UPDATER}; its APK is written from the kept facts of a real phone by {@code android/test}. */
    WholePhone hasUpdater() {
        PackageInfo info = Fixtures.systemApp(UPDATER);
        ApplicationInfo application = info.applicationInfo;
        application.uid = UPDATER_UID;
        application.sourceDir =
                Path.of("target", "kept", "zte-u930hd", "system", "app", "AliveUpdate.apk").toAbsolutePath().toString();
        application.publicSourceDir = application.sourceDir;
        Fixtures.install(info);
        for (String receiver : new String[] {".main.AliveUpdateReceiver", ".main.ConfigReceiver"}) {
            ActivityInfo one = new ActivityInfo();
            one.packageName = UPDATER;
            one.name = UPDATER + receiver;
            one.enabled = true;
            one.exported = true;
            one.applicationInfo = application;
            // The shadow takes filters only for a component that was added by itself.
            Shadows.shadowOf(packages()).addOrUpdateReceiver(one);
            Shadows.shadowOf(packages()).addIntentFilterForReceiver(new ComponentName(UPDATER, one.name), new IntentFilter(
                    receiver.equals(".main.AliveUpdateReceiver")
                            ? "android.net.conn.CONNECTIVITY_CHANGE"
                            : "com.zte.AliveUpdate.AliveUpdateService.Config"));
        }
        return this;
    }

    /** Returns how a component of {@link #UPDATER} is set. */
    int setting(String component) {
        return packages().getComponentEnabledSetting(new ComponentName(UPDATER, UPDATER + component));
    }

    /** Adds users: one with a work profile, and another person. */
    @SuppressWarnings("deprecation")
    WholePhone sharedWith(int profile, int person) {
        Sharing.profile(profile, 0, UserInfo.FLAG_MANAGED_PROFILE);
        Sharing.person(person, 0);
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
        return all.split(Pattern.quote(part), -1).length - 1;
    }
}
