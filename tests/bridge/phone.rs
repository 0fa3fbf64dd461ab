//! A phone of the tests: a handful of packages, one of each kind that is treated differently.

use std::path::Path;

use serde_json::{Value, json};

/// The packages of the phone, in order.
pub(crate) const NAMES: [&str; 8] = [
    "com.android.contacts",
    "com.android.settings",
    "com.maker.browser",
    "com.maker.overlay",
    "com.maker.store",
    "com.maker.updated",
    "com.user.game",
    "com.user.hidden",
];

/// Writes the phone to `folder`.
pub(crate) fn write(folder: &Path) {
    let records = folder.join("records");
    std::fs::create_dir_all(&records).unwrap();
    for name in NAMES {
        std::fs::write(records.join(format!("{name}.json")), record(name).to_string()).unwrap();
    }
    std::fs::write(folder.join("device.json"), device().to_string()).unwrap();
    let options = json!({"want": ["audit", "classify", "plan"], "manifests": false, "captured": "2026-11-01T00:00:00Z"});
    std::fs::write(folder.join("options.json"), options.to_string()).unwrap();
}

/// What the platform says of the phone as a whole.
pub(crate) fn device() -> Value {
    json!({
        "device": {"fingerprint": "maker/phone/phone:14/A/1:user/release-keys", "android-release": "14", "sdk": 34,
            "manufacturer": "maker", "brand": "maker", "model": "Phone",
            "properties": {"ro.build.version.sdk": {"value": "34", "path": "property"}}},
        "users": [{"id": 0, "kind": "main"}, {"id": 10, "kind": "work"}],
        "default-holders": [{"role": "android.app.role.BROWSER", "package": "com.maker.browser", "path": "role"}],
        "system-config": {"statements": []},
        "not-read": [{"what": "discrete history", "because": "needs-role"}]
    })
}

/// What the platform says of one package.
pub(crate) fn record(name: &str) -> Value {
    let (path, system) = match name {
        "com.android.settings" => ("/system_ext/priv-app/Settings", true),
        "com.user.game" | "com.user.hidden" => ("/data/app/~~x/game", false),
        _ => ("/product/app/App", true),
    };
    let state =
        |user: u32| json!({"user": user, "installed": true, "enabled": true, "block-uninstall": false});
    let mut package = json!({
        "name": name, "path": path, "file": format!("{path}/base.apk"), "version-code": 7,
        "application": {"label": {"en": "LABEL", "zh": "标签"}},
        "system": system, "states": [state(0), state(10)],
    });
    let entry = json!({"name": format!("{name}.Main"), "enabled": true, "exported": true, "filters": [
        {"actions": ["android.intent.action.MAIN"], "categories": ["android.intent.category.LAUNCHER"]}]});
    package["activities"] = match name {
        "com.maker.overlay" | "com.user.hidden" => json!([]),
        "com.maker.browser" => json!([entry, {"name": "com.maker.browser.Web", "exported": true, "filters": [
            {"actions": ["android.intent.action.VIEW"], "schemes": ["http", "https"],
             "categories": ["android.intent.category.DEFAULT", "android.intent.category.BROWSABLE"]}]}]),
        "com.android.settings" => {
            json!([entry, {"name": "com.android.settings.Home", "exported": true, "filters": [
            {"actions": ["android.settings.SETTINGS"], "categories": ["android.intent.category.DEFAULT"]}]}])
        }
        _ => json!([entry]),
    };
    if name == "com.maker.browser" {
        package["permissions"] = json!(["android.permission.INTERNET"]);
    }
    if name == "com.maker.overlay" {
        package["overlay-target"] = json!("android");
    }
    if name == "com.maker.updated" {
        package["update"] = json!({"path": "/data/app/~~y/updated", "version-code": 9});
    }
    let not_read = if name == "com.user.hidden" {
        json!([{"what": "activities", "because": {"why": "hidden-user", "detail": "user 10"}}])
    } else {
        json!([])
    };
    json!({"package": package, "not-read": not_read})
}
