// SPDX-License-Identifier: Apache-2.0
package org.keepone.device;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import android.content.Context;
import android.content.pm.ActivityInfo;
import android.content.pm.ApplicationInfo;
import android.content.pm.PackageInfo;
import android.os.Looper;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;

/** Packages and answers that the tests of this room share. */
public final class Fixtures {
    private Fixtures() {}

    /** The app's own context. */
    public static Context context() {
        return RuntimeEnvironment.getApplication();
    }

    /** A package of the image with one activity, as the platform would answer for it. */
    public static PackageInfo systemApp(String name) {
        ApplicationInfo application = new ApplicationInfo();
        application.packageName = name;
        application.uid = 10_123;
        application.flags = ApplicationInfo.FLAG_SYSTEM | ApplicationInfo.FLAG_INSTALLED | ApplicationInfo.FLAG_HAS_CODE;
        application.enabled = true;
        application.targetSdkVersion = 30;
        application.sourceDir = "/product/app/" + name + "/" + name + ".apk";
        application.publicSourceDir = application.sourceDir;
        application.nonLocalizedLabel = "App " + name;
        ActivityInfo activity = new ActivityInfo();
        activity.packageName = name;
        activity.name = name + ".Main";
        activity.enabled = true;
        activity.exported = true;
        activity.applicationInfo = application;
        PackageInfo info = new PackageInfo();
        info.packageName = name;
        info.applicationInfo = application;
        info.activities = new ActivityInfo[] {activity};
        return info;
    }

    /** Installs a package in the platform at hand. */
    public static void install(PackageInfo info) {
        Shadows.shadowOf(context().getPackageManager()).installPackage(info);
    }

    /** Parses a document. */
    public static JSONObject object(byte[] document) throws JSONException {
        return new JSONObject(new String(document, StandardCharsets.UTF_8));
    }

    /** Parses a list. */
    public static JSONArray array(byte[] document) throws JSONException {
        return new JSONArray(new String(document, StandardCharsets.UTF_8));
    }

    /** Returns the UTF-8 bytes of a text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The reason noted for a thing that was not read; {@code null} when it was read. */
    public static JSONObject notRead(JSONObject answer, String what) throws JSONException {
        JSONArray listed = answer.getJSONArray("not-read");
        for (int i = 0; i < listed.length(); i++) {
            if (what.equals(listed.getJSONObject(i).getString("what"))) {
                return listed.getJSONObject(i).getJSONObject("because");
            }
        }
        return null;
    }

    /** Runs work on another thread while the main thread goes on with what is posted to it. */
    public static <T> T beside(Callable<T> work) throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<T> result = worker.submit(work);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < end) {
                Shadows.shadowOf(Looper.getMainLooper()).idle();
                try {
                    return result.get(20, TimeUnit.MILLISECONDS);
                } catch (TimeoutException early) {
                    continue;
                } catch (ExecutionException failed) {
                    throw (Exception) failed.getCause();
                }
            }
            throw new TimeoutException("a minute has passed");
        } finally {
            worker.shutdownNow();
        }
    }
}
