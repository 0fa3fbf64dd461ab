package org.keepone.ui;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;
import org.keepone.engine.PackageReader;

/**
 * Answers the engine's questions from the committed facts of a real phone ({@code tests/data/devices}). Its APKs are written
 * from the same facts by {@code android/test}.
 */
final class KeptPhone implements PackageReader {
    private final Map<String, JSONObject> packages = new LinkedHashMap<>();
    private final JSONObject device = new JSONObject();
    private final Path root;

    KeptPhone(String phone) throws Exception {
        Path kept = Path.of("..", "..", "tests", "data", "devices", phone + ".json");
        root = Path.of("target", "kept", phone).toAbsolutePath();
        JSONObject snapshot = new JSONObject(new String(Files.readAllBytes(kept), StandardCharsets.UTF_8));
        JSONArray all = snapshot.getJSONArray("packages");
        for (int at = 0; at < all.length(); at++) {
            packages.putIfAbsent(all.getJSONObject(at).getString("name"), all.getJSONObject(at));
        }
        device.put("users", new JSONArray().put(new JSONObject().put("id", 0).put("kind", "main")));
        device.put("device", snapshot.getJSONObject("device"));
        device.put("system-config", snapshot.getJSONObject("system-config"));
        JSONArray notRead = new JSONArray();
        JSONArray unread = snapshot.getJSONArray("unread");
        for (int at = 0; at < unread.length(); at++) {
            notRead.put(new JSONObject()
                    .put("what", unread.getJSONObject(at).getString("path"))
                    .put("because", "gone"));
        }
        device.put("not-read", notRead);
    }

    /** Returns the folder that holds its APKs. */
    String root() {
        return root.toString();
    }

    /** Changes what the phone says of a package. */
    JSONObject of(String name) {
        return packages.get(name);
    }

    @Override
    public int count() {
        return packages.size();
    }

    @Override
    public String[] names() {
        return packages.keySet().toArray(new String[0]);
    }

    @Override
    public byte[] device() {
        return bytes(device);
    }

    @Override
    public byte[] read(String name) throws Exception {
        JSONObject facts = packages.get(name);
        return facts == null ? null : bytes(new JSONObject().put("package", facts));
    }

    @Override
    public void progress(int done, int of) {}

    static byte[] bytes(Object json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
