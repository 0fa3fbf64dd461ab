// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;

import android.content.ComponentName;
import android.content.Context;
import android.content.IntentFilter;
import android.content.pm.ActivityInfo;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ProviderInfo;
import android.os.Build;
import android.os.Bundle;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.keepone.device.Fixtures;
import org.keepone.harness.PhoneRunner;
import org.robolectric.Shadows;

/** What the collector tells of packages in the framework's own package manager classes. */
@RunWith(PhoneRunner.class)
public final class DeviceReaderTest {
    /** Words of this test, so that none of a function group stands here. */
    private static final String PROBES = "{\"schema-version\":1,\"probes\":["
            + "{\"component\":\"activity\",\"action\":\"test.SHOW\",\"categories\":[\"test.CATEGORY\"]},"
            + "{\"component\":\"activity\",\"action\":\"test.OPEN\",\"categories\":[],\"data\":\"test://host/x\","
            + "\"mime-type\":\"image/png\"},"
            + "{\"component\":\"receiver\",\"action\":\"test.TOLD\",\"categories\":[]}]}";

    private final Context context = Fixtures.context();

    private DeviceReader reader() {
        return new DeviceReader(context, Fixtures.bytes(PROBES));
    }

    private static JSONObject activity(JSONObject answer, String name) throws JSONException {
        JSONArray activities = answer.getJSONObject("package").getJSONArray("activities");
        for (int i = 0; i < activities.length(); i++) {
            if (name.equals(activities.getJSONObject(i).getString("name"))) {
                return activities.getJSONObject(i);
            }
        }
        return null;
    }

    @Test
    public void countAndNamesAgreeAndHoldEveryPackage() throws Exception {
        Fixtures.install(Fixtures.systemApp("com.maker.one"));
        Fixtures.install(Fixtures.systemApp("com.maker.two"));
        DeviceReader reader = reader();
        String[] names = reader.names();
        assertEquals(reader.count(), names.length);
        assertTrue(Arrays.asList(names).containsAll(Arrays.asList("com.maker.one", "com.maker.two")));
    }

    @Test
    public void aPackageIsToldInASnapshotsWords() throws Exception {
        PackageInfo info = Fixtures.systemApp("com.maker.one");
        info.versionName = "1.2";
        info.requestedPermissions = new String[] {"android.permission.CAMERA"};
        info.requestedPermissionsFlags = new int[] {0};
        info.applicationInfo.metaData = new Bundle();
        info.applicationInfo.metaData.putString("key", "value");
        info.applicationInfo.icon = 0x7f010203;
        ProviderInfo provider = new ProviderInfo();
        provider.packageName = info.packageName;
        provider.name = "com.maker.one.Store";
        provider.authority = "com.maker.a;com.maker.b";
        provider.exported = true;
        provider.applicationInfo = info.applicationInfo;
        info.providers = new ProviderInfo[] {provider};
        Fixtures.install(info);
        JSONObject answer = Fixtures.object(reader().read("com.maker.one"));
        JSONObject told = answer.getJSONObject("package");
        assertEquals("com.maker.one", told.getString("name"));
        assertEquals("/product/app/com.maker.one/com.maker.one.apk", told.getString("file"));
        assertEquals("1.2", told.getString("version-name"));
        assertEquals("30", told.getString("target-sdk"));
        assertTrue(told.getBoolean("system"));
        assertEquals("android.permission.CAMERA", told.getJSONArray("permissions").getString(0));
        JSONObject application = told.getJSONObject("application");
        assertEquals("App com.maker.one", application.getJSONObject("label").getString("en"));
        assertEquals("@0x7f010203", application.getString("icon"));
        assertEquals("{\"name\":\"key\",\"value\":\"value\"}", application.getJSONArray("meta-data").get(0).toString());
        assertEquals(2, told.getJSONArray("providers").getJSONObject(0).getJSONArray("authorities").length());
        JSONObject main = activity(answer, "com.maker.one.Main");
        assertTrue(main.getBoolean("enabled") && main.getBoolean("exported"));
        JSONObject state = told.getJSONArray("states").getJSONObject(0);
        assertEquals(0, state.getInt("user"));
        assertTrue(state.getBoolean("installed") && state.getBoolean("enabled"));
        assertFalse(state.getBoolean("suspended"));
    }

    @Test
    public void filtersAreThoseThatAnswered() throws Exception {
        PackageInfo info = Fixtures.systemApp("com.maker.one");
        ActivityInfo only = info.activities[0];
        info.activities = null;
        Fixtures.install(info);
        // The shadow takes filters only for a component that was added by itself.
        Shadows.shadowOf(context.getPackageManager()).addOrUpdateActivity(only);
        ComponentName main = new ComponentName("com.maker.one", "com.maker.one.Main");
        IntentFilter shows = new IntentFilter("test.SHOW");
        shows.addCategory("test.CATEGORY");
        shows.setPriority(-1);
        Shadows.shadowOf(context.getPackageManager()).addIntentFilterForActivity(main, shows);
        IntentFilter opens = new IntentFilter("test.OPEN");
        opens.addDataScheme("test");
        opens.addDataAuthority("*host", "80");
        opens.addDataAuthority("host", null);
        opens.addDataPath("/x", android.os.PatternMatcher.PATTERN_PREFIX);
        opens.addDataType("image/*");
        Shadows.shadowOf(context.getPackageManager()).addIntentFilterForActivity(main, opens);
        IntentFilter silent = new IntentFilter("test.NOT_ASKED");
        Shadows.shadowOf(context.getPackageManager()).addIntentFilterForActivity(main, silent);
        JSONArray filters =
                activity(Fixtures.object(reader().read("com.maker.one")), main.getClassName()).getJSONArray("filters");
        assertEquals(2, filters.length());
        assertEquals("{\"actions\":[\"test.SHOW\"],\"categories\":[\"test.CATEGORY\"],\"priority\":-1}",
                filters.getJSONObject(0).toString());
        assertEquals("{\"actions\":[\"test.OPEN\"],\"schemes\":[\"test\"],\"hosts\":[\"*host:80\",\"host\"],"
                + "\"paths\":[{\"prefix\":\"\\/x\"}],\"types\":[\"image\\/*\"]}", filters.getJSONObject(1).toString());
    }

    @Test
    public void whatTheUsersStateDisablesIsTold() throws Exception {
        PackageInfo info = Fixtures.systemApp("com.maker.one");
        ActivityInfo second = new ActivityInfo(info.activities[0]);
        second.name = "com.maker.one.Second";
        second.enabled = false;
        info.activities = new ActivityInfo[] {info.activities[0], second};
        Fixtures.install(info);
        PackageManager packages = context.getPackageManager();
        packages.setComponentEnabledSetting(new ComponentName("com.maker.one", "com.maker.one.Main"),
                PackageManager.COMPONENT_ENABLED_STATE_DISABLED, 0);
        packages.setComponentEnabledSetting(new ComponentName("com.maker.one", "com.maker.one.Second"),
                PackageManager.COMPONENT_ENABLED_STATE_ENABLED, 0);
        JSONObject answer = Fixtures.object(reader().read("com.maker.one"));
        JSONObject state = answer.getJSONObject("package").getJSONArray("states").getJSONObject(0);
        assertEquals("[\"com.maker.one.Main\"]", state.getJSONArray("disabled-components").toString());
        assertEquals("[\"com.maker.one.Second\"]", state.getJSONArray("enabled-components").toString());
        assertTrue("the manifest's word stays", activity(answer, "com.maker.one.Main").getBoolean("enabled"));
    }

    @Test
    public void hostileLabelsAreTakenAsTheyAreOrNotAtAll() throws Exception {
        PackageInfo turned = Fixtures.systemApp("com.maker.turned");
        turned.applicationInfo.nonLocalizedLabel = "\u202egnp.exe\n\u0000\ud800";
        Fixtures.install(turned);
        PackageInfo large = Fixtures.systemApp("com.maker.large");
        large.applicationInfo.nonLocalizedLabel = "x".repeat(10 << 20);
        Fixtures.install(large);
        PackageInfo none = Fixtures.systemApp("com.maker.none");
        none.applicationInfo.nonLocalizedLabel = null;
        Fixtures.install(none);
        PackageInfo broken = Fixtures.systemApp("com.maker.broken");
        broken.applicationInfo.nonLocalizedLabel = null;
        broken.applicationInfo.labelRes = 0x7f555555;
        Fixtures.install(broken);
        DeviceReader reader = reader();
        assertTrue(label(reader, "com.maker.turned").getString("en").startsWith("\u202egnp.exe\n"));
        JSONObject ofLarge = Fixtures.object(reader.read("com.maker.large"));
        assertFalse(ofLarge.getJSONObject("package").getJSONObject("application").has("label"));
        assertEquals("too-large", Fixtures.notRead(ofLarge, "label of the application").getString("why"));
        assertFalse(Fixtures.object(reader.read("com.maker.none")).getJSONObject("package")
                .getJSONObject("application").has("label"));
        assertEquals("@0x7f555555", label(reader, "com.maker.broken").getString("reference"));
    }

    private static JSONObject label(DeviceReader reader, String name) throws Exception {
        return Fixtures.object(reader.read(name)).getJSONObject("package").getJSONObject("application")
                .getJSONObject("label");
    }

    @Test
    public void aPackageThatWentMeanwhileIsGone() throws Exception {
        Fixtures.install(Fixtures.systemApp("com.maker.one"));
        DeviceReader reader = reader();
        assertTrue(Arrays.asList(reader.names()).contains("com.maker.one"));
        Shadows.shadowOf(context.getPackageManager()).removePackage("com.maker.one");
        assertNull(reader.read("com.maker.one"));
        assertNull(reader.read("never.was"));
    }

    @Test
    public void anUpdateStandsBesideTheFactoryPlace() throws Exception {
        PackageInfo info = Fixtures.systemApp("com.maker.one");
        info.applicationInfo.flags |= ApplicationInfo.FLAG_UPDATED_SYSTEM_APP;
        Fixtures.install(info);
        JSONObject told = Fixtures.object(reader().read("com.maker.one")).getJSONObject("package");
        assertTrue(told.getJSONObject("update").has("path"));
        assertTrue(told.getJSONObject("update").has("version-code"));
    }

    @Test
    public void thePhoneIsToldWithItsUsersAndWhatLacks() throws Exception {
        JSONObject answer = Fixtures.object(reader().device());
        assertEquals(Build.VERSION.SDK_INT, answer.getJSONObject("device").getInt("sdk"));
        assertEquals(0, answer.getJSONArray("users").getJSONObject(0).getInt("id"));
        assertNotNull(answer.getJSONArray("default-holders"));
        assertNotNull(answer.getJSONObject("system-config"));
        if (Build.VERSION.SDK_INT >= 30) {
            assertEquals("needs-permission", Fixtures.notRead(answer, "packages").getString("why"));
        }
    }

    @Test
    public void questionsOfNoKnownFormAreRefusedAtOnce() {
        for (String wrong : new String[] {"", "{}", "[]", "{\"probes\":[{\"component\":\"window\",\"action\":\"a\"}]}"}) {
            assertThrows(wrong, IllegalArgumentException.class,
                    () -> new DeviceReader(context, Fixtures.bytes(wrong)));
        }
    }
}
