// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import android.app.AppGlobals;
import android.content.Context;
import android.content.pm.IPackageManager;
import android.content.pm.PackageManager;
import android.os.IDeviceIdleController;
import android.os.PowerManager;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.BoundedCalls;
import org.keepone.device.Fixtures;
import org.keepone.harness.PhoneRunner;
import org.keepone.harness.Sharing;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowServiceManager;

/** Cells that go straight to a service of the platform, for the first and for another user: what arrives there. */
@RunWith(PhoneRunner.class)
@Config(shadows = ServiceCellsTest.ShadowAppGlobals.class)
public final class ServiceCellsTest {
    private static final String NAME = "com.maker.one";

    private final Context context = Fixtures.context();
    private final DeviceEnforcer enforcer = new DeviceEnforcer(context, new BoundedCalls(5_000));
    private final Set<String> blocked = new HashSet<>();
    private final List<String> stopped = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    private RuntimeException broken;

    /** Robolectric's own package service knows a few questions only. */
    private static IPackageManager service;

    /** Gives the test's package service to whoever asks the platform for it. */
    @Implements(AppGlobals.class)
    public static final class ShadowAppGlobals {
        @Implementation
        protected static IPackageManager getPackageManager() {
            return service;
        }
    }

    @Before
    public void servicesThatRemember() {
        Fixtures.install(Fixtures.systemApp(NAME));
        Sharing.person(10, 0);
        InvocationHandler packages = (proxy, method, arguments) -> {
            if (broken != null) {
                throw broken;
            }
            switch (method.getName()) {
                case "getBlockUninstallForUser":
                    return blocked.contains(arguments[0] + " " + arguments[1]);
                case "setBlockUninstallForUser":
                    String key = arguments[0] + " " + arguments[2];
                    return (Boolean) arguments[1] ? blocked.add(key) : blocked.remove(key);
                case "setPackageStoppedState":
                    stopped.add(arguments[0] + " " + arguments[1] + " " + arguments[2]);
                    return null;
                default:
                    throw new UnsupportedOperationException(method.getName());
            }
        };
        service = (IPackageManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IPackageManager.class}, packages);
        InvocationHandler doze = (proxy, method, arguments) -> {
            idle.add(method.getName() + " " + arguments[0]);
            return null;
        };
        ShadowServiceManager.addBinderService("deviceidle", IDeviceIdleController.class,
                (IDeviceIdleController) Proxy.newProxyInstance(getClass().getClassLoader(),
                        new Class<?>[] {IDeviceIdleController.class}, doze));
    }

    private static JSONObject cell(String kind, int user) throws JSONException {
        return new JSONObject().put("cell", kind).put("package", NAME).put("user", user);
    }

    private JSONObject read(JSONObject cell) throws Exception {
        return Fixtures.array(enforcer.read(Fixtures.bytes(new JSONArray().put(cell).toString()))).getJSONObject(0);
    }

    private JSONObject write(JSONObject cell, Object value) throws Exception {
        JSONObject change = new JSONObject().put("cell", cell).put("value", value);
        return Fixtures.object(enforcer.write(Fixtures.bytes(change.toString())));
    }

    @Test
    public void uninstallingIsBlockedForOneUserAtATime() throws Exception {
        assertFalse(read(cell("block-uninstall", 0)).getBoolean("value"));
        assertTrue(write(cell("block-uninstall", 0), true).getBoolean("done"));
        assertTrue(read(cell("block-uninstall", 0)).getBoolean("value"));
        assertFalse(read(cell("block-uninstall", 10)).getBoolean("value"));
        assertTrue(write(cell("block-uninstall", 10), true).getBoolean("done"));
        assertTrue(write(cell("block-uninstall", 0), false).getBoolean("done"));
        assertEquals("[" + NAME + " 10]", blocked.toString());
        assertEquals("the platform said no", "failed",
                write(cell("block-uninstall", 0), false).getJSONObject("refused").getString("because"));
    }

    @Test
    public void theStoppedStateIsLiftedForTheUser() throws Exception {
        assertTrue(write(cell("stopped", 10), false).getBoolean("done"));
        assertEquals("[" + NAME + " false 10]", stopped.toString());
    }

    @Test
    public void whatTheServiceRefusesIsToldAsWhatLacks() throws Exception {
        broken = new SecurityException("neither user 10123 nor current process has android.permission.DELETE_PACKAGES");
        JSONObject refused = write(cell("block-uninstall", 0), true).getJSONObject("refused");
        assertEquals("needs-permission", refused.getString("because"));
        assertTrue(refused.getString("detail").contains("DELETE_PACKAGES"));
        assertEquals("needs-permission", read(cell("block-uninstall", 0)).getJSONObject("not-read").getString("because"));
        assertEquals("another user is hidden then", "hidden-user",
                write(cell("block-uninstall", 10), true).getJSONObject("refused").getString("because"));
    }

    @Test
    public void whoDoesNotAdministerThePhoneActsForNobodyElse() throws Exception {
        Sharing.opens(10);
        assertTrue(write(cell("block-uninstall", 10), true).getBoolean("done"));
        JSONObject refused = write(cell("block-uninstall", 0), true).getJSONObject("refused");
        assertEquals("hidden-user", refused.getString("because"));
        assertTrue(refused.toString(), refused.getString("detail").contains("only an administrator of the phone"));
        assertEquals("hidden-user", read(cell("block-uninstall", 0)).getJSONObject("not-read").getString("because"));
        assertEquals("[" + NAME + " 10]", blocked.toString());
        JSONArray offered = Fixtures.object(enforcer.may()).getJSONArray("users");
        assertEquals(1, offered.length());
        assertEquals(10, offered.getJSONObject(0).getInt("id"));
    }

    @Test
    public void appsThatSomebodyFixedForAUserAreReadAndNotChanged() throws Exception {
        Sharing.fixApps(10);
        JSONObject refused = write(cell("block-uninstall", 10), true).getJSONObject("refused");
        assertEquals("fixed-by-policy", refused.getString("because"));
        assertEquals("said before it is tried", "[10]", Fixtures.object(enforcer.may()).getJSONArray("fixed").toString());
        assertTrue(refused.toString(), refused.getString("detail").contains("no_control_apps of user 10"));
        assertFalse(read(cell("block-uninstall", 10)).getBoolean("value"));
        assertTrue(write(cell("block-uninstall", 0), true).getBoolean("done"));
        assertEquals("[" + NAME + " 0]", blocked.toString());
    }

    @Test
    public void theDozeListIsReadAndWritten() throws Exception {
        JSONObject exempt = cell("special-access", 0).put("access", "battery-unrestricted");
        assertFalse(read(exempt).getBoolean("value"));
        Shadows.shadowOf(context.getSystemService(PowerManager.class)).setIgnoringBatteryOptimizations(NAME, true);
        assertTrue(read(exempt).getBoolean("value"));
        assertTrue(write(exempt, false).getBoolean("done"));
        assertTrue(write(exempt, true).getBoolean("done"));
        assertEquals("[removePowerSaveWhitelistApp " + NAME + ", addPowerSaveWhitelistApp " + NAME + "]", idle.toString());
    }

    @Test
    public void anotherUsersSettingsAreAskedOfThatUser() throws Exception {
        JSONObject enabled = cell("package-enabled", 10);
        assertEquals("default", read(enabled).getString("value"));
        assertTrue(write(enabled, "disabled-by-user").getBoolean("done"));
        assertEquals(PackageManager.COMPONENT_ENABLED_STATE_DISABLED_USER,
                org.keepone.device.ContextsCompat.forUser(context, 10).getPackageManager()
                        .getApplicationEnabledSetting(NAME));
    }
}
