// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.admin.DevicePolicyManager;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.IntentSender;
import android.content.pm.ActivityInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageInstaller;
import android.content.pm.PermissionInfo;
import android.content.pm.ServiceInfo;
import android.os.Build;
import android.os.Process;
import android.provider.Settings;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.BoundedCalls;
import org.keepone.device.Fixtures;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.PhoneStorage;
import org.keepone.harness.Sharing;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowApplicationPackageManager;
import org.robolectric.shadows.ShadowPackageInstaller;

/** Every kind of cell, read, written and read again through the framework's own managers. */
@RunWith(PhoneRunner.class)
public final class DeviceEnforcerTest {
    private static final String NAME = "com.maker.one";
    private static final String SEES_FLAGS = "android.permission.GET_RUNTIME_PERMISSIONS";

    private final Context context = Fixtures.context();
    private final DeviceEnforcer enforcer = new DeviceEnforcer(context, new BoundedCalls(5_000));

    @Before
    public void onePackage() {
        Shadows.shadowOf(RuntimeEnvironment.getApplication()).grantPermissions(SEES_FLAGS);
        PackageInfo info = Fixtures.systemApp(NAME);
        info.requestedPermissions = new String[] {Manifest.permission.CAMERA, Manifest.permission.INTERNET};
        info.requestedPermissionsFlags = new int[] {0, PackageInfo.REQUESTED_PERMISSION_GRANTED};
        ServiceInfo listener = service(info, "Listener", "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE");
        ServiceInfo reader = service(info, "Reader", "android.permission.BIND_ACCESSIBILITY_SERVICE");
        info.services = new ServiceInfo[] {listener, reader};
        ActivityInfo admin = new ActivityInfo();
        admin.packageName = NAME;
        admin.name = NAME + ".Admin";
        admin.permission = "android.permission.BIND_DEVICE_ADMIN";
        admin.applicationInfo = info.applicationInfo;
        info.receivers = new ActivityInfo[] {admin};
        Fixtures.install(info);
        permission(Manifest.permission.CAMERA, PermissionInfo.PROTECTION_DANGEROUS);
        permission(Manifest.permission.INTERNET, PermissionInfo.PROTECTION_NORMAL);
    }

    private static ServiceInfo service(PackageInfo info, String name, String guard) {
        ServiceInfo service = new ServiceInfo();
        service.packageName = NAME;
        service.name = NAME + "." + name;
        service.permission = guard;
        service.enabled = true;
        service.applicationInfo = info.applicationInfo;
        return service;
    }

    @SuppressWarnings("deprecation")
    private void permission(String name, int level) {
        PermissionInfo permission = new PermissionInfo();
        permission.packageName = "android";
        permission.name = name;
        permission.protectionLevel = level;
        Shadows.shadowOf(context.getPackageManager()).addPermissionInfo(permission);
    }

    private static JSONObject cell(String kind, String... fields) throws JSONException {
        JSONObject cell = new JSONObject().put("cell", kind).put("package", NAME).put("user", 0);
        for (int i = 0; i < fields.length; i += 2) {
            cell.put(fields[i], fields[i + 1]);
        }
        return cell;
    }

    private JSONObject read(JSONObject cell) throws Exception {
        JSONArray answer = Fixtures.array(enforcer.read(Fixtures.bytes(new JSONArray().put(cell).toString())));
        assertEquals(1, answer.length());
        return answer.getJSONObject(0);
    }

    private JSONObject write(JSONObject cell, Object value) throws Exception {
        JSONObject change = new JSONObject().put("cell", cell).put("value", value);
        return Fixtures.beside(() -> Fixtures.object(enforcer.write(Fixtures.bytes(change.toString()))));
    }

    private void setAndReadBack(JSONObject cell, Object value) throws Exception {
        assertEquals("{\"done\":true}", write(cell, value).toString());
        assertEquals(cell.toString(), String.valueOf(value), read(cell).get("value").toString());
    }

    private static String because(JSONObject answer, String field) throws JSONException {
        return answer.getJSONObject(field).getString("because");
    }

    @Test
    public void packagesAndComponentsAreEnabledAndDisabled() throws Exception {
        JSONObject whole = cell("package-enabled");
        assertEquals("default", read(whole).getString("value"));
        for (String word : new String[] {"disabled-by-user", "disabled", "enabled", "disabled-until-used", "default"}) {
            setAndReadBack(whole, word);
        }
        JSONObject main = cell("component-enabled", "component", NAME + ".Main");
        assertEquals("default", read(main).getString("value"));
        for (String word : new String[] {"disabled", "enabled", "default"}) {
            setAndReadBack(main, word);
        }
        assertEquals("failed", because(write(main, "off"), "refused"));
        assertEquals("failed", because(write(main, true), "refused"));
    }

    @Test
    public void permissionsAreGrantedAndRevokedWithTheirFlags() throws Exception {
        JSONObject camera = cell("permission", "permission", Manifest.permission.CAMERA);
        assertEquals("{\"granted\":false,\"flags\":0}", read(camera).getJSONObject("value").toString());
        setAndReadBack(camera, new JSONObject("{\"granted\":true,\"flags\":1}"));
        setAndReadBack(camera, new JSONObject("{\"granted\":false,\"flags\":3}"));
    }

    @Test
    public void aGrantIsSeenWithoutItsFlagsByAnyApp() throws Exception {
        JSONObject camera = cell("permission", "permission", Manifest.permission.CAMERA);
        Shadows.shadowOf(RuntimeEnvironment.getApplication()).denyPermissions(SEES_FLAGS);
        assertEquals("{\"granted\":false}", read(camera).getJSONObject("value").toString());
        PackageInfo old = Fixtures.systemApp(NAME);
        old.applicationInfo.targetSdkVersion = 22;
        old.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        Fixtures.install(old);
        assertEquals("its flags say what an app for Android 5 may", "needs-permission", because(read(camera), "not-read"));
    }

    @Test
    public void whatIsFixedIsRefusedWithWhoFixedIt() throws Exception {
        JSONObject camera = cell("permission", "permission", Manifest.permission.CAMERA);
        JSONObject granted = new JSONObject("{\"granted\":true,\"flags\":0}");
        flags(1 << 4);
        assertEquals("fixed-by-system", because(write(camera, granted), "refused"));
        flags(1 << 2);
        assertEquals("fixed-by-policy", because(write(camera, granted), "refused"));
        JSONObject internet = cell("permission", "permission", Manifest.permission.INTERNET);
        assertEquals("fixed-by-system", because(write(internet, granted), "refused"));
        JSONObject foreign = cell("permission", "permission", "android.permission.RECORD_AUDIO");
        assertEquals("gone", because(write(foreign, granted), "refused"));
        assertEquals("gone", because(read(foreign), "not-read"));
    }

    private void flags(int flags) {
        context.getPackageManager().updatePermissionFlags(Manifest.permission.CAMERA, NAME, 1 << 4 | 1 << 2, flags,
                Process.myUserHandle());
    }

    @Test
    public void anAppForAndroid5KeepsItsGrantAndLosesItsUse() throws Exception {
        PackageInfo old = Fixtures.systemApp(NAME);
        old.applicationInfo.targetSdkVersion = 22;
        old.requestedPermissions = new String[] {Manifest.permission.CAMERA};
        old.requestedPermissionsFlags = new int[] {PackageInfo.REQUESTED_PERMISSION_GRANTED};
        Fixtures.install(old);
        context.getPackageManager().grantRuntimePermission(NAME, Manifest.permission.CAMERA, Process.myUserHandle());
        JSONObject camera = cell("permission", "permission", Manifest.permission.CAMERA);
        assertTrue(read(camera).getJSONObject("value").getBoolean("granted"));
        assertTrue(write(camera, new JSONObject("{\"granted\":false,\"flags\":0}")).getBoolean("done"));
        assertEquals("{\"granted\":false,\"flags\":8}", read(camera).getJSONObject("value").toString());
        assertTrue(write(camera, new JSONObject("{\"granted\":true,\"flags\":0}")).getBoolean("done"));
        assertEquals("{\"granted\":true,\"flags\":0}", read(camera).getJSONObject("value").toString());
    }

    @Test
    public void appOpsAreSet() throws Exception {
        String op = Build.VERSION.SDK_INT >= 28 ? "android:run_any_in_background" : "android:camera";
        JSONObject background = cell("app-op", "op", op);
        setAndReadBack(background, "ignored");
        setAndReadBack(background, "allowed");
        assertEquals("not-on-this-release", because(read(cell("app-op", "op", "android:no_such_op")), "not-read"));
        assertEquals("failed", because(write(background, "off"), "refused"));
    }

    @Test
    public void bucketsAreSetWhereTheReleaseHasThem() throws Exception {
        JSONObject bucket = cell("standby-bucket");
        if (Build.VERSION.SDK_INT < 28) {
            assertEquals("not-on-this-release", because(read(bucket), "not-read"));
            assertEquals("not-on-this-release", because(write(bucket, 40), "refused"));
        } else {
            setAndReadBack(bucket, 40);
            setAndReadBack(bucket, 10);
        }
    }

    @Test
    public void aRoleGoesToItsNewHolder() throws Exception {
        JSONObject role = new JSONObject("{\"cell\":\"role-holder\",\"role\":\"android.app.role.BROWSER\",\"user\":0}");
        if (Build.VERSION.SDK_INT < 29) {
            setAndReadBack(role, new JSONArray().put(NAME));
        } else {
            assertEquals("[]", read(role).getJSONArray("value").toString());
        }
    }

    @Test
    public void storageIsReadAndCleared() throws Exception {
        Sharing.person(10, 0);
        for (int user : new int[] {0, 10}) {
            PhoneStorage.takes(NAME, user, 100_000, 50_000 + user, 20_000);
        }
        Shadows.shadowOf(RuntimeEnvironment.getApplication())
                .grantPermissions("android.permission.INTERNAL_DELETE_CACHE_FILES");
        for (int user : new int[] {10, 0}) {
            assertEquals(100_000, bytes("app", user));
            assertEquals(50_000 + user, bytes("data", user));
            assertEquals(20_000, bytes("cache", user));
            assertTrue(write(part("cache", user), 0).getBoolean("done"));
            assertEquals(0, bytes("cache", user));
            assertEquals("the data stays", 50_000 + user, bytes("data", user));
            assertTrue(write(part("data", user), 0).getBoolean("done"));
            assertEquals(PhoneStorage.LEFT, bytes("data", user));
            assertEquals("one user is cleared, not the other", user == 10 ? 50_000 : PhoneStorage.LEFT, bytes("data", 0));
        }
    }

    private static JSONObject part(String part, int user) throws JSONException {
        return cell("storage", "part", part).put("user", user);
    }

    private long bytes(String part, int user) throws Exception {
        return read(part(part, user)).getLong("value");
    }

    @Test
    public void storageThatIsNotClearedIsNotSaidToBe() throws Exception {
        PhoneStorage.takes(NAME, 0, 100_000, 50_000, 20_000);
        assertEquals("needs-permission", because(write(part("cache", 0), 0), "refused"));
        assertEquals("failed", because(write(part("data", 0), 5), "refused"));
        assertEquals("failed", because(write(part("app", 0), 0), "refused"));
        PhoneStorage.keeps(NAME, 0);
        assertEquals("failed", because(write(part("data", 0), 0), "refused"));
        assertEquals(50_000, bytes("data", 0));
    }

    /** A package of which no test says what it takes is never said to be cleared: so does a platform that hangs. */
    @Test
    public void clearingDataReachesThePlatformAndIsNotBelievedWithoutItsWord() throws Exception {
        DeviceEnforcer hasty = new DeviceEnforcer(context, new BoundedCalls(200));
        JSONObject change = new JSONObject().put("cell", cell("storage", "part", "data")).put("value", 0);
        JSONObject answer = Fixtures.beside(() -> Fixtures.object(hasty.write(Fixtures.bytes(change.toString()))));
        assertEquals("timed-out", because(answer, "refused"));
        ShadowApplicationPackageManager shadow = Shadow.extract(context.getPackageManager());
        assertTrue(shadow.getClearedApplicationUserDataPackages().contains(NAME));
    }

    /** The shadow keeps the sender and answers nothing by itself; before Android 14 it does not know the call. */
    @Test
    @Config(minSdk = 34)
    public void anAppIsUninstalledForTheUser() throws Exception {
        JSONObject installed = cell("installed");
        assertTrue(read(installed).getBoolean("value"));
        assertEquals("{\"done\":true}", uninstall(PackageInstaller.STATUS_SUCCESS).toString());
        assertEquals("needs-permission",
                because(uninstall(PackageInstaller.STATUS_PENDING_USER_ACTION), "refused"));
        assertEquals("fixed-by-policy", because(uninstall(PackageInstaller.STATUS_FAILURE_BLOCKED), "refused"));
        assertEquals("failed", because(uninstall(PackageInstaller.STATUS_FAILURE), "refused"));
    }

    private JSONObject uninstall(int status) throws Exception {
        ShadowPackageInstaller installer = Shadows.shadowOf(context.getPackageManager().getPackageInstaller());
        IntentSender before = installer.getLastUninstalledStatusReceiver(NAME);
        Thread answers = new Thread(() -> {
            try {
                IntentSender sender = before;
                for (int i = 0; i < 400 && sender == before; i++) {
                    Thread.sleep(10);
                    sender = installer.getLastUninstalledStatusReceiver(NAME);
                }
                sender.sendIntent(context, 0,
                        new Intent().putExtra(PackageInstaller.EXTRA_STATUS, status), null, null);
            } catch (InterruptedException | IntentSender.SendIntentException failed) {
                throw new IllegalStateException(failed);
            }
        });
        answers.start();
        JSONObject answer = write(cell("installed"), false);
        answers.join();
        return answer;
    }

    @Test
    public void anInstallerThatNeverAnswersIsGivenUp() throws Exception {
        DeviceEnforcer hasty = new DeviceEnforcer(context, new BoundedCalls(100));
        JSONObject change = new JSONObject().put("cell", cell("installed")).put("value", false);
        JSONObject answer = Fixtures.beside(() -> Fixtures.object(hasty.write(Fixtures.bytes(change.toString()))));
        assertEquals("timed-out", because(answer, "refused"));
    }

    @Test
    public void specialAccessInTheSecureSettingsIsTakenAndGiven() throws Exception {
        JSONObject accessibility = cell("special-access", "access", "accessibility");
        Settings.Secure.putString(context.getContentResolver(), "enabled_accessibility_services",
                "other.app/.Service:" + NAME + "/" + NAME + ".Reader");
        assertTrue(read(accessibility).getBoolean("value"));
        setAndReadBack(accessibility, false);
        assertEquals("other.app/.Service",
                Settings.Secure.getString(context.getContentResolver(), "enabled_accessibility_services"));
        setAndReadBack(accessibility, true);
    }

    @Test
    public void aDeviceAdminIsTakenItsPlace() throws Exception {
        JSONObject admin = cell("special-access", "access", "device-admin");
        assertEquals(false, read(admin).getBoolean("value"));
        Shadows.shadowOf(context.getSystemService(DevicePolicyManager.class))
                .setActiveAdmin(new ComponentName(NAME, NAME + ".Admin"));
        assertTrue(read(admin).getBoolean("value"));
        setAndReadBack(admin, false);
    }

    @Test
    public void aVpnIsAnAppOp() throws Exception {
        JSONObject vpn = cell("special-access", "access", "vpn");
        setAndReadBack(vpn, true);
        setAndReadBack(vpn, false);
    }

    @Test
    public void suspensionIsTakenWhereTheReleaseHasAWay() throws Exception {
        JSONObject suspended = cell("suspended");
        if (Build.VERSION.SDK_INT < 28) {
            assertEquals("not-on-this-release", because(write(suspended, true), "refused"));
        } else {
            assertTrue(write(suspended, true).getBoolean("done"));
            assertTrue(Build.VERSION.SDK_INT < 29 || context.getPackageManager().isPackageSuspended(NAME));
        }
    }

    @Test
    public void whatThePackageHoldsIsOneCellEach() throws Exception {
        context.getPackageManager().setComponentEnabledSetting(new ComponentName(NAME, NAME + ".Main"), 2, 0);
        JSONArray held = read(cell("holdings")).getJSONArray("value");
        boolean component = false;
        boolean permission = false;
        boolean isUnread = false;
        for (int i = 0; i < held.length(); i++) {
            JSONObject of = held.getJSONObject(i).getJSONObject("cell");
            component |= "component-enabled".equals(of.getString("cell"))
                    && "disabled".equals(held.getJSONObject(i).getString("value"));
            permission |= "permission".equals(of.getString("cell"));
            isUnread |= "notification-policy".equals(of.optString("access")) && held.getJSONObject(i).isNull("value");
        }
        assertTrue(held.toString(), component && permission);
        assertTrue("what only the system sees costs nothing else: " + held, isUnread);
    }

    @Test
    public void aPackageThatIsNotThereIsGoneForEveryCell() throws Exception {
        String[][] kinds = {{"installed"}, {"block-uninstall"}, {"package-enabled"},
            {"component-enabled", "component", "a.B"}, {"permission", "permission", "p"},
            {"app-op", "op", "android:camera"}, {"suspended"}, {"stopped"},
            {"special-access", "access", "vpn"}, {"storage", "part", "app"}, {"holdings"}};
        for (String[] kind : kinds) {
            JSONObject cell = new JSONObject().put("cell", kind[0]).put("package", "not.there").put("user", 0);
            if (kind.length > 1) {
                cell.put(kind[1], kind[2]);
            }
            assertEquals(kind[0], "gone", because(read(cell), "not-read"));
        }
    }

    @Test
    public void oneBadCellCostsNoOther() throws Exception {
        JSONArray cells = new JSONArray().put(cell("package-enabled")).put("nonsense").put(new JSONObject())
                .put(cell("no-such-cell")).put(cell("permission")).put(JSONObject.NULL).put(cell("installed"));
        JSONArray answer = Fixtures.array(enforcer.read(Fixtures.bytes(cells.toString())));
        assertEquals(cells.length(), answer.length());
        assertEquals("default", answer.getJSONObject(0).getString("value"));
        for (int i = 1; i < 6; i++) {
            assertEquals("failed", because(answer.getJSONObject(i), "not-read"));
        }
        assertTrue(answer.getJSONObject(6).getBoolean("value"));
    }

    @Test
    public void changesOfNoKnownFormAreRefused() throws Exception {
        for (String change : new String[] {"", "{}", "[]", "{\"cell\":7}", "\u0000",
            "{\"cell\":{\"cell\":\"installed\",\"package\":\"a\",\"user\":0}}"}) {
            assertEquals(change, "failed",
                    because(Fixtures.object(enforcer.write(Fixtures.bytes(change))), "refused"));
        }
    }

    @Test
    public void whatThisProgramMayIsTold() throws Exception {
        JSONObject may = Fixtures.object(enforcer.may());
        assertTrue(may.getString("way").matches("platform-signed|privileged|ordinary"));
        assertEquals(Build.VERSION.SDK_INT, may.getInt("sdk"));
        assertEquals(Process.myUid(), may.getInt("uid"));
        assertEquals(0, may.getJSONArray("users").getJSONObject(0).getInt("id"));
    }
}
