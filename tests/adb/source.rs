//! A phone as a source: the same verdict as its image, on one stream, for every user; and what a phone does not tell, or tells
//! in two ways, is said.

use serde_json::{Value, json};

use crate::lab::{Lab, PHONE, Phone, TABLET};
use crate::reading::{as_root, json, keepone, package, same_but_for_the_source, snapshot, source, unread};

const BROWSER: &str = "com.android.browser";

/// The facts of the committed phone are of Android 4; it speaks as another release, and says to be one.
fn ready(lab: &Lab, api: &str) -> Phone {
    let level = format!("ro.build.version.sdk={api}");
    let phone = Phone::of(PHONE).with(&["--api", api, "--property", &level]).start();
    lab.connect(&phone);
    phone
}

fn facts(what: &str, name: &str, why: &str) -> (String, String, String) {
    (what.to_owned(), name.to_owned(), why.to_owned())
}

#[test]
fn a_phone_and_its_image_get_the_same_verdict_on_one_stream() {
    for kept in [PHONE, TABLET] {
        let (lab, phone) = Lab::with(kept);
        as_root(&phone, &[0]);
        let image = Phone::image(kept);
        let of_image = json(&lab, &["audit", image.path().to_str().unwrap(), "--format", "json"], &[0, 1, 2]);
        let of_phone = json(&lab, &["audit", &source(&phone), "--format", "json"], &[0, 1, 2]);
        same_but_for_the_source(of_image, of_phone);
        let shells: Vec<String> =
            phone.streams().into_iter().filter(|service| service.starts_with("shell")).collect();
        assert_eq!(shells.len(), 1, "{shells:?}");
    }
}

#[test]
fn every_release_is_read_and_what_it_lacks_is_named() {
    let lab = Lab::new();
    for api in ["25", "26", "28", "29", "30", "31", "33", "34", "35", "36"] {
        let phone = ready(&lab, api);
        as_root(&phone, &[0]);
        let read = snapshot(&lab, &phone);
        assert_eq!(read["packages"].as_array().unwrap().len(), 88, "{api}");
        assert_eq!(unread(&read), [], "{api}");
        lab.adb(&["disconnect"]);
    }
}

#[test]
fn every_user_is_read_with_its_kind_and_its_own_states() {
    let lab = Lab::new();
    let users = ["--user", "10:work", "--user", "11:clone", "--user", "12:secondary"];
    let phone = Phone::of(PHONE).with(&["--api", "34"]).with(&users).start();
    lab.connect(&phone);
    as_root(&phone, &[0, 10, 11, 12]);
    lab.shell(&phone, "pm uninstall --user 10 com.android.browser");
    lab.shell(&phone, "pm disable-user --user 11 com.android.browser");
    lab.shell(&phone, "pm suspend --user 12 com.android.browser");
    phone.order(&["component", BROWSER, "0", "com.android.browser.BrowserActivity", "off"]);
    let read = snapshot(&lab, &phone);
    let kinds: Vec<(u64, &str)> = read["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| (user["id"].as_u64().unwrap(), user["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds, [(0, "main"), (10, "work"), (11, "clone"), (12, "secondary")]);
    let states = package(&read, BROWSER)["states"].as_array().unwrap();
    assert_eq!(states[0]["disabled-components"], json!(["com.android.browser.BrowserActivity"]));
    let told = |user: usize, field: &str| states[user][field].clone();
    assert_eq!((told(1, "installed"), told(0, "installed")), (json!(false), json!(true)));
    assert_eq!((told(2, "enabled"), told(3, "enabled")), (json!(false), json!(true)));
    assert_eq!((told(3, "suspended"), told(2, "suspended")), (json!(true), json!(false)));
    assert_eq!(unread(&read), []);
}

#[test]
fn users_are_judged_separately_where_one_is_named() {
    let lab = Lab::new();
    let users = ["--user", "10:work", "--user", "11:clone"];
    let phone = Phone::of(PHONE).with(&["--api", "34"]).with(&users).start();
    lab.connect(&phone);
    as_root(&phone, &[0, 10, 11]);
    phone.order(&["component", BROWSER, "10", "com.android.browser.BrowserActivity", "off"]);
    lab.shell(&phone, "pm uninstall --user 11 com.android.browser");
    let image = Phone::image(PHONE);
    let of_image = json(&lab, &["audit", image.path().to_str().unwrap(), "--format", "json"], &[1]);
    let of_user =
        |user: &str| json(&lab, &["audit", &source(&phone), "--user", user, "--format", "json"], &[1]);
    let hindered = |result: &Value| {
        let findings = result["findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| finding["code"] == "hindered-removal")
            .map(|finding| finding["packages"].clone())
            .collect::<Vec<_>>()
    };
    same_but_for_the_source(of_image, of_user("0"));
    assert_eq!(hindered(&of_user("0")), Vec::<Value>::new());
    assert_eq!(hindered(&of_user("10")), [json!([BROWSER])]);
    assert_eq!(hindered(&of_user("11")), Vec::<Value>::new());
    let run = keepone(&lab, &["audit", &source(&phone), "--user", "12"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(
        run.stderr.contains("the source tells of no user 12") && run.stderr.contains("0, 10, 11"),
        "{run:?}"
    );
    let run = keepone(&lab, &["audit", image.path().to_str().unwrap(), "--user", "0"]);
    assert!(run.stderr.contains("an image has no users"), "{run:?}");
}

#[test]
fn who_administers_the_device_is_a_fact() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    as_root(&phone, &[0]);
    phone.order(&["owner", BROWSER]);
    let read = snapshot(&lab, &phone);
    let administrators = read["administrators"].as_array().unwrap();
    assert!(
        administrators.iter().any(|held| held["package"] == BROWSER && held["owner"] == true),
        "{administrators:?}"
    );
}

#[test]
fn an_update_is_a_fact_beside_the_place_in_the_image() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    as_root(&phone, &[0]);
    let before = json(&lab, &["audit", &source(&phone), "--format", "json"], &[0, 1, 2]);
    phone.order(&["update", BROWSER, "9000"]);
    let read = snapshot(&lab, &phone);
    let updated = package(&read, BROWSER);
    assert_eq!(updated["update"]["version-code"], 9000);
    assert!(updated["update"]["path"].as_str().unwrap().starts_with("/data/app/"), "{updated}");
    assert!(updated["path"].as_str().unwrap().starts_with("/system/"), "{updated}");
    let after = json(&lab, &["audit", &source(&phone), "--format", "json"], &[0, 1, 2]);
    let removability = |result: &Value| package(result, BROWSER)["removability"]["verdict"].clone();
    assert_eq!(removability(&before), removability(&after));
}

#[test]
fn what_only_root_may_read_is_named_and_nothing_passes_on_it() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    let read = snapshot(&lab, &phone);
    assert_eq!(unread(&read), [facts("block-uninstall, user 0", "", "needs-permission")]);
    assert_eq!(keepone(&lab, &["snapshot", &source(&phone)]).status, 2);
    assert_ne!(keepone(&lab, &["audit", &source(&phone)]).status, 0);
}

#[test]
fn who_hides_a_package_in_one_answer_is_told_by_another() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    as_root(&phone, &[0]);
    for (places, expected) in [
        (&["lists"][..], vec![facts("user 0", BROWSER, "count-differs")]),
        (&["dumps"], vec![facts("user 0", BROWSER, "count-differs")]),
        (&["queries"], vec![facts("launcher entries", BROWSER, "count-differs")]),
        (
            &["lists", "queries"],
            vec![
                facts("launcher entries", BROWSER, "count-differs"),
                facts("user 0", BROWSER, "count-differs"),
            ],
        ),
    ] {
        phone.order(&[&["hide", BROWSER], places].concat());
        let read = snapshot(&lab, &phone);
        assert_eq!(unread(&read), expected, "{places:?}");
        // Its file stands in the image, so it is judged all the same.
        package(&read, BROWSER);
        assert_ne!(keepone(&lab, &["audit", &source(&phone)]).status, 0);
        phone.order(&["show", BROWSER]);
    }
}

#[test]
fn a_package_hidden_everywhere_is_a_file_that_no_user_has() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    phone.order(&["hide", BROWSER, "lists", "dumps", "queries"]);
    let read = snapshot(&lab, &phone);
    assert_eq!(package(&read, BROWSER)["states"][0]["installed"], false);
}

#[test]
fn answers_that_are_cut_flooded_or_of_no_known_form_are_named() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    as_root(&phone, &[0]);
    for (question, twist, what) in [
        ("dumpsys package", &["truncate", "300000"][..], "packages"),
        ("dumpsys package", &["truncate", "480000"], "user 0"),
        ("dumpsys package", &["garbage"], "packages"),
        ("dumpsys package", &["flood", "67108865"], "packages"),
        ("pm list packages", &["truncate", "500"], "user 0"),
        ("pm list packages", &["garbage"], "count, user 0"),
        ("pm list users", &["garbage"], "users"),
        ("getprop", &["says", "Permission denied"], "properties"),
        ("dumpsys role", &["says", "Can't find service: role"], "default-holders"),
        ("dumpsys device_policy", &["says", "Permission Denial: x"], "administrators"),
        ("find", &["garbage"], "/"),
        ("cmd package query-activities", &["garbage"], "probes"),
        ("cat /data/system/users/0", &["garbage"], "block-uninstall, user 0"),
    ] {
        phone.order(&[&["answer", question], twist].concat());
        let read = snapshot(&lab, &phone);
        let named: Vec<String> = unread(&read).into_iter().map(|(what, _, _)| what).collect();
        assert!(named.iter().any(|name| name == what), "{question} {twist:?}: {named:?}");
        assert_ne!(keepone(&lab, &["audit", &source(&phone)]).status, 0, "{question} {twist:?}");
        phone.order(&["answer", question, "truth"]);
    }
}

#[test]
fn names_that_no_package_can_have_are_listed_and_never_reach_the_shell_as_more_than_a_word() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    as_root(&phone, &[0]);
    for name in ["a b", "$(id)", "a;id", "'; id; '", "名前"] {
        phone.order(&["intruder", name]);
    }
    let read = snapshot(&lab, &phone);
    let bad: Vec<(String, String, String)> =
        unread(&read).into_iter().filter(|(_, _, why)| why == "bad-name").collect();
    assert!(!bad.is_empty(), "{:?}", unread(&read));
    assert!(phone.asked().iter().all(|asked| asked.words.first().is_none_or(|program| program != "id")));
    assert_eq!(read["packages"].as_array().unwrap().len(), 88);
}

#[test]
fn a_cable_pulled_at_any_byte_ends_the_reading_with_a_message() {
    let lab = Lab::new();
    let phone = ready(&lab, "34");
    for bytes in ["10", "4000", "70000", "600000"] {
        phone.order(&["pull", bytes]);
        let run = keepone(&lab, &["audit", &source(&phone)]);
        assert_eq!((run.status, run.stdout.as_str()), (3, ""), "{bytes}: {run:?}");
        assert!(run.stderr.contains("the connection to the device is gone"), "{}", run.stderr);
        assert!(run.stderr.contains("hint: check the cable"), "{}", run.stderr);
        phone.order(&["plug"]);
        lab.reconnect(&phone);
    }
}

#[test]
fn a_device_that_is_not_there_or_not_ready_is_told_with_what_to_do() {
    let lab = Lab::new();
    let says = |arguments: &[&str], words: &[&str]| {
        let run = keepone(&lab, arguments);
        assert_eq!((run.status, run.stdout.as_str()), (3, ""), "{run:?}");
        for word in words {
            assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
        }
    };
    says(&["audit", "adb:", "--adb", "/nowhere/adb"], &["failed to run /nowhere/adb", "hint: "]);
    says(&["audit", "adb:"], &["no device is connected", "USB debugging"]);
    says(&["audit", "adb:", "--lang", "zh-CN"], &["没有连接任何设备", "USB 调试"]);
    says(&["audit", "adb:X1"], &["no device has the serial X1; none is connected"]);
    let (one, two) = (Phone::of(PHONE).start(), Phone::of(PHONE).start());
    lab.connect(&one);
    lab.connect(&two);
    says(&["audit", "adb:"], &["several devices are connected", &one.serial(), "adb:SERIAL"]);
    says(&["audit", "adb:$(id)"], &["no device has the serial $(id)"]);
    let run = keepone(&lab, &["snapshot", &source(&one)]);
    assert_eq!(run.status, 2, "{run:?}");
    lab.adb(&["disconnect"]);
    for (greeting, state, word) in
        [("unauthorized", "unauthorized", "Allow USB debugging"), ("offline", "offline", "is offline")]
    {
        let phone = Phone::of(PHONE).with(&["--greeting", greeting]).start();
        lab.connect(&phone);
        lab.await_state(&phone, state);
        says(&["audit", &source(&phone)], &[word]);
        lab.adb(&["disconnect"]);
    }
}

#[test]
fn a_name_that_is_given_is_kept_and_the_only_device_has_none() {
    let (lab, phone) = Lab::with(PHONE);
    let read = json(&lab, &["snapshot", "adb:"], &[2]);
    assert_eq!((&read["source"]["kind"], &read["source"]["name"]), (&json!("adb"), &json!("adb")));
    let read = json(&lab, &["snapshot", &phone.serial(), "--source-kind", "adb"], &[2]);
    assert_eq!(read["source"]["name"], phone.serial());
}

#[test]
fn digests_that_are_asked_for_and_not_taken_are_listed() {
    let (lab, phone) = Lab::with(PHONE);
    let read = json(&lab, &["snapshot", &source(&phone), "--hash", "--signers"], &[2]);
    let unread: Vec<&str> =
        read["unread"].as_array().unwrap().iter().filter_map(|one| one["path"].as_str()).collect();
    assert!(["sha256", "signers"].iter().all(|what| unread.contains(what)), "{unread:?}");
}
