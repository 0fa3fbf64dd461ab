package org.keepone.ui;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.keepone.engine.PackageEnforcer;

/** A phone's cells in memory, for two users: every app is there, nothing is set, no role is held, and data lies in each. */
final class MemoryHand implements PackageEnforcer {
    /** What was written, in order: "block-uninstall com.maker.one 10 true". */
    final List<String> written = new ArrayList<>();

    /** The permissions that the hand holds. */
    final Set<String> permissions = new HashSet<>();

    private final Map<String, Object> cells = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();

    MemoryHand(Collection<String> permissions) {
        for (String permission : permissions) {
            this.permissions.add("android.permission." + permission);
        }
    }

    /** Makes every cell of a kind one that cannot be read. */
    void hides(String kind) {
        hidden.add(kind);
    }

    void set(String kind, String name, int user, Object value) {
        cells.put(kind + " " + name + " " + user, value);
    }

    /** Returns what stands in a cell. */
    Object get(String kind, String name, int user) throws JSONException {
        return value(new JSONObject().put("cell", kind).put("package", name).put("user", user));
    }

    private static String key(JSONObject cell) {
        return cell.optString("cell") + " " + cell.optString("package", cell.optString("role")) + " " + cell.optInt("user");
    }

    private Object value(JSONObject cell) {
        Object set = cells.get(key(cell));
        if (set != null) {
            return set;
        }
        switch (cell.optString("cell")) {
            case "installed":
                return true;
            case "block-uninstall":
            case "suspended":
                return false;
            case "package-enabled":
                return "default";
            case "storage":
                return 5_000_000;
            default:
                return new JSONArray();
        }
    }

    @Override
    public byte[] may() throws Exception {
        return KeptPhone.bytes(new JSONObject()
                .put("way", "platform-signed")
                .put("sdk", 34)
                .put("permissions", new JSONArray(permissions))
                .put("users", new JSONArray()
                        .put(new JSONObject().put("id", 0).put("kind", "main"))
                        .put(new JSONObject().put("id", 10).put("kind", "work")))
                .put("uid", 10_123));
    }

    @Override
    public byte[] read(byte[] asked) throws Exception {
        JSONArray all = new JSONArray(new String(asked, StandardCharsets.UTF_8));
        JSONArray answers = new JSONArray();
        for (int at = 0; at < all.length(); at++) {
            JSONObject cell = all.getJSONObject(at);
            answers.put(hidden.contains(cell.getString("cell"))
                    ? new JSONObject().put("not-read", new JSONObject().put("because", "failed").put("detail", "hidden"))
                    : new JSONObject().put("value", value(cell)));
        }
        return KeptPhone.bytes(answers);
    }

    @Override
    public byte[] write(byte[] change) throws Exception {
        JSONObject asked = new JSONObject(new String(change, StandardCharsets.UTF_8));
        String key = key(asked.getJSONObject("cell"));
        cells.put(key, asked.get("value"));
        written.add(key + " " + asked.get("value"));
        return KeptPhone.bytes(new JSONObject().put("done", true));
    }
}
