//! An unpacked firmware root. Takes a folder, gives every package, configuration statement and property under it with
//! its path on the device; never writes, never leaves the folder, never judges.
//!
//! Every file named `.apk` under the root becomes a package, a split of one, or an unread entry with its reason,
//! wherever it lies: what a place means is for later stages to say.

#![warn(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::indexing_slicing)]

pub mod claims;
pub(crate) mod config;
mod kind;
mod layout;
pub(crate) mod packages;
mod partition;
pub mod preferred;
pub mod properties;
pub mod sysconfig;
mod walk;
pub(crate) mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::source::error::Error;
use crate::source::expected::{self, Expected, Known};
use crate::source::read::{Progress, ReadOptions, last_part};
use crate::source::snapshot::{Snapshot, SourceKind};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};
use walk::{Met, Walk};

pub(crate) use kind::FileKind;
pub(crate) use layout::Layout;

/// A file that is read: what it is, where it lies on the device and in the source, and what to open.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) kind: FileKind,
    /// Path on the device.
    pub(crate) place: String,
    /// Path inside the source.
    pub(crate) source: String,
    pub(crate) open: PathBuf,
}

/// Reads the tree under `root`.
///
/// # Errors
/// The folder cannot be listed, is empty, or holds no APK and nothing is expected of it.
pub(crate) fn read(
    root: &Path,
    options: &ReadOptions,
    expected: Option<&Expected>,
    progress: &dyn Progress,
) -> Result<Snapshot, Error> {
    let walk = walk::walk(root).map_err(|source| Error::Io { path: root.to_owned(), source })?;
    if walk.files.is_empty() && walk.folders.is_empty() && walk.barred.is_empty() {
        return Err(Error::EmptyFolder { path: root.to_owned() });
    }
    let layout = Layout::of(root, walk.files.keys().map(String::as_str));
    let mut snapshot = Snapshot::blank(SourceKind::Tree, last_part(root));
    note_barred(&walk, &layout, &mut snapshot);
    let wanted = choose(&walk, &layout, &mut snapshot);
    let (apks, others): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|file| file.kind == FileKind::Apk);
    let met_apk = !apks.is_empty() || snapshot.unread.iter().any(|unread| kind::is_apk(&unread.path));
    if !met_apk && expected.is_none() {
        return Err(Error::NoApk { path: root.to_owned(), files: walk.files.len() });
    }
    let read = read_apks(&apks, options, progress);
    let mut compressed = packages::compressed(walk.files.keys().map(|path| layout.device_path(path)));
    compressed.extend(expected.map(|expected| expected.compressed(&layout)).unwrap_or_default());
    packages::assemble(apks, read, &compressed, &mut snapshot);
    config::read(&others, &mut snapshot);
    packages::note_compressed(&others, &mut snapshot);
    let places: Vec<String> = walk.files.keys().map(|path| layout.device_path(path)).collect();
    note_apex(&others, places.iter().map(String::as_str), &mut snapshot);
    if let Some(expected) = expected {
        let known = Known::in_tree(walk.files.keys().map(String::as_str), &snapshot, layout);
        expected::note_absent(expected, &known, &mut snapshot);
    }
    snapshot.unread.sort();
    snapshot.diagnostics.sort();
    Ok(snapshot)
}

/// Lists the files under `root` by their paths on the device, each with the file to open.
///
/// # Errors
/// The folder cannot be listed.
pub fn places(root: &Path) -> std::io::Result<BTreeMap<String, PathBuf>> {
    let walk = walk::walk(root)?;
    let layout = Layout::of(root, walk.files.keys().map(String::as_str));
    let opened = walk.files.iter().filter_map(|(source, met)| match met {
        Met::Regular(open) | Met::Linked(open) => Some((layout.device_path(source), open.clone())),
        Met::Dangling(_) | Met::Special(_) => None,
    });
    Ok(opened.collect())
}

/// Lists the folders and files the walk could not enter, as far as they could hold anything that is read.
fn note_barred(walk: &Walk, layout: &Layout, snapshot: &mut Snapshot) {
    for (path, barred) in &walk.barred {
        let place = layout.device_path(path);
        let kind = match FileKind::of(&place) {
            _ if barred.folder => UnreadKind::Folder,
            Some(kind) => kind.unread(&place),
            None => continue,
        };
        snapshot.unread.push(Unread { kind, path: place, package: None, reason: barred.reason.clone() });
    }
}

/// Picks the files that are read; those of a kind that is read but cannot be opened are listed.
fn choose(walk: &Walk, layout: &Layout, snapshot: &mut Snapshot) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (source, met) in &walk.files {
        let place = layout.device_path(source);
        let Some(kind) = FileKind::of(&place) else {
            note_lost_folder(met, place, snapshot);
            continue;
        };
        let reason = match met {
            Met::Regular(_) | Met::Linked(_) if source.chars().any(char::is_control) => {
                UnreadReason::Unsupported { what: "a path with control characters".to_owned() }
            }
            Met::Regular(open) | Met::Linked(open) => {
                wanted.push(Wanted { kind, place, source: source.clone(), open: open.clone() });
                continue;
            }
            Met::Dangling(target) => UnreadReason::Link { target: target.clone() },
            Met::Special(what) => UnreadReason::Unsupported { what: (*what).to_owned() },
        };
        snapshot.unread.push(Unread { kind: kind.unread(&place), path: place, package: None, reason });
    }
    wanted
}

/// Lists a link in an app folder that leads nowhere: it may stand for the folder of an app.
fn note_lost_folder(met: &Met, place: String, snapshot: &mut Snapshot) {
    if let Met::Dangling(target) = met
        && place.rsplit('/').nth(1).is_some_and(walk::is_app_folder)
    {
        let reason = UnreadReason::Link { target: target.clone() };
        snapshot.unread.push(Unread { kind: UnreadKind::Folder, path: place, package: None, reason });
    }
}

/// Reads all APKs, several at a time; the answers are in the order of the files.
fn read_apks(
    apks: &[Wanted],
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Vec<Result<crate::source::apk::ApkRead, UnreadReason>> {
    progress.started(apks.len());
    let read = apks
        .par_iter()
        .map(|apk| {
            let read = crate::source::apk::read_guarded(&apk.open, options.wanted());
            progress.advanced();
            read
        })
        .collect();
    progress.finished();
    read
}

/// Lists every APEX whose payload is not unpacked, or mounted, among `places`: apps may lie in it.
pub(crate) fn note_apex<'a>(
    files: &[Wanted],
    places: impl Iterator<Item = &'a str>,
    snapshot: &mut Snapshot,
) {
    let unpacked: BTreeSet<&str> =
        places.filter_map(|place| place.strip_prefix("/apex/")?.split('/').next()).collect();
    for file in files.iter().filter(|file| file.kind == FileKind::Apex) {
        let name = file.place.rsplit('/').next().unwrap_or_default();
        if !unpacked.contains(layout::apex_name(name)) {
            snapshot.unread.push(Unread {
                kind: UnreadKind::Apex,
                path: file.place.clone(),
                package: None,
                reason: UnreadReason::Unsupported { what: "a packed APEX".to_owned() },
            });
        }
    }
}
