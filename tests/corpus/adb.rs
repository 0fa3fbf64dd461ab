//! Real output of real phones, file by file: each is read with full counts, or refused with a named reason.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use keepone::source::adb::{dump, getprop, listing, settings};
use keepone::source::snapshot::Snapshot;
use keepone::source::tree::properties;
use keepone::source::{ReadOptions, Silent, expected, read};

use crate::corpus;

/// What a file of the corpus is read as.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// A source: this many packages, of which this many have a state for a user.
    Source { packages: usize, with_states: usize },
    /// A source as its publisher wrapped it into a page.
    Page { packages: usize, updated: usize },
    /// The output of `pm list packages`.
    Listing(usize),
    /// A list of names that people keep: what `--expected` takes, and so many of its lines are not understood.
    Names { packages: usize, not_understood: usize },
    /// The output of `getprop`.
    Properties(usize),
    /// A property file.
    PropertyFile(usize),
    /// No source: the error has these words.
    Refused(&'static str),
}

/// The output of a service that says nothing of packages.
const OTHER_SERVICE: Form = Form::Refused("tells of no package");

/// Text of no form that is a source.
const OTHER_TEXT: Form = Form::Refused("is a file of no known kind");

/// Every file, by its path.
const FILES: [(&str, Form); 32] = [
    ("driverdrift/huawei-system-app-list.md", Form::Names { packages: 269, not_understood: 3 }),
    ("driverdrift/huawei-third-party-app-list.md", Form::Names { packages: 26, not_understood: 3 }),
    ("driverdrift/vivo-system-app-list.md", Form::Names { packages: 43, not_understood: 226 }),
    ("driverdrift/vivo-third-party-app-list.md", Form::Names { packages: 29, not_understood: 3 }),
    ("emulator_sdk_gphone64_A16/pm_list_packages_f.txt", Form::Listing(247)),
    ("jet_ginger_A2.3/build.prop", Form::PropertyFile(44)),
    ("jet_ginger_A2.3/packages.list", OTHER_TEXT),
    ("jet_ginger_A2.3/packages.xml", Form::Source { packages: 52, with_states: 0 }),
    ("miui13/miui-system-apps.md", Form::Names { packages: 0, not_understood: 268 }),
    ("mvt_samsung/android_data/bugreport/dumpstate.txt", Form::Source { packages: 2, with_states: 2 }),
    ("mvt_samsung/android_data/bugreport/main_entry.txt", OTHER_TEXT),
    ("mvt_samsung/android_data/dumpsys_accessibility.txt", OTHER_TEXT),
    ("mvt_samsung/android_data/dumpsys_accessibility_v14_or_later.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/dumpsys_adb.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/dumpsys_adb_wifi.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/dumpsys_adb_xml.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/dumpsys_appops.txt", OTHER_TEXT),
    ("mvt_samsung/android_data/dumpsys_battery.txt", OTHER_TEXT),
    ("mvt_samsung/android_data/dumpsys_dbinfo.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/dumpsys_packages.txt", Form::Source { packages: 2, with_states: 2 }),
    ("mvt_samsung/android_data/dumpsys_platform_compat.txt", OTHER_SERVICE),
    ("mvt_samsung/android_data/getprop.txt", Form::Properties(13)),
    ("mvt_samsung/android_data/ps.txt", OTHER_TEXT),
    ("mvt_samsung/androidqf/dumpsys.txt", Form::Source { packages: 2, with_states: 0 }),
    ("mvt_samsung/androidqf/files.json", Form::Refused("is no valid snapshot")),
    ("mvt_samsung/androidqf/getprop.txt", Form::Properties(10)),
    ("mvt_samsung/androidqf/packages.json", Form::Refused("is no valid snapshot")),
    ("mvt_samsung/androidqf/ps.txt", OTHER_TEXT),
    ("mvt_samsung/androidqf/root_binaries.json", Form::Refused("is no valid snapshot")),
    ("mvt_samsung/androidqf/settings_random.txt", OTHER_TEXT),
    ("rockchip_am3x00_A9/packages.xml.md", Form::Page { packages: 59, updated: 1 }),
    ("rockchip_rk322x_A7/dumpsys_package.txt", Form::Source { packages: 84, with_states: 84 }),
];

fn folder() -> PathBuf {
    corpus().join("adb")
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path, inside: &str, found: &mut BTreeMap<String, PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let inside = if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
        if path.is_dir() {
            files(&path, &inside, found);
        } else {
            found.insert(inside, path);
        }
    }
}

/// How many packages a snapshot holds, and how many of them with a state.
fn counts(snapshot: &Snapshot) -> (usize, usize) {
    let with = snapshot.packages.iter().filter(|package| !package.states.is_empty());
    (snapshot.packages.len(), with.count())
}

/// How many lines of a text begin, behind blanks, with `start`.
fn lines(bytes: &[u8], start: &str) -> usize {
    String::from_utf8_lossy(bytes).lines().filter(|line| line.trim_start().starts_with(start)).count()
}

#[test]
fn every_file_is_read_with_full_counts_or_refused_with_a_reason() {
    let mut found = BTreeMap::new();
    files(&folder(), "", &mut found);
    for (name, path) in &found {
        let form = FILES.iter().find(|(known, _)| known == name);
        let (_, form) = form.unwrap_or_else(|| panic!("{name} has no row"));
        let bytes = std::fs::read(path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        match *form {
            Form::Source { packages, with_states } => {
                let snapshot = read(path, &ReadOptions::default(), &Silent).unwrap();
                assert_eq!(counts(&snapshot), (packages, with_states), "{name}");
                let stated = lines(&bytes, "Package [") + lines(&bytes, "<package ");
                assert_eq!(packages, stated, "{name}");
            }
            Form::Page { packages, updated } => {
                let inside = text.split_once("```xml\n").unwrap().1.rsplit_once("```").unwrap().0;
                let read = settings::packages(inside.as_bytes()).unwrap();
                assert_eq!((read.packages.len(), read.updated.len()), (packages, updated), "{name}");
                assert_eq!(packages, lines(&bytes, "<package "), "{name}");
                assert_eq!(updated, lines(&bytes, "<updated-package "), "{name}");
            }
            Form::Listing(packages) => {
                let listing = listing::parse(&text);
                assert_eq!((listing.packages.len(), listing.strange.len()), (packages, 0), "{name}");
                assert_eq!(packages, lines(&bytes, "package:"), "{name}");
                assert!(listing.packages.iter().all(|listed| listed.file.is_some()), "{name}");
            }
            Form::Names { packages, not_understood } => {
                let list = expected::parse(&bytes, name);
                let named = list.entries.iter().filter(|entry| entry.package.is_some()).count();
                assert_eq!((named, list.diagnostics.len()), (packages, not_understood), "{name}");
            }
            Form::Properties(count) => {
                assert_eq!(getprop::parse(&text).len(), count, "{name}");
                assert_eq!(count, lines(&bytes, "["), "{name}");
            }
            Form::PropertyFile(count) => {
                assert_eq!(properties::parse(&bytes, name).settings.len(), count, "{name}");
            }
            Form::Refused(words) => {
                let error = read(path, &ReadOptions::default(), &Silent).unwrap_err().to_string();
                assert!(error.contains(words), "{name}: {error}");
            }
        }
    }
    assert_eq!(found.len(), FILES.len(), "a row has no file");
}

#[test]
fn a_dump_of_android_7_is_read_in_every_part() {
    let bytes = std::fs::read(folder().join("rockchip_rk322x_A7/dumpsys_package.txt")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let dump = dump::parse(&text);
    assert!(text.contains("Read completed successfully: 84 packages, 13 shared uids"));
    assert_eq!((dump.packages.len(), dump.is_ended, dump.sdk), (84, true, Some(25)));
    let of = |name: &str| dump.packages.iter().find(|package| package.name == name).unwrap();
    let settings = of("com.android.tv.settings");
    assert_eq!(settings.shared_user, Some("android.uid.system"));
    assert_eq!(settings.users[0].disabled_components.len(), 1);
    assert!(dump.packages.iter().all(|package| package.code_path.is_some() && package.users.len() == 1));
    // Components stand in the tables under each way that leads to them, of which actions are read.
    let launcher = dump.answering.iter().filter(|answering| {
        answering.filter.actions == ["android.intent.action.MAIN"]
            && answering.component.starts_with("com.android.")
    });
    assert!(launcher.count() > 10);
    assert_eq!(dump.authorities.len(), lines(&bytes, "applicationInfo=ApplicationInfo{") - 84);
}

#[test]
fn the_package_managers_file_says_the_same_in_text_and_in_binary() {
    let page = std::fs::read_to_string(folder().join("rockchip_am3x00_A9/packages.xml.md")).unwrap();
    let inside = page.split_once("```xml\n").unwrap().1.rsplit_once("```").unwrap().0;
    let old = std::fs::read_to_string(folder().join("jet_ginger_A2.3/packages.xml")).unwrap();
    for text in [inside, &old] {
        let binary = android_abx::xml_to_abx(text).unwrap();
        assert!(binary.starts_with(settings::ABX_MAGIC));
        assert_eq!(settings::packages(text.as_bytes()).unwrap(), settings::packages(&binary).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let facts = |name: &str, bytes: &[u8]| {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let mut snapshot = read(&file, &ReadOptions::default(), &Silent).unwrap();
            // What names the file itself.
            snapshot.source = none();
            snapshot.totals = keepone::source::snapshot::Totals::default();
            snapshot
        };
        assert_eq!(facts("packages.xml", text.as_bytes()), facts("packages.abx", &binary));
    }
}

/// A source that is none in particular.
fn none() -> keepone::source::snapshot::SourceIdentity {
    let kind = keepone::source::snapshot::SourceKind::Dump;
    keepone::source::snapshot::SourceIdentity { kind, name: String::new(), sha256: None }
}
