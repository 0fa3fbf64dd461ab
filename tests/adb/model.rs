//! The phone itself behaves as the platform does. What later tests rest on is shown here in the platform's own words.

use std::path::Path;

use keepone::source::snapshot::{MakerList, PackageFacts, SystemConfig};
use keepone::source::{ReadOptions, Silent, read};

use crate::lab::{Lab, PHONE, Phone, TABLET, root};

const BROWSER: &str = "com.android.browser";

/// What stands in the state of a phone about a package of a user.
fn app(phone: &Phone, user: u32, package: &str, field: &str) -> String {
    phone.state()["apps"][format!("{user} {package}")][field].to_string()
}

#[test]
fn the_image_of_a_phone_says_what_its_facts_say() {
    for facts in [PHONE, TABLET] {
        let read = |path: &Path| read(path, &ReadOptions::default(), &Silent).unwrap();
        let folder = Phone::image(facts);
        let (kept, written) = (read(&root().join(facts)), read(folder.path()));
        let mut kept_packages = kept.packages;
        for package in &mut kept_packages {
            // where it lay in the tree that it was read from
            package.source_path = None;
        }
        assert_eq!(written.packages.len(), kept_packages.len());
        for (written, kept) in written.packages.iter().zip(&kept_packages) {
            let written = PackageFacts { facts: kept.facts, ..written.clone() };
            assert_eq!(&written, kept);
        }
        assert_eq!(written.device, kept.device);
        let sorted = |mut config: SystemConfig| {
            config.statements.sort();
            config.preferred.sort();
            config
        };
        assert_eq!(sorted(written.system_config), sorted(kept.system_config));
        let entries = |lists: Vec<MakerList>| {
            lists.into_iter().map(|list| (list.list, list.entries)).collect::<Vec<_>>()
        };
        assert_eq!(entries(written.maker_lists), entries(kept.maker_lists));
        assert!(written.unread.is_empty());
    }
}

#[test]
fn what_apps_did_is_told_as_counts_and_one_by_one() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34"]).start();
    lab.connect(&phone);
    for (at, how) in [("1700000000", "done"), ("1700000060", "done"), ("1700003600", "refused")] {
        phone.order(&["record", BROWSER, "0", "CAMERA", at, "250", how]);
    }
    let said = lab.shell(&phone, "dumpsys appops --history --include-discrete 10").stdout;
    for line in [
        "Access: [fg-s] 2023-11-14 22:13:20.000 (-1h0m0s0ms) duration=+250ms\n",
        "Reject: [bg-s]2023-11-14 23:13:20.000 (-0h0m0s0ms)\n",
        "              [fg-s] = access=2, reject=1, duration=+750ms\n",
        "          Access [fg-s] at 2023-11-14 22:14:20.000 for 250 milliseconds \n",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn a_package_of_the_image_goes_for_one_user_with_its_data_and_comes_back_without_it() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34", "--user", "10:secondary"]).start();
    lab.connect(&phone);
    let listed = |user: &str| {
        lab.shell(&phone, &format!("pm list packages --user {user}"))
            .stdout
            .contains("package:com.android.browser\n")
    };
    assert_eq!(
        lab.shell(&phone, "pm uninstall com.android.browser").stdout,
        "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"
    );
    assert_eq!(lab.shell(&phone, "pm uninstall --user 0 com.android.browser").stdout, "Success\n");
    assert!(!listed("0") && listed("10"));
    assert_eq!(app(&phone, 0, BROWSER, "data"), "0");
    assert_eq!(app(&phone, 10, BROWSER, "data"), "5000000");
    let again = lab.shell(&phone, "pm uninstall --user 0 com.android.browser");
    assert_eq!((again.status, again.stdout.as_str()), (1, "Failure [not installed for 0]\n"));
    let all = lab.shell(&phone, "pm list packages -u --user 0").stdout;
    assert!(all.contains("package:com.android.browser\n"));
    let back = lab.shell(&phone, "cmd package install-existing --user 0 com.android.browser").stdout;
    assert_eq!(back, "Package com.android.browser installed for user: 0\n");
    assert!(listed("0"));
    assert_eq!(app(&phone, 0, BROWSER, "data"), "0");
}

#[test]
fn shell_may_not_what_it_may_not_on_a_real_phone() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34"]).start();
    lab.connect(&phone);
    let camera = "android.permission.CAMERA";
    phone.order(&["block", "com.android.music", "0", "on"]);
    phone.order(&["admin", "com.android.email", "0"]);
    phone.order(&["fix", BROWSER, "0", camera, "16"]);
    for (line, status, said) in [
        ("pm disable com.android.browser", 255, "Shell cannot change component state for null to 2"),
        (
            "pm disable-user --user 0 com.android.browser/.BrowserActivity",
            255,
            "Shell cannot change component state for ComponentInfo{com.android.browser/.BrowserActivity} to 3",
        ),
        (
            "pm grant com.android.browser android.permission.CAMERA",
            255,
            "Cannot change system fixed permission",
        ),
        (
            "pm grant com.android.browser android.permission.INTERNET",
            255,
            "is not a changeable permission type",
        ),
        ("pm grant com.android.browser android.permission.READ_SMS", 255, "has not requested permission"),
        ("pm uninstall --user 0 com.android.music", 1, "DELETE_FAILED_OWNER_BLOCKED"),
        ("pm uninstall --user 0 com.android.email", 1, "DELETE_FAILED_DEVICE_POLICY_MANAGER"),
        ("pm hide com.android.browser", 255, "android.permission.MANAGE_USERS"),
        ("pm grant no.such.app android.permission.CAMERA", 255, "Unknown package: no.such.app"),
        ("cmd appops set no.such.app CAMERA ignore", 255, "No UID for no.such.app"),
        ("cmd appops set com.android.browser 10008 ignore", 255, "Unknown operation string: 10008"),
    ] {
        let before = phone.state();
        let run = lab.shell(&phone, line);
        assert!((run.stdout.clone() + &run.stderr).contains(said), "{line}: {run:?}");
        assert_eq!(run.status, status, "{line}");
        assert_eq!(phone.state(), before, "{line}");
    }
}

#[test]
fn what_shell_may_it_does_and_reads_back() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34"]).start();
    lab.connect(&phone);
    for (line, said) in [
        (
            "pm disable-user --user 0 com.android.browser",
            "Package com.android.browser new state: disabled-user\n",
        ),
        ("pm list packages -d", "package:com.android.browser\n"),
        ("pm default-state com.android.browser", "Package com.android.browser new state: default\n"),
        (
            "pm suspend --user 0 com.android.browser",
            "Package com.android.browser new suspended state: true\n",
        ),
        ("am set-standby-bucket com.android.browser rare; am get-standby-bucket com.android.browser", "40\n"),
        (
            "cmd appops set com.android.browser RUN_ANY_IN_BACKGROUND ignore; cmd appops get com.android.browser",
            "RUN_ANY_IN_BACKGROUND: ignore\n",
        ),
        (
            "pm grant com.android.browser android.permission.CAMERA; cmd appops get com.android.browser CAMERA",
            "Uid mode: CAMERA: allow\n",
        ),
        ("cmd deviceidle whitelist +com.android.browser", "Added: com.android.browser\n"),
        ("cmd deviceidle whitelist", "user,com.android.browser,"),
        ("cmd deviceidle whitelist -com.android.browser", "Removed: com.android.browser\n"),
        (
            "cmd notification allow_listener com.android.browser/.Reader 0; settings get secure enabled_notification_listeners",
            "com.android.browser/.Reader\n",
        ),
        (
            "settings put secure enabled_accessibility_services com.android.browser/.Eye; \
             settings get secure enabled_accessibility_services",
            "com.android.browser/.Eye\n",
        ),
        ("dumpsys device_policy", "  Enabled Device Admins (User 0, provisioningState: 0):\n"),
        ("dumpsys diskstats", "Package Names: [\"cmccwm.mobilemusic\","),
        ("am force-stop com.android.browser; dumpsys package com.android.browser", " stopped=true "),
        ("pm clear com.android.browser", "Success\n"),
        ("dumpsys package com.android.browser", "CAMERA: granted=true, flags=[ USER_SET|"),
    ] {
        let run = lab.shell(&phone, line);
        assert!(run.stdout.contains(said) && run.status == 0, "{line}: {run:?}");
    }
    assert_eq!(app(&phone, 0, BROWSER, "data"), "0");
}

#[test]
fn a_makers_own_operation_is_known_where_the_maker_is() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "33", "--property", "ro.miui.ui.version.name=V140"]).start();
    lab.connect(&phone);
    let run = lab.shell(
        &phone,
        "cmd appops set com.android.browser 10008 ignore; cmd appops get com.android.browser 10008",
    );
    assert_eq!(run.stdout, "MIUIOP(10008): ignore\n");
}

#[test]
fn a_role_has_one_holder_who_qualifies_and_brings_what_it_brings() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34"]).start();
    lab.connect(&phone);
    let add = |package: &str| {
        lab.shell(&phone, &format!("cmd role add-role-holder android.app.role.DIALER {package}"))
    };
    assert_eq!(add(BROWSER).status, 255);
    let dialers = "cmd package query-activities --components -a android.intent.action.DIAL -d tel:1";
    let dialer = lab.shell(&phone, dialers).stdout.split('/').next().unwrap().to_owned();
    assert_eq!(add(&dialer).status, 0);
    assert_eq!(
        lab.shell(&phone, "cmd role get-role-holders android.app.role.DIALER").stdout,
        format!("{dialer}\n")
    );
    let roles = lab.shell(&phone, "dumpsys role").stdout;
    assert!(roles.contains(&format!("name=android.app.role.DIALER\n        holders={dialer}\n")), "{roles}");
    let dump = lab.shell(&phone, &format!("dumpsys package {dialer}")).stdout;
    assert!(dump.contains("READ_CONTACTS: granted=true"), "{dump}");
    lab.shell(&phone, &format!("pm uninstall --user 0 {dialer}"));
    assert_eq!(lab.shell(&phone, "cmd role get-role-holders android.app.role.DIALER").stdout, "\n");
}

#[test]
fn each_lie_is_told_as_it_was_ordered() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE).with(&["--api", "34"]).start();
    lab.connect(&phone);
    let gone = || app(&phone, 0, BROWSER, "installed") == "false";
    let uninstall =
        || assert_eq!(lab.shell(&phone, "pm uninstall --user 0 com.android.browser").stdout, "Success\n");
    phone.order(&["lie", BROWSER, "ignores"]);
    uninstall();
    assert!(!gone());
    phone.order(&["lie", BROWSER, "disables"]);
    uninstall();
    assert!(!gone() && app(&phone, 0, BROWSER, "enabled") == "\"OffByUser\"");
    phone.order(&["lie", BROWSER, "reverts", "60"]);
    uninstall();
    assert!(gone());
    phone.order(&["pass", "59"]);
    lab.shell(&phone, "id");
    assert!(gone());
    phone.order(&["pass", "1"]);
    lab.shell(&phone, "id");
    assert!(!gone());
    phone.order(&["hide", BROWSER, "lists"]);
    assert!(!lab.shell(&phone, "pm list packages").stdout.contains(BROWSER));
    assert!(lab.shell(&phone, "dumpsys package").stdout.contains("Package [com.android.browser]"));
    phone.order(&["hide", BROWSER, "dumps"]);
    assert!(!lab.shell(&phone, "dumpsys package").stdout.contains("Package [com.android.browser]"));
    phone.order(&["answer", "pm list", "truncate", "9"]);
    assert_eq!(lab.shell(&phone, "pm list packages").stdout, "package:c");
    phone.order(&["answer", "pm list", "maker"]);
    assert!(lab.shell(&phone, "pm list packages").stdout.starts_with("[VendorPms]"));
    phone.order(&["answer", "pm list", "truth"]);
    phone.order(&["intruder", "a'; $(id)"]);
    assert!(lab.shell(&phone, "pm list packages").stdout.contains("package:a'; $(id)\n"));
}

#[test]
fn an_update_hides_the_image_s_copy_and_goes_without_it() {
    let (lab, phone) = Lab::with(TABLET);
    let name = "com.google.android.modulemetadata";
    phone.order(&["update", name, "399999999"]);
    let line = format!("pm list packages -f --show-versioncode {name}");
    let listed = lab.shell(&phone, &line).stdout;
    assert!(listed.starts_with("package:/data/app/") && listed.contains("versionCode:399999999"), "{listed}");
    let factory = lab.shell(&phone, &format!("{line} --factory-only")).stdout;
    let dump = lab.shell(&phone, &format!("dumpsys package {name}")).stdout;
    let hidden = dump.split("Hidden system packages:").nth(1).unwrap();
    assert!(dump.contains("UPDATED_SYSTEM_APP") && hidden.contains("codePath=/product/app/"), "{dump}");
    assert_eq!(lab.shell(&phone, &format!("pm uninstall {name}")).stdout, "Success\n");
    assert!(lab.shell(&phone, &line).stdout.starts_with("package:/product/app/"), "{factory}");
}

#[test]
fn releases_speak_as_they_do() {
    let lab = Lab::new();
    let words = |api: &str, line: &str| {
        let phone = Phone::of(TABLET).with(&["--api", api, "--user", "10:work"]).start();
        lab.connect(&phone);
        let run = lab.shell(&phone, line);
        lab.adb(&["disconnect", &phone.serial()]);
        run.stdout + &run.stderr
    };
    assert!(words("25", "dumpsys role").contains("Can't find service: role"));
    assert!(words("25", "unzip -p /a.apk b").contains("not found"));
    assert!(words("25", "pm list packages -U").contains("Unknown option: -U"));
    assert!(words("25", "pm list users").contains("UserInfo{10:Work profile:30} running"));
    assert!(words("34", "pm list users").contains("UserInfo{10:Work profile:1030} running"));
    assert!(words("28", "dumpsys package com.google.android.modulemetadata").contains("    userId=10"));
    assert!(words("34", "dumpsys package com.google.android.modulemetadata").contains("    appId=10"));
    assert!(words("36", "pm list users -v").contains("type=profile.MANAGED"));
}
