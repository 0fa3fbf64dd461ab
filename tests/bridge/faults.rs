//! Every call of Java made to fail in turn, in every way: no crash, no lost package, a reason for each.

use std::fmt::Write as _;

use serde_json::Value;

use crate::machine;
use crate::phone::{self, NAMES};

const THROWN: [(&str, &str); 10] = [
    ("throw:runtime", "io"),
    ("throw:checked", "io"),
    ("throw:security", "needs-permission"),
    ("throw:timeout", "timed-out"),
    ("throw:error", "not-on-this-release"),
    ("throw:memory", "io"),
    ("throw:stack", "io"),
    ("throw:hostile", "io"),
    ("throw:long", "io"),
    ("throw:null", "io"),
];

/// Wrong answers about one package and the reason each becomes; the empty one: it is taken, with a diagnostic or none.
const WRONG: [(&str, &str); 17] = [
    ("null", "gone"),
    ("nothing", "malformed"),
    ("garbage", "malformed"),
    ("half", "malformed"),
    ("array", "malformed"),
    ("number", "malformed"),
    ("deep", "malformed"),
    ("wrong-types", "malformed"),
    ("other", "malformed"),
    ("too-large", "too-large"),
    ("bad-path", "malformed"),
    ("unknown-field", "malformed"),
    ("long-label", ""),
    ("turned-label", ""),
    ("blank-label", ""),
    ("none", ""),
    ("throw:none", ""),
];

fn faults() -> Vec<[&'static str; 3]> {
    let mut faults = Vec::new();
    for (what, _) in THROWN {
        for method in ["count", "names", "device", "progress"] {
            faults.push([method, "", what]);
        }
        faults.push(["read", "com.maker.browser", what]);
        faults.push(["read", "*", what]);
    }
    for (what, _) in WRONG {
        faults.push(["read", "com.maker.browser", what]);
    }
    for what in ["negative", "huge", "more", "fewer"] {
        faults.push(["count", "", what]);
    }
    for what in ["null", "empty", "fewer", "with-null", "twice", "hostile"] {
        faults.push(["names", "", what]);
    }
    for what in [
        "null",
        "nothing",
        "garbage",
        "half",
        "array",
        "number",
        "deep",
        "too-large",
        "unknown-field",
        "bad-users",
    ] {
        faults.push(["device", "", what]);
    }
    faults
}

fn name([method, of, what]: [&str; 3]) -> String {
    format!("{method}-{of}-{what}").replace([':', '*'], "_")
}

fn packages(answer: &Value) -> Vec<&Value> {
    answer["audit"]["packages"].as_array().unwrap().iter().collect()
}

fn entry<'a>(answer: &'a Value, package: &str) -> &'a Value {
    packages(answer).into_iter().find(|entry| entry["name"] == package).unwrap_or(&Value::Null)
}

/// The reasons of everything of one package, or of the device, that was not read under a name.
fn reasons(answer: &Value, package: Option<&str>, path: &str) -> Vec<String> {
    let of = |entry: &&Value| entry["package"].as_str() == package && entry["path"] == path;
    let unread = answer["audit"]["unread"].as_array().unwrap().iter();
    unread.filter(of).map(|entry| entry["reason"]["why"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn whatever_java_does_no_package_is_lost_and_nothing_crashes() {
    let folder = tempfile::tempdir().unwrap();
    phone::write(folder.path());
    let faults = faults();
    let lines = faults.iter().fold("whole\t\t\t\n".to_owned(), |mut lines, fault| {
        writeln!(lines, "{}\t{}", name(*fault), fault.join("\t")).unwrap();
        lines
    });
    std::fs::write(folder.path().join("faults.txt"), lines).unwrap();
    let run = machine::run(folder.path(), &["-Xmx1g"], &["faults"]);
    let whole = run.json("whole");
    the_whole_phone_is_judged(&whole);
    for fault in faults {
        let answer = run.json(&name(fault));
        assert_ne!(answer["audit"]["summary"]["outcome"], "pass", "{fault:?}");
        match fault {
            ["read", of, what] => one_answer_is_wrong(&answer, &whole, of, what),
            ["names", _, what] => names_are_wrong(&answer, &whole, what),
            [method, _, what] => the_whole_is_wrong(&answer, &whole, method, what),
        }
    }
}

fn the_whole_phone_is_judged(answer: &Value) {
    assert_eq!(packages(answer).iter().map(|entry| &entry["name"]).collect::<Vec<_>>(), NAMES);
    let scope = |package| entry(answer, package)["scope"].clone();
    assert_eq!(scope("com.maker.browser"), "in-scope");
    assert_eq!(scope("com.maker.updated"), "in-scope");
    assert_eq!(scope("com.maker.overlay"), "not-an-app");
    assert_eq!(scope("com.user.game"), "not-shipped");
    let verdict = |package| entry(answer, package)["removability"]["verdict"].clone();
    assert_eq!(verdict("com.maker.updated"), "non-uninstallable");
    assert_eq!(verdict("com.user.game"), "uninstallable");
    assert_eq!(entry(answer, "com.maker.browser")["groups"][0]["id"], "browser");
    assert_eq!(reasons(answer, Some("com.user.hidden"), "activities"), ["hidden-user"]);
    assert_eq!(reasons(answer, None, "discrete history"), ["needs-permission"]);
    assert_eq!(answer["audit"]["unread"].as_array().unwrap().len(), 2, "{}", answer["audit"]["unread"]);
    assert_eq!(answer["plan"]["profile"], answer["audit"]["profile"]);
    assert_eq!(answer["classify"]["summary"]["packages"], NAMES.len());
}

fn one_answer_is_wrong(answer: &Value, whole: &Value, of: &str, what: &str) {
    let reason = THROWN.iter().chain(&WRONG).find(|(known, _)| *known == what).unwrap().1;
    for package in NAMES {
        let (judged, before) = (entry(answer, package), entry(whole, package));
        if of != "*" && of != package {
            assert_eq!(judged, before, "{what} in {of} changed {package}");
        } else if reason.is_empty() {
            assert_eq!(judged["scope"], before["scope"], "{what}");
            assert_eq!(judged["groups"], before["groups"], "{what}");
        } else {
            assert_eq!(judged["scope"], "not-read", "{what} in {of}");
            assert_eq!(reasons(answer, Some(package), ""), [reason], "{what} in {of}");
        }
    }
    let label = entry(answer, "com.maker.browser")["label"]["en"].as_str().map_or(0, str::len);
    assert!(label <= 4_000, "{what}: a label of {label} bytes");
    if what == "long-label" {
        let diagnostics = answer["audit"]["diagnostics"].as_array().unwrap();
        assert!(diagnostics.iter().any(|entry| entry["detail"] == "a label of 10000000 bytes, cut"));
    }
}

fn names_are_wrong(answer: &Value, whole: &Value, what: &str) {
    let listed = |package: &str| entry(answer, package) == entry(whole, package);
    match what {
        // what is listed twice is read once; what is no name is told
        "twice" | "with-null" | "hostile" => assert!(NAMES.iter().all(|package| listed(package)), "{what}"),
        "fewer" => {
            assert!(listed(NAMES[0]));
            assert_eq!(reasons(answer, None, "packages"), ["count-differs"]);
        }
        _ => {
            assert!(packages(answer).is_empty());
            let reasons = reasons(answer, None, "packages");
            assert!(reasons.contains(&"count-differs".to_owned()), "{what}: {reasons:?}");
            if let Some((_, reason)) = THROWN.iter().find(|(known, _)| *known == what) {
                assert!(reasons.contains(&(*reason).to_owned()), "{what}: {reasons:?}");
            }
        }
    }
    let bad = reasons(answer, None, "").into_iter().filter(|reason| reason == "bad-name").count();
    assert_eq!(
        bad,
        match what {
            "with-null" => 1,
            "hostile" => 7,
            _ => 0,
        },
        "{what}"
    );
}

fn the_whole_is_wrong(answer: &Value, whole: &Value, method: &str, what: &str) {
    for package in NAMES {
        assert_ne!(entry(answer, package), &Value::Null, "{method} {what} lost {package}");
        if method != "device" {
            assert_eq!(entry(answer, package), entry(whole, package), "{method} {what} changed {package}");
        }
    }
    let thrown = THROWN.iter().find(|(known, _)| *known == what).map(|(_, reason)| *reason);
    let expected = match (method, what, thrown) {
        ("progress", _, _) | ("count", "fewer", _) => return,
        ("count", "more" | "huge", _) => ("packages", "count-differs"),
        ("count" | "device", _, Some(reason)) => (method, reason),
        ("device", "too-large", _) => ("device", "too-large"),
        ("device", "unknown-field", _) => ("device", "unsupported"),
        ("device", "bad-users", _) => ("users", "malformed"),
        _ => (method, "malformed"),
    };
    let reasons = reasons(answer, None, expected.0);
    assert!(reasons.iter().any(|reason| reason == expected.1), "{method} {what}: {reasons:?}");
}
