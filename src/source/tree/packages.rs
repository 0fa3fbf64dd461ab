//! Turns APKs that were read into packages. Takes what each APK said and where it lies, gives the package entries with
//! their code path, splits and stubs; what belongs to no package is listed.

use std::collections::{BTreeMap, BTreeSet};

use crate::package::PackageName;
use crate::source::apk::ApkRead;
use crate::source::snapshot::{PackageFacts, Snapshot, Split};
use crate::source::tree::{FileKind, Wanted};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// How the folder of a stub ends (`PackageManagerService.STUB_SUFFIX`).
const STUB_SUFFIX: &str = "-Stub";

/// Enters all APKs into `snapshot`. `compressed` holds the folders with compressed apps in them.
pub(crate) fn assemble(
    files: Vec<Wanted>,
    read: Vec<Result<ApkRead, UnreadReason>>,
    compressed: &BTreeSet<String>,
    snapshot: &mut Snapshot,
) {
    let mut folders: BTreeMap<String, Vec<(Wanted, ApkRead)>> = BTreeMap::new();
    for (file, read) in files.into_iter().zip(read) {
        match read {
            Ok(mut read) => {
                for mut diagnostic in read.diagnostics.drain(..) {
                    diagnostic.path.clone_from(&file.place);
                    snapshot.diagnostics.push(diagnostic);
                }
                folders.entry(folder_of(&file.place).to_owned()).or_default().push((file, read));
            }
            Err(reason) => {
                let kind = file.kind.unread(&file.place);
                snapshot.unread.push(Unread { kind, path: file.place, package: None, reason });
            }
        }
    }
    for (folder, apks) in folders {
        enter(&folder, apks, compressed, snapshot);
    }
}

/// Enters the APKs of one folder.
fn enter(folder: &str, apks: Vec<(Wanted, ApkRead)>, compressed: &BTreeSet<String>, snapshot: &mut Snapshot) {
    let (bases, splits): (Vec<_>, Vec<_>) = apks.into_iter().partition(|(_, read)| read.split.is_none());
    let flat = is_flat(folder, &bases);
    let stub = is_stub(folder, compressed);
    let mut entered: Vec<PackageFacts> = bases
        .into_iter()
        .map(|(file, read)| {
            let mut facts = read.facts;
            facts.path = if flat { file.place.clone() } else { folder.to_owned() };
            facts.source_path =
                (file.place.strip_prefix('/') != Some(file.source.as_str())).then_some(file.source);
            facts.file = file.place;
            facts.stub = stub;
            facts
        })
        .collect();
    for (file, read) in splits {
        let split = read.split.unwrap_or_default();
        match entered.iter_mut().find(|base| base.name == read.facts.name) {
            Some(base) => base.splits.push(Split { name: split, file: file.place }),
            None => snapshot.unread.push(Unread {
                kind: UnreadKind::Split,
                path: file.place,
                package: Some(read.facts.name),
                reason: UnreadReason::NoBase { split },
            }),
        }
    }
    snapshot.packages.append(&mut entered);
}

/// Says whether APKs lie directly in a folder the platform scans, so that each file is a code path of its own
/// (`PackageManagerService.scanDirLI`: a file is a package, a folder is one package). The platform knows its folders;
/// for those of makers it shows in the name, or in several packages lying together.
fn is_flat(folder: &str, bases: &[(Wanted, ApkRead)]) -> bool {
    let name = folder.rsplit('/').next().unwrap_or_default();
    let scanned =
        matches!(name, "app" | "apps" | "priv-app" | "overlay" | "framework" | "delapp" | "preloadapp")
            || ["-app", "-apps", "_app", "_apps"].iter().any(|end| name.ends_with(end));
    let names: BTreeSet<&PackageName> = bases.iter().map(|(_, read)| &read.facts.name).collect();
    folder.is_empty() || scanned || names.len() > 1
}

/// Says whether a folder holds the stub of a compressed app (`PackageManagerServiceUtils.compressedFileExists`).
fn is_stub(folder: &str, compressed: &BTreeSet<String>) -> bool {
    folder.strip_suffix(STUB_SUFFIX).is_some_and(|app| compressed.contains(app))
}

/// The folders with compressed files (`*.gz`) among files given by their path on the device.
pub(crate) fn compressed(places: impl Iterator<Item = String>) -> BTreeSet<String> {
    places
        .filter(|place| {
            place.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("gz"))
        })
        .map(|place| folder_of(&place).to_owned())
        .collect()
}

/// Lists the compressed apps: their own manifests are not read, the facts at hand are their stubs'.
pub(crate) fn note_compressed(files: &[Wanted], snapshot: &mut Snapshot) {
    for file in files.iter().filter(|file| file.kind == FileKind::Compressed) {
        let stub = format!("{}{STUB_SUFFIX}", folder_of(&file.place));
        let package =
            snapshot.packages.iter().find(|package| package.path == stub).map(|package| package.name.clone());
        snapshot.unread.push(Unread {
            kind: UnreadKind::Package,
            path: file.place.clone(),
            package,
            reason: UnreadReason::Unsupported { what: "an app compressed beside its stub".to_owned() },
        });
    }
}

/// The folder a path lies in, without a slash at its end.
pub(crate) fn folder_of(place: &str) -> &str {
    place.rsplit_once('/').map_or("", |(folder, _)| folder)
}
