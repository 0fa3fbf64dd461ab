//! A phone that keeps the rule and lies while it is read no longer passes: each mode in which it can lie is caught by the run
//! itself. Another maker's way of saying the same is no lie.

use serde_json::Value;

use crate::lab::{Lab, Phone, Run, differences, judged};

/// The facts of a phone that keeps the rule.
pub(crate) const COMPLIANT: &str = "tests/data/devices/zte-u930hd.after-plan.json";

fn audit(lab: &Lab, source: &str) -> Run {
    lab.keepone(&["audit", source, "--format", "json"])
}

/// A phone that keeps the rule, of which all can be read.
fn compliant() -> (Lab, Phone) {
    let lab = Lab::new();
    let phone = Phone::of(COMPLIANT)
        .with(&["--root", "--api", "34", "--property", "ro.build.version.sdk=34"])
        .start();
    lab.connect(&phone);
    (lab, phone)
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
        ("find", &["truncate", "500"], "\"/\""),
        ("find", &["garbage"], "\"/\""),
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
