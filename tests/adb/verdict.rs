//! A phone over adb is judged as its image is, and a phone that lies is caught or at least not believed.

use serde_json::Value;

use crate::lab::{Lab, PHONE, Phone, Run, TABLET, differences, judged};

/// The facts of a phone that keeps the rule.
pub(crate) const COMPLIANT: &str = "tests/data/devices/zte-u930hd.after-plan.json";

fn audit(lab: &Lab, source: &str) -> Run {
    lab.keepone(&["audit", source, "--format", "json"])
}

#[test]
fn a_phone_over_adb_is_judged_as_its_image_is() {
    for (facts, api) in [(PHONE, "25"), (PHONE, "34"), (TABLET, "31"), (TABLET, "36")] {
        let lab = Lab::new();
        let phone = Phone::of(facts).with(&["--api", api, "--root"]).start();
        lab.connect(&phone);
        let image = Phone::image(facts);
        let over_adb = audit(&lab, &phone.source());
        let of_image = audit(&lab, image.path().to_str().unwrap());
        let differences = differences(&judged(&over_adb), &judged(&of_image));
        assert!(differences.is_empty(), "{facts} as API {api}: {}", differences.join("\n"));
        assert_eq!(phone.streams().len(), 1, "one stream for the whole read");
    }
}

/// A phone that keeps the rule, of which all can be read.
fn compliant() -> (Lab, Phone) {
    let lab = Lab::new();
    let phone = Phone::of(COMPLIANT).with(&["--root", "--api", "34"]).start();
    lab.connect(&phone);
    (lab, phone)
}

#[test]
fn the_only_phone_need_not_be_named() {
    let (lab, phone) = compliant();
    let run = audit(&lab, "adb:");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(phone.streams().len(), 1);
}

#[test]
fn what_only_root_may_read_is_listed_and_nothing_passes_on_it() {
    let (lab, phone) = Lab::with(COMPLIANT);
    let run = audit(&lab, &phone.source());
    assert_eq!(run.status, 2, "{run:?}");
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let unread = said["unread"].as_array().unwrap();
    assert_eq!(unread.len(), 1, "{unread:?}");
    assert_eq!(unread[0]["path"], "block-uninstall, user 0");
    assert_eq!(unread[0]["reason"]["why"], "needs-permission");
}

#[test]
fn without_a_phone_that_can_be_read_the_message_says_why() {
    let lab = Lab::new();
    let says = |arguments: &[&str], text: &str| {
        let run = lab.keepone(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (3, ""), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains(text), "{arguments:?}: {}", run.stderr);
    };
    says(&["audit", "adb:", "--adb", "/nowhere/adb"], "failed to run /nowhere/adb");
    says(&["audit", "adb:"], "no device is connected");
    says(&["audit", "adb:no-such"], "no device has the serial no-such");
    let unauthorized = Phone::of(PHONE).with(&["--greeting", "unauthorized"]).start();
    lab.connect(&unauthorized);
    lab.await_state(&unauthorized, "unauthorized");
    says(&["audit", "adb:"], "has not allowed this computer");
    let offline = Phone::of(PHONE).with(&["--greeting", "offline"]).start();
    lab.connect(&offline);
    lab.await_state(&offline, "offline");
    says(&["audit", "adb:"], "several devices are connected");
    says(&["audit", &offline.source()], "is offline");
}

#[test]
fn a_cable_pulled_while_reading_ends_the_run_with_an_error() {
    let (lab, phone) = compliant();
    for at in ["0", "1000", "100000", "500000"] {
        phone.order(&["pull", at]);
        let run = audit(&lab, &phone.source());
        assert_eq!((run.status, run.stdout.as_str()), (3, ""), "at {at}: {run:?}");
        assert!(run.stderr.contains("the connection to the device is gone"), "at {at}: {}", run.stderr);
        phone.order(&["plug"]);
        lab.adb(&["disconnect", &phone.serial()]);
        lab.reconnect(&phone);
    }
}

#[test]
fn another_makers_way_of_saying_the_same_is_understood() {
    let (lab, phone) = compliant();
    let plain = judged(&audit(&lab, &phone.source()));
    for beginning in ["dumpsys package", "pm list users"] {
        phone.order(&["answer", beginning, "maker"]);
    }
    let differences = differences(&judged(&audit(&lab, &phone.source())), &plain);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_phone_that_lies_while_it_is_read_does_not_pass() {
    let (lab, phone) = compliant();
    assert_eq!(audit(&lab, &phone.source()).status, 0);
    let mut believed = Vec::new();
    let mut holds = |lie: &[&str], named: &str| {
        phone.order(lie);
        let run = audit(&lab, &phone.source());
        let said: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{lie:?}: {run:?}"));
        let unread = said["unread"].to_string();
        if run.status != 2 || unread == "[]" || !unread.contains(named) {
            believed.push(format!("{lie:?}: status {}, not read: {unread:.400}", run.status));
        }
    };
    // What is asked, how the answer is twisted, what is then told as not read.
    for (asked, twist, named) in [
        ("dumpsys package", &["truncate", "100000"][..], "packages"),
        ("dumpsys package", &["truncate", "400000"], "packages"),
        ("dumpsys package", &["garbage"], "packages"),
        ("dumpsys package", &["foreign"], "user 0"),
        ("dumpsys package", &["flood", "67108865"], "too-large"),
        ("pm list packages", &["truncate", "500"], "user 0"),
        ("pm list packages", &["garbage"], "user 0"),
        ("pm list packages", &["foreign"], "user 0"),
        ("pm list users", &["garbage"], "users"),
        ("pm list users", &["foreign"], "users"),
        ("cmd package query", &["garbage"], "probes"),
        ("cmd package query", &["foreign"], "probes"),
        ("cmd package query", &["truncate", "40"], "probes"),
        ("getprop", &["garbage"], "properties"),
        ("find", &["truncate", "2000"], ""),
        ("find", &["garbage"], ""),
        ("unzip", &["garbage"], "malformed"),
        ("unzip", &["truncate", "500"], "malformed"),
        ("dumpsys role", &["garbage"], "default-holders"),
    ] {
        holds(&[&["answer", asked], twist].concat(), named);
        phone.order(&["answer", asked, "truth"]);
    }
    let app = "com.android.contacts";
    for place in ["lists", "dumps", "queries"] {
        holds(&["hide", app, place], app);
        phone.order(&["show", app]);
    }
    holds(&["intruder", "a'; $(id)\n"], "a'; $(id)");
    assert!(believed.is_empty(), "{}", believed.join("\n"));
}
