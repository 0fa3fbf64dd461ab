//! Reads the configuration and property files of a tree into the snapshot. Takes the files that were chosen, gives
//! statements, preferred activities, claims and the device; a file that cannot be read is listed.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::source::snapshot::Snapshot;
use crate::source::tree::{FileKind, Wanted, claims, preferred, properties, sysconfig};
use crate::source::unread::{Unread, UnreadReason};

/// The largest configuration file that is read. The largest in real images holds about 2 MB.
const MAX_SIZE: u64 = 32 * 1024 * 1024;

/// Reads every configuration file among `files`, in the order given.
pub(crate) fn read(files: &[Wanted], snapshot: &mut Snapshot) {
    let mut property_files = Vec::new();
    for file in files {
        if matches!(file.kind, FileKind::Apk | FileKind::Apex | FileKind::Compressed) {
            continue;
        }
        let fault = match bytes_of(&file.open) {
            Err(reason) => Some(reason),
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
    snapshot.device = properties::device(&property_files);
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
        FileKind::Apk | FileKind::Apex | FileKind::Compressed | FileKind::Properties => None,
    }
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
    if bytes.is_empty() { Err(UnreadReason::Placeholder { size: 0 }) } else { Ok(bytes) }
}
