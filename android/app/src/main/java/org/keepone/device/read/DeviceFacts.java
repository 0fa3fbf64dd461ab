// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import android.content.Context;
import android.content.pm.PackageManager;
import android.os.Build;
import android.util.JsonWriter;

import org.keepone.annotation.NonNull;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.PhoneUser;
import org.keepone.device.PhoneUsers;
import org.keepone.device.Withheld;

/** Writes what is told of the phone as a whole. */
final class DeviceFacts {
    /** What every build has, where the engine does not ask for more. */
    private static final List<String> BUILD = Collections.unmodifiableList(Arrays.asList("ro.build.", "ro.product"));

    private final Context context;
    private final BoundedCalls calls;

    DeviceFacts(@NonNull Context context, @NonNull BoundedCalls calls) {
        this.context = context;
        this.calls = calls;
    }

    /** Writes the whole document; what was noted before is listed in it too. */
    void write(@NonNull JsonWriter json, @NonNull PhoneUsers users, @NonNull List<String> beginnings,
            @NonNull NotRead notRead) throws IOException {
        if (users.withheld() != null) {
            notRead.add("users", users.withheld());
        }
        if (Build.VERSION.SDK_INT >= 30 && context.checkSelfPermission("android.permission.QUERY_ALL_PACKAGES")
                != PackageManager.PERMISSION_GRANTED) {
            // The platform filters every list then, and says nothing of it (Android 11, AppsFilter).
            notRead.add("packages", new Withheld(Because.NEEDS_PERMISSION, "android.permission.QUERY_ALL_PACKAGES"));
        }
        json.beginObject();
        json.name("device");
        device(json, beginnings.isEmpty() ? BUILD : beginnings, notRead);
        json.name("users").beginArray();
        for (PhoneUser user : users.users()) {
            json.beginObject();
            json.name("id").value(user.id());
            json.name("kind").value(user.kind());
            json.endObject();
        }
        json.endArray();
        new RoleHolders(context, calls, users.users(), notRead).write(json);
        new SystemConfigFacts(context, calls, notRead).write(json);
        notRead.write(json);
        json.endObject();
    }

    private void device(@NonNull JsonWriter json, @NonNull List<String> beginnings, @NonNull NotRead notRead)
            throws IOException {
        json.beginObject();
        known(json, "fingerprint", Build.FINGERPRINT);
        known(json, "android-release", Build.VERSION.RELEASE);
        json.name("sdk").value(Build.VERSION.SDK_INT);
        known(json, "manufacturer", Build.MANUFACTURER);
        known(json, "brand", Build.BRAND);
        known(json, "model", Build.MODEL);
        try {
            Map<String, String> properties = calls.ask("properties", () -> Properties.list(beginnings));
            json.name("properties").beginObject();
            for (Map.Entry<String, String> property : properties.entrySet()) {
                json.name(property.getKey()).beginObject();
                json.name("value").value(property.getValue());
                json.name("path").value("getprop");
                json.endObject();
            }
            json.endObject();
        } catch (Withheld withheld) {
            notRead.add("properties", withheld);
        }
        json.endObject();
    }

    /** {@code Build} says "unknown" where a property is not set. */
    private static void known(@NonNull JsonWriter json, @NonNull String name, String value) throws IOException {
        if (value != null && !Build.UNKNOWN.equals(value)) {
            json.name(name).value(value);
        }
    }
}
