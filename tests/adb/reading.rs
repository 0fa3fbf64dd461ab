//! What the reading tests share: the command line against a phone, and what it says as JSON.

use std::process::Command;

use serde_json::Value;

use crate::lab::{Lab, Phone, Run};

/// What a user of a shell with the rights of root reads of a phone on which nothing is blocked.
const NOTHING_BLOCKED: &str = "<package-restrictions><block-uninstall-packages /></package-restrictions>";

/// Runs the command line.
pub(crate) fn keepone(lab: &Lab, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
    command.args(arguments);
    lab.finish(&mut command)
}

/// Runs a command that ends with one of `statuses` and prints JSON.
pub(crate) fn json(lab: &Lab, arguments: &[&str], statuses: &[i32]) -> Value {
    let run = keepone(lab, arguments);
    assert!(statuses.contains(&run.status), "{run:?}");
    serde_json::from_str(&run.stdout).unwrap()
}

/// The source that a phone is.
pub(crate) fn source(phone: &Phone) -> String {
    format!("adb:{}", phone.serial())
}

/// The facts that are read of a phone.
pub(crate) fn snapshot(lab: &Lab, phone: &Phone) -> Value {
    json(lab, &["snapshot", &source(phone)], &[0, 2])
}

/// Lets a phone's shell read what only root may read: for which packages of a user uninstalling is blocked.
pub(crate) fn as_root(phone: &Phone, users: &[u32]) {
    for user in users {
        phone.order(&[
            "file",
            &format!("/data/system/users/{user}/package-restrictions.xml"),
            NOTHING_BLOCKED,
        ]);
    }
}

/// Everything that was not read: what, of which package, why.
pub(crate) fn unread(snapshot: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = snapshot["unread"].as_array().map(Vec::as_slice).unwrap_or_default();
    let entry =
        |unread: &Value| (text(&unread["path"]), text(&unread["package"]), text(&unread["reason"]["why"]));
    entries.iter().map(entry).collect()
}

/// The facts about one package.
pub(crate) fn package<'a>(snapshot: &'a Value, name: &str) -> &'a Value {
    let packages = snapshot["packages"].as_array().unwrap();
    packages.iter().find(|package| package["name"] == name).unwrap_or_else(|| panic!("{name} is not there"))
}

/// Two results without what names the source.
pub(crate) fn same_but_for_the_source(mut a: Value, mut b: Value) {
    for result in [&mut a, &mut b] {
        let name = result["source"]["name"].as_str().unwrap_or_default().to_owned();
        result["source"] = Value::Null;
        for finding in result["findings"].as_array_mut().into_iter().flatten() {
            // A finding about the whole is about the source.
            for evidence in finding["evidence"].as_array_mut().into_iter().flatten() {
                for field in ["subject", "origin"] {
                    if evidence[field] == name.as_str() {
                        evidence[field] = Value::Null;
                    }
                }
            }
        }
    }
    for (key, value) in a.as_object().unwrap() {
        assert_eq!(value, &b[key], "{key}");
    }
    assert_eq!(a, b);
}
