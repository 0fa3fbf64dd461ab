//! The files of an image, written anew from its kept facts: a phone that is given no tree still has APKs with manifests,
//! property files and configuration, which say what the facts say and no more.

mod config;
mod manifest;

use std::collections::BTreeMap;

use keepone::source::snapshot::Snapshot;

use crate::apk_builder::apk;

/// The content of each file, by its path on the device.
pub(crate) fn files(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for package in &snapshot.packages {
        files.insert(package.file.clone(), apk(&manifest::of(package, None)));
        for split in &package.splits {
            files.insert(split.file.clone(), apk(&manifest::of(package, Some(&split.name))));
        }
    }
    for (path, text) in config::files(snapshot) {
        files.insert(path, text.into_bytes());
    }
    files
}
