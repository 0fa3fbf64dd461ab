//! User 0 is not the device: a second user, a work profile and a clone have states of their own.

use serde_json::Value;

use crate::lab::{Lab, PHONE, Phone};

/// What a snapshot holds of a package for a user.
fn state<'a>(snapshot: &'a Value, package: &str, user: u64) -> &'a Value {
    let packages = snapshot["packages"].as_array().unwrap();
    let package = packages.iter().find(|it| it["name"] == package).unwrap();
    package["states"].as_array().unwrap().iter().find(|state| state["user"] == user).unwrap()
}

#[test]
fn each_user_is_told_apart_with_what_he_has() {
    for api in ["25", "29", "31", "36"] {
        let lab = Lab::new();
        let phone = Phone::of(PHONE)
            .with(&[
                "--api",
                api,
                "--user",
                "10:work",
                "--user",
                "11:clone",
                "--user",
                "12:secondary",
                "--root",
            ])
            .start();
        lab.connect(&phone);
        let line = "pm uninstall --user 10 com.android.browser; pm disable-user --user 11 com.android.email; \
            pm suspend --user 12 com.android.music";
        assert_eq!(lab.shell(&phone, line).status, 0);
        phone.order(&[
            "component",
            "com.android.browser",
            "12",
            "com.android.browser.ShortcutActivity",
            "off",
        ]);
        phone.order(&["block", "com.android.calendar", "11", "on"]);
        let run = lab.keepone(&["snapshot", &phone.source(), "-o", "-"]);
        let snapshot: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        let users: Vec<(u64, &str)> = snapshot["users"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| (user["id"].as_u64().unwrap(), user["kind"].as_str().unwrap()))
            .collect();
        // Before Android 11 a clone is a user like any other.
        let clone = if api == "25" || api == "29" { users[2].1 } else { "clone" };
        assert_eq!(users, [(0, "main"), (10, "work"), (11, clone), (12, "secondary")], "API {api}");
        let of = |package, user, field: &str| state(&snapshot, package, user)[field].clone();
        for user in [0, 10, 11, 12] {
            assert_eq!(of("com.android.browser", user, "installed"), user != 10, "API {api}, user {user}");
            assert_eq!(of("com.android.email", user, "enabled"), user != 11, "API {api}, user {user}");
            assert_eq!(of("com.android.music", user, "suspended"), user == 12, "API {api}, user {user}");
            assert_eq!(
                of("com.android.calendar", user, "block-uninstall"),
                user == 11,
                "API {api}, user {user}"
            );
        }
        assert_eq!(
            of("com.android.browser", 12, "disabled-components"),
            serde_json::json!(["com.android.browser.ShortcutActivity"])
        );
        assert_eq!(snapshot["unread"], Value::Null, "API {api}: {}", snapshot["unread"]);
    }
}
