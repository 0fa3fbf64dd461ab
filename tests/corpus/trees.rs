//! Nothing of a real tree vanishes: every APK file becomes a package, a split or an unread entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use keepone::package::PackageName;
use keepone::source::snapshot::Snapshot;
use keepone::source::unread::UnreadReason;
use keepone::source::{self, ReadOptions, Silent};

use crate::devices;

/// Every file below `folder` whose name ends in `.apk`, by its path below it: the plainest walk there is.
fn apk_files(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            apk_files(&entry.path(), &format!("{path}/"), found);
        } else if is_apk(&path) {
            found.insert(path);
        }
    }
}

fn is_apk(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "apk")
}

fn name(device: &Path) -> &str {
    device.file_name().unwrap().to_str().unwrap()
}

/// The rows of a table of the corpus as header to value; none when the device has no such table.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines
        .map(|line| {
            let values = line.split('\t').map(str::to_owned);
            header.iter().map(|name| (*name).to_owned()).zip(values).collect()
        })
        .collect()
}

/// How often each path inside the source occurs in the snapshot, as far as it can be told: `source-path` where it
/// differs from the path on the device.
fn met(snapshot: &Snapshot) -> (usize, usize, usize) {
    let splits = snapshot.packages.iter().map(|package| package.splits.len()).sum();
    let unread =
        snapshot.unread.iter().filter(|unread| is_apk(&unread.path) && unread.reason != UnreadReason::Absent);
    (snapshot.packages.len(), splits, unread.count())
}

#[test]
fn every_apk_file_is_a_package_a_split_or_unread() {
    println!("{:42} {:>5} {:>8} {:>6} {:>6}", "device", "files", "packages", "splits", "unread");
    let mut read = 0;
    for device in devices() {
        let mut files = BTreeSet::new();
        apk_files(&device.join("root"), "", &mut files);
        let snapshot = match source::read(&device.join("root"), &ReadOptions::default(), &Silent) {
            Ok(snapshot) => snapshot,
            Err(source::Error::NoApk { .. }) if files.is_empty() => {
                println!("{:42} {:>5}", name(&device), 0);
                continue;
            }
            Err(error) => panic!("{}: {error}", name(&device)),
        };
        let (packages, splits, unread) = met(&snapshot);
        println!("{:42} {:>5} {packages:>8} {splits:>6} {unread:>6}", name(&device), files.len());
        assert_eq!(packages + splits + unread, files.len(), "{}", name(&device));
        let sources: BTreeSet<String> = snapshot
            .packages
            .iter()
            .map(|package| {
                package.source_path.clone().unwrap_or_else(|| package.file.trim_start_matches('/').to_owned())
            })
            .collect();
        assert_eq!(sources.len(), packages, "{}: two packages from one file", name(&device));
        assert!(sources.is_subset(&files), "{}: a package from no file", name(&device));
        read += files.len();
    }
    println!("{read} APK files in all");
    assert!(read > 3000, "the corpus is larger than this");
}

#[test]
fn every_package_the_corpus_tells_present_is_read() {
    for device in devices() {
        let Ok(snapshot) = source::read(&device.join("root"), &ReadOptions::default(), &Silent) else {
            continue;
        };
        // A split whose base was cut from the tree is listed under the package's name.
        let baseless =
            snapshot.unread.iter().filter(|unread| matches!(unread.reason, UnreadReason::NoBase { .. }));
        let names = snapshot.packages.iter().map(|package| &package.name);
        let names: BTreeSet<&str> = names
            .chain(baseless.filter_map(|unread| unread.package.as_ref()))
            .map(PackageName::as_str)
            .collect();
        for row in rows(&device.join("packages.tsv")) {
            let (package, state) = (row["package"].as_str(), row["state"].as_str());
            if state == "present" && !package.is_empty() {
                assert!(
                    names.contains(package),
                    "{}: {package} of {} is not there",
                    name(&device),
                    row["path"]
                );
            }
        }
    }
}

#[test]
fn what_the_device_has_and_the_tree_lacks_is_listed() {
    println!("{:42} {:>6} {:>6}", "device", "absent", "listed");
    for device in devices() {
        let list = device.join("apk-paths.tsv");
        if !list.exists() {
            continue;
        }
        let options = ReadOptions { expected: Some(list.clone()), ..ReadOptions::default() };
        let snapshot = source::read(&device.join("root"), &options, &Silent).unwrap();
        let absent: Vec<String> = rows(&list)
            .into_iter()
            .filter(|row| row["state"] == "absent_from_snapshot")
            .map(|row| row["path"].clone())
            .collect();
        let listed: BTreeSet<&str> = snapshot
            .unread
            .iter()
            .filter(|unread| unread.reason == UnreadReason::Absent)
            .map(|unread| unread.path.as_str())
            .collect();
        println!("{:42} {:>6} {:>6}", name(&device), absent.len(), listed.len());
        for path in &absent {
            let file = path.rsplit('/').next().unwrap();
            assert!(
                listed.iter().any(|known| known.ends_with(file)),
                "{}: {path} is not listed",
                name(&device)
            );
        }
    }
}
