//! Reads the configuration and property files of a tree into the snapshot. Takes the files that were chosen, gives
//! statements, preferred activities, claims and the device; a file that cannot be read is listed.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::maker::{Conventions, list};
use crate::package::Sha256Digest;
use crate::source::snapshot::{MakerList, ProfileLayer, Snapshot};
use crate::source::tree::{FileKind, Wanted, claims, preferred, properties, sysconfig};
use crate::source::unread::{Unread, UnreadReason};

/// The largest configuration file that is read. The largest in real images holds about 2 MB.
pub(crate) const MAX_SIZE: u64 = 32 * 1024 * 1024;

/// The largest file of the firmware that can add to a rule: as much as a profile file may have.
const MAX_LAYER: u64 = 256 * 1024;

/// How a file begins that only points to content kept elsewhere (Git LFS).
pub(crate) const LFS_POINTER: &[u8] = b"version https://git-lfs";

/// Reads every configuration file among `files`, in the order given.
pub(crate) fn read(files: &[Wanted], snapshot: &mut Snapshot) {
    snapshot.device = properties::device(&enter(files, |file| bytes_of(&file.open), snapshot));
}

/// Enters every configuration file among `files` into the snapshot, as `bytes_of` has it; returns the property files.
pub(crate) fn enter(
    files: &[Wanted],
    mut bytes_of: impl FnMut(&Wanted) -> Result<Vec<u8>, UnreadReason>,
    snapshot: &mut Snapshot,
) -> Vec<properties::PropertyFile> {
    let mut property_files = Vec::new();
    for file in files {
        if matches!(file.kind, FileKind::Apk | FileKind::Apex | FileKind::Compressed) {
            continue;
        }
        let fault = match bytes_of(file) {
            Err(reason) => Some(reason),
            // Real images carry lists and property files that hold nothing; no XML or TOML file of this kind does.
            Ok(bytes)
                if bytes.is_empty() && !matches!(file.kind, FileKind::MakerList | FileKind::Properties) =>
            {
                Some(UnreadReason::Placeholder { size: 0 })
            }
            Ok(bytes) if file.kind == FileKind::Properties => {
                property_files.push(properties::parse(&bytes, &file.place));
                None
            }
            Ok(bytes) => read_one(file, &bytes, snapshot),
        };
        if let Some(reason) = fault {
            let kind = file.kind.unread(&file.place);
            snapshot.unread.push(Unread { kind, path: file.place.clone(), package: None, reason });
        }
    }
    property_files
}

/// Reads one file that is no property file; returns why it could not be read to its end.
fn read_one(file: &Wanted, bytes: &[u8], snapshot: &mut Snapshot) -> Option<UnreadReason> {
    match file.kind {
        FileKind::SystemConfig => {
            let mut said = sysconfig::parse(bytes, &file.place);
            snapshot.system_config.statements.append(&mut said.statements);
            snapshot.diagnostics.append(&mut said.diagnostics);
            said.fault
        }
        FileKind::Preferred => {
            let mut said = preferred::parse(bytes, &file.place);
            snapshot.system_config.preferred.append(&mut said.preferred);
            snapshot.diagnostics.append(&mut said.diagnostics);
            said.fault
        }
        FileKind::Claims => match claims::parse(bytes, &file.place) {
            Ok(mut said) => {
                snapshot.claims.append(&mut said.claims);
                snapshot.diagnostics.append(&mut said.diagnostics);
                None
            }
            Err(reason) => Some(reason),
        },
        FileKind::ProfileLayer => match layer_text(bytes) {
            Ok(text) => {
                snapshot.profile_layers.push(ProfileLayer { path: file.place.clone(), text });
                None
            }
            Err(reason) => Some(reason),
        },
        FileKind::MakerList => read_list(file, bytes, snapshot),
        FileKind::Apk | FileKind::Apex | FileKind::Compressed | FileKind::Properties => None,
    }
}

/// Takes in a file that adds to a rule; what it says is for the profile to check.
fn layer_text(bytes: &[u8]) -> Result<String, UnreadReason> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_LAYER {
        return Err(UnreadReason::TooLarge { size, limit: MAX_LAYER });
    }
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| claims::malformed(bytes, error.valid_up_to(), "UTF-8 text"))
}

/// Reads a list of the maker. What was read before a fault is kept: it is what the maker says.
fn read_list(file: &Wanted, bytes: &[u8], snapshot: &mut Snapshot) -> Option<UnreadReason> {
    let rule = Conventions::built_in().list_for(&file.place)?;
    let mut parsed = list::parse_list(rule, &file.place, bytes);
    snapshot.diagnostics.append(&mut parsed.diagnostics);
    snapshot.maker_lists.push(MakerList {
        list: rule.id.clone(),
        path: file.place.clone(),
        sha256: Some(Sha256Digest::of(bytes)),
        entries: parsed.entries,
    });
    parsed.unread
}

/// Reads a whole file of bounded size.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, UnreadReason> {
    let io = |error: std::io::Error| UnreadReason::Io { message: error.to_string() };
    let file = File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    if size > MAX_SIZE {
        return Err(UnreadReason::TooLarge { size, limit: MAX_SIZE });
    }
    let mut bytes = Vec::new();
    file.take(MAX_SIZE).read_to_end(&mut bytes).map_err(io)?;
    if bytes.starts_with(LFS_POINTER) {
        return Err(UnreadReason::Placeholder { size });
    }
    Ok(bytes)
}
