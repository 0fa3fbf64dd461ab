//! Lists what lies under the root of a tree. Takes the root, gives every file with its path inside the source and every
//! place the walk could not enter; never reads a file and never leaves the root.
//!
//! Symbolic links are not followed: what they lead to inside the source is met at its own place. Two kinds are met as
//! if the file or folder lay where the link does, because the platform scans them so: a link to a file, and a link to
//! a folder that is, or lies in, an app folder (`/system/app/Foo -> /system/preset/Foo`). An absolute target means a path
//! on the device, never one of this machine. A link that does not end inside the source is remembered with its target;
//! one that would lead to a folder of this machine bars the way to what may lie there.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::path::{Component, Path, PathBuf};

use crate::source::tree::layout;
use crate::source::unread::UnreadReason;

/// The most folders inside each other that are entered; far above any firmware.
const MAX_DEPTH: usize = 128;

/// Everything met under one root.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Every file, by its path inside the source (`/` between the parts, none in front).
    pub(crate) files: BTreeMap<String, Met>,
    /// Every folder, by its path inside the source; the root itself is not among them.
    pub(crate) folders: BTreeSet<String>,
    /// Folders and files that could not be met as what they are, with the reason. The path is shown, not opened: bytes
    /// that are no UTF-8 stand replaced in it.
    pub(crate) barred: Vec<(String, Barred)>,
}

/// A place the walk could not enter or name.
#[derive(Debug)]
pub(crate) struct Barred {
    /// Whether a folder was barred, as far as that is known.
    pub(crate) folder: bool,
    /// Why.
    pub(crate) reason: UnreadReason,
}

/// One file as the walk met it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Met {
    /// A regular file, and the path to open.
    Regular(PathBuf),
    /// A link to a regular file inside the source, and the path to open.
    Linked(PathBuf),
    /// A link that does not end inside the source, and its target as written.
    Dangling(String),
    /// A pipe, socket or device node: opening it could wait for ever.
    Special(&'static str),
}

/// One folder still to be listed.
struct Pending {
    /// Its path inside the source, empty for the root.
    path: String,
    /// The folder to open: another than `path` names when a link led here.
    open: PathBuf,
    depth: usize,
    /// Whether a link led here; no second link is followed below one, so no loop can arise.
    linked: bool,
}

/// Lists everything under `root`.
///
/// # Errors
/// When the root itself cannot be listed.
pub(crate) fn walk(root: &Path) -> std::io::Result<Walk> {
    let mut walk = Walk::default();
    let mut links = Vec::new();
    fs::read_dir(root)?;
    let mut pending = vec![Pending { path: String::new(), open: root.to_owned(), depth: 0, linked: false }];
    while let Some(folder) = pending.pop() {
        list(&folder, &mut walk, &mut pending, &mut links);
    }
    // Links are resolved last: an absolute target names a place on the device, and only the whole listing tells where
    // in the source that place is.
    let scan = Scan { root, layout: layout::Layout::of(root, walk.files.keys().map(String::as_str)) };
    for link in links {
        scan.resolve(link, &mut walk);
    }
    walk.barred.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(walk)
}

/// A link met on the way.
struct Link {
    path: String,
    place: PathBuf,
    depth: usize,
}

/// Lists one folder into `walk`.
fn list(folder: &Pending, walk: &mut Walk, pending: &mut Vec<Pending>, links: &mut Vec<Link>) {
    let entries = match fs::read_dir(&folder.open) {
        Ok(entries) => entries,
        Err(error) => return bar(walk, &folder.path, true, io(&error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                bar(walk, &folder.path, true, io(&error));
                continue;
            }
        };
        let name = entry.file_name();
        let Some(path) = join(&folder.path, &name) else {
            let shown = format!("{}/{}", folder.path, name.to_string_lossy());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            bar(walk, shown.trim_start_matches('/'), is_folder, UnreadReason::PathNotUtf8);
            continue;
        };
        let depth = folder.depth.saturating_add(1);
        match entry.file_type() {
            Err(error) => bar(walk, &path, false, io(&error)),
            Ok(kind) if kind.is_dir() && depth > MAX_DEPTH => {
                let what = format!("folders nested deeper than {MAX_DEPTH}");
                bar(walk, &path, true, UnreadReason::Unsupported { what });
            }
            Ok(kind) if kind.is_dir() => {
                walk.folders.insert(path.clone());
                pending.push(Pending { path, open: entry.path(), depth, linked: folder.linked });
            }
            Ok(kind) if kind.is_symlink() && folder.linked => {
                let target = fs::read_link(entry.path()).unwrap_or_default();
                walk.files.insert(path, Met::Dangling(target.to_string_lossy().into_owned()));
            }
            Ok(kind) if kind.is_symlink() => links.push(Link { path, place: entry.path(), depth }),
            Ok(kind) => {
                walk.files.insert(path, met(kind, entry.path()));
            }
        }
    }
}

/// What a directory entry that is neither folder nor link is.
fn met(kind: FileType, place: PathBuf) -> Met {
    if kind.is_file() {
        Met::Regular(place)
    } else {
        Met::Special("a pipe, socket or device node in place of a file")
    }
}

fn bar(walk: &mut Walk, path: &str, folder: bool, reason: UnreadReason) {
    walk.barred.push((path.to_owned(), Barred { folder, reason }));
}

fn io(error: &std::io::Error) -> UnreadReason {
    UnreadReason::Io { message: error.to_string() }
}

/// Puts `name` behind `folder`; `None` when it is not UTF-8.
fn join(folder: &str, name: &OsStr) -> Option<String> {
    let name = name.to_str()?;
    Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
}

/// What resolving links needs to know.
struct Scan<'a> {
    root: &'a Path,
    layout: layout::Layout,
}

impl Scan<'_> {
    /// Decides what a link stands for and enters that into `walk`.
    fn resolve(&self, link: Link, walk: &mut Walk) {
        let Ok(target) = fs::read_link(&link.place) else {
            walk.files.insert(link.path, Met::Dangling(String::new()));
            return;
        };
        let shown = target.to_string_lossy().into_owned();
        match self.end(&link, &target, walk) {
            End::File(open) => {
                walk.files.insert(link.path, Met::Linked(open));
            }
            End::Folder(inside) if is_scanned(&link.path) => self.follow(&link, &inside, walk),
            End::Folder(_) => {}
            End::Nowhere if leads_to_folder(&link.place) => {
                bar(walk, &link.path, true, UnreadReason::Link { target: shown });
            }
            End::Nowhere => {
                walk.files.insert(link.path, Met::Dangling(shown));
            }
            End::Loop => bar(walk, &link.path, true, UnreadReason::Link { target: shown }),
        }
    }

    /// Finds where a link ends, stepping over further links, inside the source.
    fn end(&self, link: &Link, target: &Path, walk: &Walk) -> End {
        let mut place = link.path.clone();
        let mut target = target.to_owned();
        // As many links in a row as Linux follows (`MAXSYMLINKS`).
        for _ in 0..40 {
            let Some(inside) = self.inside(&place, &target) else { return End::Nowhere };
            if let Some(Met::Regular(open)) = walk.files.get(&inside) {
                return End::File(open.clone());
            }
            if inside.is_empty() || walk.folders.contains(&inside) {
                let leads_back =
                    inside.is_empty() || format!("{}/", link.path).starts_with(&format!("{inside}/"));
                return if leads_back { End::Loop } else { End::Folder(inside) };
            }
            match fs::read_link(self.root.join(&inside)) {
                Ok(next) => (place, target) = (inside, next),
                Err(_) => return End::Nowhere,
            }
        }
        End::Loop
    }

    /// The path inside the source that `target`, written in a link at `place`, names; `None` when it leaves the source
    /// or is not UTF-8.
    fn inside(&self, place: &str, target: &Path) -> Option<String> {
        let mut parts: Vec<&str> = place.split('/').collect();
        parts.pop();
        let absolute = target.is_absolute();
        if absolute {
            parts.clear();
        }
        for component in target.components() {
            match component {
                Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
                // The root folder of a device is its own parent.
                Component::ParentDir => drop(parts.pop()),
                Component::Normal(name) => parts.push(name.to_str()?),
            }
        }
        let joined = parts.join("/");
        if absolute { Some(self.layout.source_path(&format!("/{joined}"))) } else { Some(joined) }
    }

    /// Meets the files of the linked folder as if they lay below the link.
    fn follow(&self, link: &Link, inside: &str, walk: &mut Walk) {
        walk.folders.insert(link.path.clone());
        let open = self.root.join(inside);
        let mut pending = vec![Pending { path: link.path.clone(), open, depth: link.depth, linked: true }];
        while let Some(folder) = pending.pop() {
            list(&folder, walk, &mut pending, &mut Vec::new());
        }
    }
}

/// Where a link ends.
enum End {
    File(PathBuf),
    Folder(String),
    Nowhere,
    Loop,
}

/// Says whether a path is that of a folder the platform lists for apps, or lies directly in one
/// (`PackageManagerService.scanDirLI`, `PackagePartitions`).
fn is_scanned(path: &str) -> bool {
    path.rsplit('/').take(2).any(is_app_folder)
}

/// Says whether the platform lists folders of this name for apps.
pub(crate) fn is_app_folder(name: &str) -> bool {
    matches!(name, "app" | "priv-app" | "overlay")
}

/// Says whether a link that does not end inside the source leads to a folder of this machine: somebody put the tree
/// together from links, and what lies there is not read. Folders of the running system, which images link to, are
/// none.
fn leads_to_folder(place: &Path) -> bool {
    let Ok(end) = place.canonicalize() else { return false };
    end.is_dir() && !["/proc", "/sys", "/dev"].iter().any(|system| end.starts_with(system))
}
