//! A phone of the tests: a handful of packages, one of each kind that is treated differently.

use std::path::Path;

use serde_json::{Value, json};

use crate::apk_builder::{Is, Xml, android, apk, id, plain};

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
        let record = record(name);
        std::fs::write(records.join(format!("{name}.json")), record.to_string()).unwrap();
        let package = &record["package"];
        let running = package["update"]["path"].as_str().or(package["path"].as_str()).unwrap();
        let place = folder.join(running.trim_start_matches('/'));
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join("base.apk"), apk(&manifest(name, package))).unwrap();
    }
    std::fs::write(folder.join("device.json"), device().to_string()).unwrap();
    let options =
        json!({"want": ["audit", "classify", "plan"], "root": folder, "captured": "2026-11-01T00:00:00Z"});
    std::fs::write(folder.join("options.json"), options.to_string()).unwrap();
}

/// The manifest of a package: what the platform tells of it too is left out.
fn manifest(name: &str, package: &Value) -> Vec<u8> {
    let mut xml = Xml::any();
    xml.start("manifest", &[plain("package", Is::Text(name))]);
    for permission in package["permissions"].as_array().into_iter().flatten() {
        xml.leaf("uses-permission", &[android(id::NAME, Is::Text(permission.as_str().unwrap()))]);
    }
    if package["overlay-target"].is_string() {
        xml.leaf("overlay", &[android(id::TARGET_PACKAGE, Is::Text("android"))]);
    }
    xml.start("application", &[]);
    xml.finish()
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
        "com.android.settings" => ("/system_ext/priv-app", true),
        "com.user.game" | "com.user.hidden" => ("/data/app/~~x", false),
        _ => ("/product/app", true),
    };
    let path = format!("{path}/{name}");
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
