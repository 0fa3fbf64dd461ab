//! The labels of the corpus: what each package is for, by people.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a package is for on one device.
#[derive(Clone, Debug)]
pub(super) struct Truth {
    /// The group that must be found; `none` for no group.
    pub(super) group: String,
    /// Every group that is right.
    pub(super) accepted: BTreeSet<String>,
    /// How sure the label is.
    pub(super) confidence: String,
}

/// All labels.
pub(super) struct Labels {
    by_package: BTreeMap<String, Truth>,
    by_device: BTreeMap<String, Vec<(String, String, String)>>,
}

impl Labels {
    /// Reads `labels.tsv` and `labels-by-device.tsv` of the corpus.
    pub(super) fn read(corpus: &Path) -> Self {
        let mut by_package = BTreeMap::new();
        for row in rows(&corpus.join("labels.tsv")) {
            let (group, also) = (&row[1], row.get(4).map_or("", String::as_str));
            let mut accepted: BTreeSet<String> = parts(also).collect();
            accepted.insert(group.clone());
            if group == "none" {
                // For a package of no group the column names the group it is easily mistaken for.
                accepted.clear();
            }
            let truth = Truth { group: group.clone(), accepted, confidence: row[2].clone() };
            by_package.insert(row[0].clone(), truth);
        }
        let mut by_device: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in rows(&corpus.join("labels-by-device.tsv")) {
            let entry = (row[1].clone(), row[2].clone(), row[3].clone());
            by_device.entry(row[0].clone()).or_default().push(entry);
        }
        Self { by_package, by_device }
    }

    /// Returns what `package` is for on `device`. A package without label and without launcher entry is in no group;
    /// one with an entry and no label is not scored.
    pub(super) fn truth(&self, device: &str, package: &str, entries: u32) -> Option<Truth> {
        let Some(general) = self.by_package.get(package) else {
            let none =
                Truth { group: "none".to_owned(), accepted: BTreeSet::new(), confidence: "high".to_owned() };
            return (entries == 0).then_some(none);
        };
        let mut truth = general.clone();
        for (devices, group, confidence) in self.by_device.get(package).into_iter().flatten() {
            if devices.split(',').any(|pattern| is_named(pattern.trim(), device)) {
                let named: Vec<String> = parts(group).collect();
                let mut accepted: BTreeSet<String> = named.iter().cloned().collect();
                if truth.group == named[0] {
                    accepted.extend(truth.accepted);
                }
                truth = Truth { group: named[0].clone(), accepted, confidence: confidence.clone() };
            }
        }
        truth.accepted.remove("none");
        Some(truth)
    }
}

/// Returns how many enabled launcher entries the labellers counted, by package.
pub(super) fn entries(device: &Path) -> BTreeMap<String, u32> {
    let mut entries = BTreeMap::new();
    for row in rows(&device.join("packages.tsv")) {
        if row[2] == "present" && !row[3].is_empty() {
            let count = entries.entry(row[3].clone()).or_insert(0);
            *count = (*count).max(row[9].parse().unwrap_or(0));
        }
    }
    entries
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn parts(list: &str) -> impl Iterator<Item = String> + '_ {
    list.split('+').filter(|part| !part.is_empty()).map(str::to_owned)
}

/// Shell-style match with `*`.
fn is_named(pattern: &str, device: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == device,
        Some((start, rest)) => device.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| is_named(rest, &tail[at..]))
        }),
    }
}
