//! What an OEM's tree gets beside the app, held against the manifest and against the platform's own permissions.
//! `KEEPONE_UPDATE=1` writes the lists anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use keepone::source::apk::{Wanted, read};

use crate::build::{built, output, root, text};

/// `PermissionInfo.PROTECTION_FLAG_PRIVILEGED`, and the older `PROTECTION_SIGNATURE_OR_SYSTEM`, which a platform reads as that.
const PRIVILEGED: u32 = 0x10;
const SIGNATURE_OR_SYSTEM: u32 = 3;
/// `PermissionInfo.PROTECTION_MASK_BASE` and two of its values.
const BASE: u32 = 0xf;
const NORMAL: u32 = 0;
const DANGEROUS: u32 = 1;

fn is_privileged(level: u32) -> bool {
    level & PRIVILEGED != 0 || level & BASE == SIGNATURE_OR_SYSTEM
}

/// Every level that a permission has on the platforms of the table. Where a flag chooses between two, both.
type Levels = BTreeMap<String, Vec<u32>>;

/// The levels, of all platforms in the table or of one of them.
fn levels(api: Option<&str>) -> Levels {
    let table = std::fs::read_to_string(root().join("tests/data/android/permission-levels.tsv")).unwrap();
    let mut rows =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let column = |api: &str| header.iter().position(|name| *name == api).unwrap();
    let wanted: Vec<usize> = api.map_or_else(|| (1..header.len()).collect(), |api| vec![column(api)]);
    let mut levels = Levels::new();
    for row in rows {
        let stated = wanted.iter().flat_map(|column| row[*column].split('|')).filter(|level| *level != "-");
        let stated: Vec<u32> = stated.map(|level| u32::from_str_radix(&level[2..], 16).unwrap()).collect();
        if !stated.is_empty() {
            levels.insert(row[0].to_owned(), stated);
        }
    }
    levels
}

/// The permissions that the built app asks for, in the order of their names.
fn requested() -> BTreeSet<String> {
    let facts = read(&built().apk, Wanted::default()).unwrap().facts;
    facts.permissions.into_iter().collect()
}

/// The permissions that the platform's own manifest declares, with their levels.
fn declared(framework: &Path) -> Levels {
    let dump = output("aapt2", &["dump", "xmltree", "--file", "AndroidManifest.xml", text(framework)]);
    let mut levels = Levels::new();
    let mut name: Option<String> = None;
    for line in dump.lines().map(str::trim_start) {
        if let Some(element) = line.strip_prefix("E: ") {
            name = element.starts_with("permission (").then(String::new);
        } else if let (Some(name), Some((attribute, value))) = (name.as_mut(), line.split_once(")=")) {
            if attribute.ends_with(":name(0x01010003") {
                value.split('"').nth(1).unwrap().clone_into(name);
            } else if attribute.ends_with(":protectionLevel(0x01010009") {
                let level = value.split_whitespace().next().unwrap();
                let level = level
                    .strip_prefix("0x")
                    .map_or_else(|| level.parse(), |level| u32::from_str_radix(level, 16));
                levels.entry(name.clone()).or_default().push(level.unwrap());
            }
        }
    }
    levels
}

/// Compares a list with the committed one; `KEEPONE_UPDATE=1` writes it instead.
pub(crate) fn same_as_committed(file: &str, fresh: &str) {
    let path = root().join(file);
    if std::env::var_os("KEEPONE_UPDATE").is_some() {
        std::fs::write(&path, fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == fresh, "{file} is out of date: run again with KEEPONE_UPDATE=1 and read the diff");
}

#[test]
fn the_table_of_levels_says_what_the_newest_platform_says() {
    let mut platform = declared(&built().framework());
    assert!(platform.len() > 900, "{}", platform.len());
    for levels in platform.values_mut() {
        levels.sort_unstable();
    }
    let mut table = levels(Some("36"));
    for levels in table.values_mut() {
        levels.sort_unstable();
    }
    platform.retain(|name, _| table.contains_key(name));
    assert_eq!(platform, table);
}

/// A release that is left out may hold the one entry whose lack stops its start.
#[test]
fn the_table_of_levels_has_every_platform_that_the_app_runs_on() {
    let platforms: Vec<String> = (26..=36).map(|api: u32| api.to_string()).collect();
    for api in &platforms {
        assert!(levels(Some(api)).len() > 300, "{api}");
    }
    let table = std::fs::read_to_string(root().join("tests/data/android/permission-levels.tsv")).unwrap();
    let header = table.lines().find(|line| !line.starts_with('#')).unwrap();
    assert_eq!(header.split('\t').skip(1).collect::<Vec<_>>(), platforms);
}

/// A permission with a typing mistake is never granted and never missed.
#[test]
fn every_permission_that_the_app_asks_for_exists_on_some_platform() {
    let levels = levels(None);
    let requested = requested();
    assert!(requested.len() > 10, "{requested:?}");
    let unknown: Vec<&String> = requested.iter().filter(|name| !levels.contains_key(*name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// On an enforcing platform a privileged permission that is asked for and not listed stops the start of the system
/// (`PermissionManagerServiceImpl.checkPrivilegedPermissionAllowlist`); one that is listed and not asked for is a hole.
#[test]
fn the_privileged_allow_list_names_exactly_what_the_manifest_asks_for() {
    let levels = levels(None);
    let privileged = |name: &&String| levels[*name].iter().any(|level| is_privileged(*level));
    let mut fresh = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<!-- Goes to etc/permissions of the partition that the app is on. Every privileged permission that AndroidManifest.xml asks for,
     on any platform from Android 8.0 to 16, and no other: made from the manifest, compared by the tests. -->
<permissions>
    <privapp-permissions package="org.keepone">
"#,
    );
    for name in requested().iter().filter(privileged) {
        writeln!(fresh, "        <permission name=\"{name}\" />").unwrap();
    }
    fresh.push_str("    </privapp-permissions>\n</permissions>\n");
    assert!(fresh.contains("android.permission.DELETE_PACKAGES"));
    // Privileged in Android 9 alone, which also asks for the entry of an app that carries the platform's certificate.
    assert!(fresh.contains("android.permission.SUSPEND_APPS"));
    same_as_committed("android/oem/privapp-permissions-org.keepone.xml", &fresh);
}

#[test]
fn the_default_grants_name_exactly_the_runtime_permissions_of_the_manifest() {
    let levels = levels(None);
    let at_run_time = |name: &&String| levels[*name].iter().any(|level| level & BASE == DANGEROUS);
    let mut fresh = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<!-- Goes to etc/default-permissions, on Android 13 and newer only: Android 8 stops over a permission that it does not know. What
     the app would otherwise ask its user for; the user can take it back. -->
<exceptions>
    <exception package="org.keepone">
"#,
    );
    for name in requested().iter().filter(at_run_time) {
        writeln!(fresh, "        <permission name=\"{name}\" fixed=\"false\" />").unwrap();
    }
    fresh.push_str("    </exception>\n</exceptions>\n");
    same_as_committed("android/oem/default-permissions-org.keepone.xml", &fresh);
}

/// What each of the three ways to live on a phone grants, as `android/README.md` tells it.
#[test]
fn the_readmes_tell_what_each_way_to_live_on_a_phone_grants() {
    let levels = levels(None);
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for name in requested() {
        let of = &levels[&name];
        let kind = if of.iter().any(|level| matches!(level & BASE, NORMAL | DANGEROUS)) {
            "every"
        } else if of.iter().any(|level| is_privileged(*level)) {
            "privileged"
        } else {
            "signature"
        };
        kinds.entry(kind).or_default().push(format!("`{}`", name.rsplit('.').next().unwrap()));
    }
    for readme in ["android/README.md", "android/README.zh-CN.md"] {
        let path = root().join(readme);
        let committed = std::fs::read_to_string(&path).unwrap();
        let mut fresh = String::new();
        for line in committed.lines() {
            match kinds.iter().find(|(kind, _)| line.starts_with(&format!("<!-- {kind} -->"))) {
                Some((kind, names)) => writeln!(fresh, "<!-- {kind} --> {}", names.join(", ")).unwrap(),
                None => writeln!(fresh, "{line}").unwrap(),
            }
        }
        assert_eq!(
            fresh.matches("\n<!-- ").count(),
            kinds.len(),
            "{readme} has a line for each of {:?}",
            kinds.keys()
        );
        same_as_committed(readme, &fresh);
    }
}

/// What a `sysconfig` file states, as (what, of whom).
fn statements(file: &str) -> Vec<(String, String)> {
    let xml = std::fs::read_to_string(root().join(file)).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut statements = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Empty(element) => {
                let package = element.try_get_attribute("package").unwrap().expect("a package");
                let name = element.name().as_ref().to_owned();
                statements.push((name, package.value.into_owned()));
            }
            quick_xml::events::Event::Eof => return statements,
            _ => {}
        }
    }
}

/// The manifest starts after the system (so the app is to run from the first start on, asleep or not) and asks for
/// permissions whose methods are hidden.
#[test]
fn the_sysconfig_speaks_of_the_app_alone_and_of_what_the_manifest_does() {
    let said = statements("android/oem/sysconfig-org.keepone.xml");
    let said: Vec<(&str, &str)> = said.iter().map(|(what, whom)| (what.as_str(), whom.as_str())).collect();
    let expected = ["hidden-api-whitelisted-app", "allow-in-power-save", "initial-package-state"];
    assert_eq!(said, expected.map(|what| (what, "org.keepone")));
    let manifest = output("aapt2", &["dump", "xmltree", "--file", "AndroidManifest.xml", text(&built().apk)]);
    assert!(manifest.contains("android.intent.action.LOCKED_BOOT_COMPLETED"));
    assert!(requested().contains("android.permission.MANAGE_APP_OPS_MODES"));
}

#[test]
fn the_overlay_lays_the_app_over_a_value_that_the_platform_has() {
    let folder = tempfile::tempdir().unwrap();
    let (compiled, apk) = (folder.path().join("resources.zip"), folder.path().join("overlay.apk"));
    let framework = built().framework();
    let overlay = root().join("android/oem/overlay");
    output("aapt2", &["compile", "--dir", text(&overlay.join("res")), "-o", text(&compiled)]);
    let manifest = overlay.join("AndroidManifest.xml");
    output(
        "aapt2",
        &["link", "-I", text(&framework), "--manifest", text(&manifest), "-o", text(&apk), text(&compiled)],
    );
    let laid = output("aapt2", &["dump", "resources", text(&apk)]);
    let platform = output("aapt2", &["dump", "resources", text(&framework)]);
    let names: Vec<&str> =
        laid.lines().filter_map(|line| line.trim().strip_prefix("resource ")?.split(' ').nth(1)).collect();
    assert_eq!(names, ["string/config_systemAppProtectionService"]);
    assert!(platform.contains(&format!(" {}", names[0])), "the platform has no {}", names[0]);
    assert!(laid.contains("\"org.keepone\""), "{laid}");
}
