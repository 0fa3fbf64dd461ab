//! The files of a device's image: what a firmware tree is read for, asked for by `find`, `cat` and `unzip`.
//!
//! Takes the list of files, gives packages, configuration and lists exactly as the reader of a tree makes them, so that a
//! device and its firmware are told by the same code.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::adb::{Answer, Command, Gone, Shell};
use crate::source::adb::answer;
use crate::source::apk::archive::MANIFEST_LIMIT;
use crate::source::apk::{self, ApkRead, manifest};
use crate::source::read::Progress;
use crate::source::tree::config::{LFS_POINTER, MAX_SIZE};
use crate::source::tree::{FileKind, Layout, Wanted};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// How many files are asked for at once: one wait per so many, and no more of their bytes at hand.
const AT_ONCE: usize = 64;

/// How much of an APK is taken where its manifest alone cannot be had.
const WHOLE_APK: u32 = 4 << 20;

/// What lies on the partitions of a device.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The layout of the paths.
    pub(super) layout: Layout,
    /// Files that are read, by their place.
    pub(super) files: BTreeMap<String, Wanted>,
    /// Places of all files.
    pub(super) places: BTreeSet<String>,
    /// Folders that could not be listed and may hold what is read.
    pub(super) unread: Vec<Unread>,
}

/// Reads the output of `find`.
pub(super) fn listing(text: &str) -> Listing {
    let mut paths = Vec::new();
    let mut barred = Vec::new();
    for line in text.lines().map(|line| line.trim_end_matches('\r')) {
        match line.strip_prefix('/') {
            Some(path) if !is_second_mount(path) => paths.push(path),
            Some(_) => {}
            None => barred.extend(barred_folder(line)),
        }
    }
    paths.sort_unstable();
    paths.dedup();
    let layout = Layout::of(Path::new("/"), paths.iter().copied());
    let mut listing = Listing::default();
    for path in paths {
        let place = layout.device_path(path);
        if let Some(kind) = FileKind::of(&place) {
            let open = PathBuf::from(format!("/{path}"));
            let wanted = Wanted { kind, place: place.clone(), source: path.to_owned(), open };
            listing.files.insert(place.clone(), wanted);
        }
        listing.places.insert(place);
    }
    listing.unread = barred;
    listing.layout = layout;
    listing
}

/// An APEX is mounted twice: `/apex/com.android.x` and, with its version, `/apex/com.android.x@3`.
fn is_second_mount(path: &str) -> bool {
    path.strip_prefix("apex/").and_then(|rest| rest.split('/').next()).is_some_and(|name| name.contains('@'))
}

/// Reads `find: /vendor/etc/x: Permission denied`. Folders that hold nothing that is read count for nothing: packages are
/// known by the package service too.
fn barred_folder(line: &str) -> Option<Unread> {
    let rest = line.strip_prefix("find: ")?;
    let (path, why) = rest.rsplit_once(": ")?;
    let path = path.trim_matches(['\'', '"', '‘', '’', '`']);
    let holds_settings = path.split('/').any(|part| matches!(part, "etc" | "app" | "priv-app" | "overlay"));
    if !path.starts_with('/') || !holds_settings || why.contains("No such file") {
        return None;
    }
    let reason = if why.contains("denied") || why.contains("not permitted") {
        UnreadReason::NeedsPermission { detail: answer::short(why) }
    } else {
        UnreadReason::Io { message: answer::short(why) }
    };
    Some(Unread { kind: UnreadKind::Folder, path: path.to_owned(), package: None, reason })
}

/// Asks for the content of configuration files; in the order given.
pub(super) fn contents(
    shell: &mut dyn Shell,
    files: &[&Wanted],
    progress: &dyn Progress,
) -> Result<Vec<Result<Vec<u8>, UnreadReason>>, Gone> {
    let limit = usize::try_from(MAX_SIZE).unwrap_or(usize::MAX);
    let mut contents = Vec::with_capacity(files.len());
    for some in files.chunks(AT_ONCE) {
        let commands: Vec<Command> =
            some.iter().map(|file| Command::new("cat").arg(device_path(file)).at_most(limit)).collect();
        for answer in shell.ask(&commands)? {
            contents.push(content(answer));
            progress.advanced();
        }
    }
    Ok(contents)
}

fn content(answer: Answer) -> Result<Vec<u8>, UnreadReason> {
    answer::bytes(&answer)?;
    let size = u64::try_from(answer.output.len()).unwrap_or(u64::MAX);
    if answer.output.starts_with(LFS_POINTER) {
        Err(UnreadReason::Placeholder { size })
    } else {
        Ok(answer.output)
    }
}

/// Asks for the manifests of APKs; in the order given.
pub(super) fn manifests(
    shell: &mut dyn Shell,
    files: &[Wanted],
    progress: &dyn Progress,
) -> Result<Vec<Result<ApkRead, UnreadReason>>, Gone> {
    let limit = usize::try_from(MANIFEST_LIMIT).unwrap_or(usize::MAX);
    let mut read: Vec<Result<ApkRead, UnreadReason>> = Vec::with_capacity(files.len());
    for some in files.chunks(AT_ONCE) {
        let unzip = |file: &Wanted| {
            let command = Command::new("unzip").args(["-p".to_owned(), device_path(file)]);
            command.arg("AndroidManifest.xml").drop_errors().at_most(limit)
        };
        let answers = shell.ask(&some.iter().map(unzip).collect::<Vec<_>>())?;
        let mut found: Vec<Option<Result<ApkRead, UnreadReason>>> = answers.iter().map(of_manifest).collect();
        // Without `unzip`, or where it fails: the APK itself, as much of it as is worth the way.
        let missing: Vec<usize> =
            found.iter().enumerate().filter(|(_, found)| found.is_none()).map(|(index, _)| index).collect();
        let head = |file: &Wanted| {
            let bytes = WHOLE_APK.saturating_add(1).to_string();
            Command::new("head").args(["-c".to_owned(), bytes, device_path(file)])
        };
        let commands: Vec<Command> = missing.iter().filter_map(|&index| some.get(index)).map(head).collect();
        let whole = if commands.is_empty() { Vec::new() } else { shell.ask(&commands)? };
        for (index, answer) in missing.into_iter().zip(whole) {
            if let Some(place) = found.get_mut(index) {
                *place = Some(of_apk(&answer));
            }
        }
        for found in found {
            let none = || Err(UnreadReason::Internal { message: "an answer is missing".to_owned() });
            read.push(found.unwrap_or_else(none));
            progress.advanced();
        }
    }
    Ok(read)
}

/// Reads a manifest that `unzip` gave; `None` where it gave none.
fn of_manifest(answer: &Answer) -> Option<Result<ApkRead, UnreadReason>> {
    if answer.status != 0 || answer.output.is_empty() {
        return None;
    }
    if let Err(reason) = answer::bytes(answer) {
        return Some(Err(reason));
    }
    Some(guarded(|| {
        let read = manifest::read(&answer.output, &manifest::NoResources)?;
        Ok(ApkRead { facts: read.facts, split: read.split, diagnostics: read.diagnostics })
    }))
}

/// Reads an APK of which the beginning came.
fn of_apk(answer: &Answer) -> Result<ApkRead, UnreadReason> {
    let bytes = answer::bytes(answer)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > u64::from(WHOLE_APK) {
        return Err(UnreadReason::TooLarge { size: length, limit: u64::from(WHOLE_APK) });
    }
    guarded(|| apk::read_from(bytes, length, apk::Wanted::default()))
}

/// A panic on the way becomes a reason like any other.
fn guarded(read: impl FnOnce() -> Result<ApkRead, UnreadReason>) -> Result<ApkRead, UnreadReason> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(UnreadReason::Internal { message: "the manifest".to_owned() }))
}

fn device_path(file: &Wanted) -> String {
    file.open.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_place_and_barred_folders_by_what_they_hold() {
        let text = "/system/app/X/X.apk\n/system/product/etc/permissions/p.xml\n/system/lib/a.so\n\
            /apex/com.a/priv-app/M/M.apk\n/apex/com.a@3/priv-app/M/M.apk\n\
            find: /vendor/etc/secret: Permission denied\nfind: '/odm/firmware': Permission denied\n\
            find: /product: No such file or directory\n";
        let listing = listing(text);
        let places: Vec<&str> = listing.files.keys().map(String::as_str).collect();
        assert_eq!(
            places,
            ["/apex/com.a/priv-app/M/M.apk", "/product/etc/permissions/p.xml", "/system/app/X/X.apk"]
        );
        assert_eq!(
            device_path(&listing.files["/product/etc/permissions/p.xml"]),
            "/system/product/etc/permissions/p.xml"
        );
        let barred: Vec<&str> = listing.unread.iter().map(|unread| unread.path.as_str()).collect();
        assert_eq!(barred, ["/vendor/etc/secret"]);
    }
}
