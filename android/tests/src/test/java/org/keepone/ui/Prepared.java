package org.keepone.ui;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.keepone.device.Places;
import org.keepone.engine.Engine;
import org.keepone.engine.PackageEnforcer;
import org.keepone.engine.PackageReader;
import org.keepone.ui.model.Sheet;

/** What the screens of the tests show: the verdict of a real phone by the core, and switches in every state there is. */
final class Prepared {
    /** An app that breaks the rule, with an evidence-rich page. */
    static final String BROWSER = "com.UCMobile.cmcc";

    /** The one app of its group. */
    static final String STORE = "com.aspire.mm";

    private Prepared() {}

    /** Returns the phone with switches, a journal and a record. */
    static PreparedPhone phone(android.content.Context context, String kept) throws Exception {
        return new PreparedPhone(judged(context, new KeptPhone(kept)))
                .has(sheet(BROWSER))
                .has(sheet(STORE))
                .has(sheet("com.sina.news"))
                .changed(CHANGES)
                .recorded(RECORDS);
    }

    /** Returns a phone that can only be judged. */
    static Phone judged(android.content.Context context, KeptPhone kept) {
        return changed(context, kept, kept.root(), new NoHand());
    }

    /** Returns a phone that is judged from kept facts and the layers below a root, and changed through a hand. */
    static EnginePhone changed(
            android.content.Context context, KeptPhone kept, String root, PackageEnforcer hand) {
        EnginePhone.Reading reading = new EnginePhone.Reading() {
            @Override
            public PackageReader reader(Engine engine, Phone.Progress progress) {
                return kept;
            }

            @Override
            public PackageReader some(Engine engine, java.util.Collection<String> names) {
                return kept;
            }

            @Override
            public String root() {
                return root;
            }
        };
        return new EnginePhone(reading, hand, new Places(context), 0);
    }

    /** Returns every kind of switch in every area. */
    static Sheet sheet(String name) throws JSONException {
        JSONArray areas = new JSONArray()
                .put(area("auto-start", both("auto-start and associated start", "自启动与关联启动"),
                        named(on("self-start", "set"), "starts by itself", "自启动").put("items", new JSONArray()
                                .put(item("component", ".Boot", "on").put("answers", new JSONArray()
                                        .put("android.intent.action.BOOT_COMPLETED")))),
                        named(off("associated-start", "set"), "is started by other apps", "关联启动"),
                        named(one("background-run", "mixed", "set"), "runs in the background", "后台运行")
                                .put("limit", both("foreground services that the user sees go on",
                                        "用户可见的前台服务不受限"))))
                .put(area("personal-information", both("personal information", "个人信息"),
                        named(on("contacts", "set"), "contacts", "通信录"),
                        named(off("calendar", "set"), "calendar", "日历"),
                        named(on("location", "set"), "location", "位置").put("cells", new JSONArray()
                                .put(new JSONObject().put("cell", new JSONObject().put("cell", "app-op")
                                        .put("op", "android:fine_location"))))
                                .put("items", new JSONArray()
                                .put(item("permission", "android.permission.ACCESS_FINE_LOCATION", "on"))
                                .put(item("permission", "android.permission.ACCESS_BACKGROUND_LOCATION", "on"))),
                        named(one("clipboard", "unknown", "no"), "clipboard", "剪贴板")
                                .put("because", new JSONObject().put("because", "needs-permission")
                                        .put("detail", "android.permission.GET_APP_OPS_STATS"))
                                .put("cannot", both("what stands could not be read", "无法读取当前状态")),
                        named(one("app-list", "on", "open-page"), "list of installed apps", "已安装应用列表")
                                .put("page", "app-permissions").put("cannot",
                                both("Android grants it at installation", "安卓在安装时授予该权限")),
                        named(one("call-log", "not-applicable", "no"), "call log", "通话记录"),
                        named(one("messages", "not-applicable", "no"), "messages", "短信")))
                .put(area("sensitive-permissions", both("sensitive permissions", "敏感权限"),
                        named(on("camera", "set"), "camera", "相机"),
                        named(on("microphone", "open-page"), "microphone", "麦克风")
                                .put("page", "app-permissions").put("cannot",
                                both("KeepOne may not change permissions here", "KeepOne 在本机无权更改权限")),
                        named(one("phone", "on", "no"), "phone", "电话").put("who", new JSONObject()
                                .put("decided-by", "policy")
                                .put("text", both("fixed by the device's administrator", "由设备管理员固定"))),
                        named(off("overlay", "set"), "display over other apps", "显示在其他应用上层"),
                        named(on("usage-access", "set"), "usage access", "使用情况访问")))
                .put(area("device-identifiers", both("device identifiers", "设备标识"),
                        named(on("phone-state", "set"), "phone state", "电话状态"),
                        named(one("advertising-id", "on", "no"), "advertising identifier", "广告标识")
                                .put("kind", "told")
                                .put("limit", both("it is reset in the system's own page", "可在系统页面中重置"))))
                .put(area("storage", both("storage space", "存储空间"),
                        sized(one("app-size", "on", "no"), "app", name.length() * 1_000_000L, "app", "应用")
                                .put("kind", "told"),
                        sized(one("clear-data", "on", "set"), "data", name.length() * 300_000L, "clear data", "清除数据")
                                .put("kind", "action").put("destroys", true)
                                .put("limit", both("what is cleared does not come back", "清除后无法恢复")),
                        sized(one("clear-cache", "on", "set"), "cache", null, "clear cache", "清除缓存")
                                .put("kind", "action"),
                        named(one("all-files", "off", "set"), "all files", "所有文件")));
        return Sheet.parse(new JSONObject()
                .put("package", name)
                .put("user", 0)
                .put("areas", areas)
                .toString());
    }

    static JSONObject on(String id, String may) throws JSONException {
        return one(id, "on", may);
    }

    static JSONObject off(String id, String may) throws JSONException {
        return one(id, "off", may);
    }

    static JSONObject one(String id, String state, String may) throws JSONException {
        return new JSONObject()
                .put("id", id)
                .put("state", state)
                .put("may", may)
                .put("who", new JSONObject().put("decided-by", "user").put("text", both("set by you", "由您设置")));
    }

    static JSONObject both(String en, String zh) throws JSONException {
        return new JSONObject().put("en", en).put("zh", zh);
    }

    private static JSONObject named(JSONObject one, String en, String zh) throws JSONException {
        return one.put("name", both(en, zh));
    }

    private static JSONObject item(String field, String what, String state) throws JSONException {
        return new JSONObject().put("cell", new JSONObject().put(field, what)).put("state", state);
    }

    private static JSONObject sized(JSONObject one, String part, Long bytes, String en, String zh) throws JSONException {
        JSONObject reading = new JSONObject()
                .put("cell", new JSONObject().put("cell", "storage").put("part", part));
        if (bytes == null) {
            reading.put("not-read", new JSONObject().put("because", "needs-permission"));
        } else {
            reading.put("value", bytes);
        }
        return named(one, en, zh).put("cells", new JSONArray().put(reading));
    }

    private static JSONObject area(String id, JSONObject name, JSONObject... switches) throws JSONException {
        List<JSONObject> all = new ArrayList<>(List.of(switches));
        return new JSONObject().put("id", id).put("name", name).put("switches", new JSONArray(all));
    }

    /** A hand that may everything and has nothing to hold. */
    private static final class NoHand implements PackageEnforcer {
        @Override
        public byte[] may() throws Exception {
            return KeptPhone.bytes(new JSONObject().put("way", "platform-signed").put("sdk", 34));
        }

        @Override
        public byte[] read(byte[] cells) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] write(byte[] change) {
            throw new UnsupportedOperationException();
        }
    }

    static final String CHANGES = "{\"runs\":["
            + "{\"run\":2,\"now\":\"2026-11-23T08:00:00Z\"},{\"run\":1,\"now\":\"2026-11-20T08:00:00Z\"}],"
            + "\"changes\":["
            + "{\"seq\":4,\"run\":2,\"package\":\"com.UCMobile.cmcc\",\"purpose\":{\"for\":\"switch\","
            + "\"area\":\"sensitive-permissions\",\"switch\":\"camera\"},\"cell\":{\"cell\":\"permission\","
            + "\"package\":\"com.UCMobile.cmcc\",\"user\":0,\"permission\":\"android.permission.CAMERA\"},"
            + "\"to\":{\"granted\":false,\"flags\":1},\"outcome\":\"done\",\"undone\":false,\"can-undo\":true,"
            + "\"text\":{\"en\":\"done\",\"zh\":\"已完成\"}},"
            + "{\"seq\":3,\"run\":2,\"package\":\"com.android.calculator2\",\"purpose\":{\"for\":\"step\","
            + "\"kind\":\"uninstall-for-user\"},\"cell\":{\"cell\":\"installed\","
            + "\"package\":\"com.android.calculator2\",\"user\":0},\"to\":false,\"outcome\":\"disabled-instead\","
            + "\"undone\":false,\"can-undo\":true,\"lost\":[{\"lost\":\"data\",\"text\":{\"en\":\"what the app had saved\","
            + "\"zh\":\"该应用保存的数据\"}}],\"text\":{\"en\":\"disabled instead of removed\",\"zh\":\"仅被停用而未移除\"}},"
            + "{\"seq\":2,\"run\":1,\"package\":\"com.aspire.mm\",\"purpose\":{\"for\":\"step\",\"kind\":\"block-uninstall\"},"
            + "\"cell\":{\"cell\":\"block-uninstall\",\"package\":\"com.aspire.mm\",\"user\":0},\"to\":true,"
            + "\"outcome\":\"done\",\"undone\":true,\"can-undo\":false,\"text\":{\"en\":\"done\",\"zh\":\"已完成\"}}]}";

    static final String RECORDS = "{\"events\":["
            + "{\"seq\":9,\"when\":\"2026-11-23T09:12:00Z\",\"until\":\"2026-11-23T09:13:35Z\",\"user\":0,"
            + "\"package\":\"com.UCMobile.cmcc\",\"kind\":\"access\",\"what\":\"android:fine_location\","
            + "\"precise\":true,\"foreground\":false,\"origin\":\"live\"},"
            + "{\"seq\":8,\"when\":\"2026-11-23T07:00:00Z\",\"user\":0,\"package\":\"com.aspire.mm\","
            + "\"kind\":\"access\",\"what\":\"android:read_contacts\",\"count\":3,\"origin\":\"platform-history\"},"
            + "{\"seq\":7,\"when\":\"2026-10-02T07:00:00Z\",\"user\":0,\"package\":\"com.UCMobile.cmcc\","
            + "\"kind\":\"control\",\"what\":\"auto-start/self-start\",\"origin\":\"ours\"}]}";
}
