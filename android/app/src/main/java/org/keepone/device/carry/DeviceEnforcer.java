// SPDX-License-Identifier: Apache-2.0
package org.keepone.device.carry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

import android.content.Context;
import android.os.Build;
import android.os.Process;
import android.util.JsonWriter;

import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

import org.keepone.annotation.NonNull;
import org.keepone.annotation.Nullable;
import org.keepone.annotation.WorkerThread;
import org.keepone.device.Because;
import org.keepone.device.BoundedCalls;
import org.keepone.device.FixedUsers;
import org.keepone.device.JsonBytes;
import org.keepone.device.PhoneUser;
import org.keepone.device.PhoneUsers;
import org.keepone.device.WayOfLife;
import org.keepone.device.Withheld;
import org.keepone.engine.PackageEnforcer;

/**
 * The engine's hand on this phone. It reads and writes cells through the platform's own methods; whether something is
 * changed, the engine decides, and whether this program may, the platform; only whose users it acts for it knows by itself,
 * since its permissions are the same whoever opens it ({@link PhoneUsers}).
 */
@WorkerThread
public final class DeviceEnforcer implements PackageEnforcer {
    private final Context context;
    private final BoundedCalls calls;
    private final Map<String, Hand> hands;

    /**
     * Makes a hand.
     *
     * @param context any context of the app
     */
    public DeviceEnforcer(@NonNull Context context) {
        this(context, new BoundedCalls());
    }

    /** For tests: with another patience. */
    DeviceEnforcer(@NonNull Context context, @NonNull BoundedCalls calls) {
        this.context = context;
        this.calls = calls;
        Map<String, Hand> all = new LinkedHashMap<>();
        all.put("installed", new InstalledHand());
        all.put("block-uninstall", new BlockUninstallHand());
        all.put("role-holder", new RoleHand(context, calls));
        all.put("package-enabled", new EnabledHand(false));
        all.put("component-enabled", new EnabledHand(true));
        all.put("permission", new PermissionHand());
        all.put("app-op", new AppOpHand());
        all.put("standby-bucket", new BucketHand());
        all.put("suspended", new SuspendedHand());
        all.put("stopped", new StoppedHand());
        all.put("special-access", new AccessHand());
        all.put("storage", new StorageHand());
        all.put("holdings", new HoldingsHand(all));
        hands = Collections.unmodifiableMap(all);
    }

    @Override
    @NonNull
    public byte[] may() {
        WayOfLife life = WayOfLife.of(context);
        PhoneUsers users = PhoneUsers.of(context, calls);
        return JsonBytes.of(json -> {
            json.beginObject();
            json.name("way").value(life.way().word());
            json.name("sdk").value(Build.VERSION.SDK_INT);
            json.name("permissions").beginArray();
            for (String permission : life.held()) {
                json.value(permission);
            }
            json.endArray();
            json.name("users").beginArray();
            for (PhoneUser user : users.users()) {
                json.beginObject();
                json.name("id").value(user.id());
                json.name("kind").value(user.kind());
                json.endObject();
            }
            json.endArray();
            ids(json, "fixed", users, user -> FixedUsers.has(context, calls, user));
            // Of the users, for our own screens: those of the same person, and those whose choices are held from here.
            ids(json, "near", users, users::isNear);
            ids(json, "held", users, users::holds);
            json.name("uid").value(Process.myUid());
            json.endObject();
        });
    }

    private static void ids(@NonNull JsonWriter json, @NonNull String name, @NonNull PhoneUsers users, @NonNull IntPredicate which)
            throws IOException {
        json.name(name).beginArray();
        for (PhoneUser user : users.users()) {
            if (which.test(user.id())) {
                json.value(user.id());
            }
        }
        json.endArray();
    }

    @Override
    @NonNull
    public byte[] read(@NonNull byte[] cells) throws Withheld {
        JSONArray asked;
        try {
            asked = new JSONArray(text(cells));
        } catch (JSONException malformed) {
            throw new Withheld(Because.FAILED, "no array of cells: " + malformed.getMessage());
        }
        Sight sight = new Sight(context, calls);
        JSONArray answers = new JSONArray();
        for (int i = 0; i < asked.length(); i++) {
            answers.put(answer(asked.optJSONObject(i), sight));
        }
        return bytes(answers.toString());
    }

    @NonNull
    private JSONObject answer(@Nullable JSONObject written, @NonNull Sight sight) {
        try {
            Cell cell = Cell.of(written);
            sight.admit(cell);
            return object("value", hand(cell).read(cell, sight));
        } catch (Withheld withheld) {
            return object("not-read", obstacle(withheld));
        } catch (RuntimeException | LinkageError failed) {
            // One cell that fails in a way nobody thought of costs no other its answer.
            return object("not-read", obstacle(Withheld.of(failed)));
        }
    }

    @Override
    @NonNull
    public byte[] write(@NonNull byte[] change) {
        try {
            JSONObject written = new JSONObject(text(change));
            Cell cell = Cell.of(written.optJSONObject("cell"));
            Object value = written.opt("value");
            if (value == null || value == JSONObject.NULL) {
                throw new Withheld(Because.FAILED, "no value");
            }
            Sight sight = new Sight(context, calls);
            sight.admitChange(cell);
            hand(cell).write(cell, value, sight);
            return bytes(object("done", Boolean.TRUE).toString());
        } catch (JSONException malformed) {
            return bytes(object("refused", obstacle(
                    new Withheld(Because.FAILED, "no change: " + malformed.getMessage()))).toString());
        } catch (Withheld withheld) {
            return bytes(object("refused", obstacle(withheld)).toString());
        } catch (RuntimeException | LinkageError failed) {
            return bytes(object("refused", obstacle(Withheld.of(failed))).toString());
        }
    }

    @NonNull
    private Hand hand(@NonNull Cell cell) throws Withheld {
        Hand hand = hands.get(cell.kind());
        if (hand == null) {
            throw new Withheld(Because.FAILED, "no such cell: " + cell.kind());
        }
        return hand;
    }

    @NonNull
    private static JSONObject obstacle(@NonNull Withheld withheld) {
        // The engine has no word of its own here for an answer that was too large.
        Because because = withheld.because() == Because.TOO_LARGE ? Because.FAILED : withheld.because();
        try {
            return new JSONObject().put("because", because.word()).put("detail", withheld.detail());
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @NonNull
    private static JSONObject object(@NonNull String field, @NonNull Object value) {
        try {
            return new JSONObject().put(field, value);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @NonNull
    private static String text(@NonNull byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @NonNull
    private static byte[] bytes(@NonNull String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
