//! One APK: facts from its manifest, and from its resources and signatures where they are asked for.
//!
//! Takes a file, gives [`ApkRead`] or the reason why it could not be read. Reads by position - end record, central
//! directory, one entry - and never the whole APK, except to digest it.

#![cfg_attr(
    not(test),
    warn(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::indexing_slicing)
)]

pub mod archive;
mod attribute;
pub mod axml;
pub mod bytes;
mod component;
mod contents;
mod der;
pub mod locale;
pub mod manifest;
mod resolve;
pub mod resources;
pub mod signer;
pub mod strings;
mod value;
mod walk;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rawzip::{FileReader, ReaderAt};
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::language::{Language, Localized};
use crate::package::Sha256Digest;
use crate::source::snapshot::PackageFacts;
use crate::source::unread::UnreadReason;
use archive::{Archive, Entry, MANIFEST_LIMIT, Quirk};
use resolve::Resolver;

/// What is wanted beyond the manifest. Each of them costs more than the manifest itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Labels in English and Chinese, from the resource table.
    pub labels: bool,
    /// SHA-256 of the whole file.
    pub digest: bool,
    /// SHA-256 of the signing certificates.
    pub signers: bool,
}

/// What one APK says.
#[derive(Debug)]
pub struct ApkRead {
    /// The facts. Path, file and source path are left empty for the caller, who knows where the APK lies.
    pub facts: PackageFacts,
    /// `manifest/@split`. When it is there, the APK is no base.
    pub split: Option<String>,
    /// Problems that lost nothing. Their path is left empty for the caller.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the APK at `path`.
///
/// # Errors
/// Why nothing could be read: the file, the archive, or the manifest. A damaged resource table or signature is a
/// diagnostic.
pub fn read(path: &Path, wanted: Wanted) -> Result<ApkRead, UnreadReason> {
    let io = |error: std::io::Error| UnreadReason::Io { message: error.to_string() };
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let mut read = read_from(FileReader::from(file), length, wanted)?;
    if wanted.digest {
        read.facts.sha256 = Some(digest(path).map_err(io)?);
    }
    Ok(read)
}

/// Reads the APK at `path`; a panic on the way becomes a reason like any other.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_guarded(path: &Path, wanted: Wanted) -> Result<ApkRead, UnreadReason> {
    catch_unwind(AssertUnwindSafe(|| read(path, wanted))).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(UnreadReason::Internal { message: text.unwrap_or("no message").to_owned() })
    })
}

/// Reads an APK of `length` bytes from a source that can be read at any offset. [`Wanted::digest`] has no effect here.
///
/// # Errors
/// As [`read`].
pub fn read_from<R: ReaderAt>(source: R, length: u64, wanted: Wanted) -> Result<ApkRead, UnreadReason> {
    if is_placeholder(&source, length) {
        return Err(UnreadReason::Placeholder { size: length });
    }
    let archive = Archive::open(source, length)?;
    let entry = archive.manifest()?;
    let data = archive.read(&entry, MANIFEST_LIMIT)?;
    let resources = Resolver::new(&archive, wanted.labels);
    let manifest = manifest::read(&data, &resources).map_err(|reason| or_encrypted(reason, &entry))?;
    let mut facts = manifest.facts;
    let mut diagnostics = manifest.diagnostics;
    if wanted.signers {
        match signer::read(&archive) {
            Ok(signers) => facts.signers = Some(signers),
            Err(reason) => diagnostics.push(not_read(&reason)),
        }
    }
    diagnostics.extend(resources.into_failure().as_ref().map(not_read));
    diagnostics.extend(archive.quirks().into_iter().map(quirk));
    Ok(ApkRead { facts, split: manifest.split, diagnostics })
}

/// Reads the string resources `names` of the APK at `path` in its default configuration; those that it has, by name.
///
/// The framework's own APK names default role holders this way (`config_defaultDialer`).
///
/// # Errors
/// When the file, the archive or its resource table cannot be read.
pub fn strings_named(path: &Path, names: &[&str]) -> Result<BTreeMap<String, String>, UnreadReason> {
    let io = |error: std::io::Error| UnreadReason::Io { message: error.to_string() };
    let file = File::open(path).map_err(io)?;
    let length = file.metadata().map_err(io)?.len();
    let archive = Archive::open(FileReader::from(file), length)?;
    let Some(entry) = archive.resources() else { return Ok(BTreeMap::new()) };
    Ok(resolve::open(&archive, &entry)?.strings_named(names))
}

/// Tells whether the file only stands for one kept elsewhere: empty, or a pointer of Git LFS.
fn is_placeholder<R: ReaderAt>(source: &R, length: u64) -> bool {
    const POINTER: &[u8] = b"version https://git-lfs";
    if length > 1024 {
        return false;
    }
    let mut start = [0; POINTER.len()];
    length == 0 || (source.read_exact_at(&mut start, 0).is_ok() && start == POINTER)
}

/// An entry that says it is encrypted and holds no manifest is encrypted.
fn or_encrypted(reason: UnreadReason, entry: &Entry) -> UnreadReason {
    if entry.is_encrypted() && matches!(reason, UnreadReason::Malformed { .. }) {
        UnreadReason::Encrypted
    } else {
        reason
    }
}

/// A part that was wanted and could not be read.
fn not_read(reason: &UnreadReason) -> Diagnostic {
    let detail = reason.localized(Language::English);
    Diagnostic { path: String::new(), at: 0, code: DiagnosticCode::PartNotRead, detail }
}

fn quirk(quirk: Quirk) -> Diagnostic {
    let code = match quirk {
        Quirk::DuplicateManifest | Quirk::DuplicateResources => DiagnosticCode::DuplicateEntry,
        _ => DiagnosticCode::NonConforming,
    };
    Diagnostic { path: String::new(), at: 0, code, detail: quirk.words().to_owned() }
}

/// Returns the SHA-256 of the whole file.
fn digest(path: &Path) -> std::io::Result<Sha256Digest> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hash.update(buffer.get(..count).unwrap_or_default());
    }
    Ok(Sha256Digest(hexadecimal(&hash.finalize())))
}

/// Writes bytes as lower-case hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
