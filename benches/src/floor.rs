//! The floor: the least work that any reader of manifests must do. It reads the end record and the central directory,
//! inflates the manifest with the inflater that `KeepOne` uses, and steps once over the headers of the manifest's chunks.
//! It gives nothing but how many chunks there are.
//!
//! Like every contender it begins with a path and keeps nothing from one APK to the next. The central directory is
//! walked to its end, because a second `AndroidManifest.xml` further down is a known trick.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use flate2::{Decompress, FlushDecompress, Status};

const END_RECORD: usize = 22;
const ENTRY: usize = 46;
const LOCAL_HEADER: usize = 30;
const MANIFEST: &[u8] = b"AndroidManifest.xml";

/// Reads the APK at `path` and returns the number of chunks of its manifest.
///
/// # Errors
/// When the file cannot be read, or is no APK as compilers write them.
pub fn read(path: &Path) -> io::Result<usize> {
    chunks(&manifest_of(path)?)
}

/// Returns the manifest of the APK at `path`.
///
/// # Errors
/// As [`read`].
pub fn manifest_of(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let end = end_record(&file, length)?;
    let (size, offset) = (u32_at(&end, 12)?, u32_at(&end, 16)?);
    let mut directory = vec![0; index(size)];
    file.read_exact_at(&mut directory, offset.into())?;
    let entry = find_manifest(&directory)?;
    manifest(&file, &entry)
}

/// Returns the end record, with its comment where there is one.
fn end_record(file: &File, length: u64) -> io::Result<Vec<u8>> {
    let mut end = vec![0; END_RECORD];
    let at = length.checked_sub(22).ok_or_else(odd)?;
    file.read_exact_at(&mut end, at)?;
    if end.starts_with(b"PK\x05\x06") && end.ends_with(&[0, 0]) {
        return Ok(end);
    }
    let reach = length.min(22 + 65_535);
    let mut tail = vec![0; usize::try_from(reach).map_err(|_| odd())?];
    file.read_exact_at(&mut tail, length - reach)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06").ok_or_else(odd)?;
    Ok(tail.split_off(at))
}

/// Where the manifest lies.
struct Entry {
    header: u64,
    packed: usize,
    unpacked: usize,
    deflated: bool,
}

/// Walks the whole directory; the first entry of the name counts.
fn find_manifest(directory: &[u8]) -> io::Result<Entry> {
    let mut found = None;
    let mut at = 0;
    while let Some(entry) = directory.get(at..at + ENTRY) {
        let field = |offset: usize| usize::from(u16::from_le_bytes([entry[offset], entry[offset + 1]]));
        let name = directory.get(at + ENTRY..at + ENTRY + field(28)).ok_or_else(odd)?;
        if name == MANIFEST && found.is_none() {
            found = Some(Entry {
                header: u32_at(entry, 42)?.into(),
                packed: index(u32_at(entry, 20)?),
                unpacked: index(u32_at(entry, 24)?),
                deflated: field(10) == 8,
            });
        }
        at += ENTRY + field(28) + field(30) + field(32);
    }
    found.ok_or_else(odd)
}

/// Reads the manifest and inflates it.
fn manifest(file: &File, entry: &Entry) -> io::Result<Vec<u8>> {
    let mut header = [0; LOCAL_HEADER];
    file.read_exact_at(&mut header, entry.header)?;
    let skipped = [26, 28].map(|at| u64::from(u16::from_le_bytes([header[at], header[at + 1]])));
    let mut raw = vec![0; if entry.deflated { entry.packed } else { entry.unpacked }];
    file.read_exact_at(&mut raw, entry.header + 30 + skipped[0] + skipped[1])?;
    if !entry.deflated {
        return Ok(raw);
    }
    let mut data = Vec::with_capacity(entry.unpacked);
    let status = Decompress::new(false).decompress_vec(&raw, &mut data, FlushDecompress::Finish)?;
    if status == Status::StreamEnd || data.len() == entry.unpacked { Ok(data) } else { Err(odd()) }
}

/// Steps over the headers of the chunks of a binary XML document.
fn chunks(data: &[u8]) -> io::Result<usize> {
    let mut count = 0;
    let mut at = 8;
    while let Ok(size) = u32_at(data, at + 4) {
        if size < 8 {
            return Err(odd());
        }
        at += index(size);
        count += 1;
    }
    Ok(count)
}

fn u32_at(data: &[u8], at: usize) -> io::Result<u32> {
    let bytes = data.get(at..).and_then(|rest| rest.first_chunk()).ok_or_else(odd)?;
    Ok(u32::from_le_bytes(*bytes))
}

fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

fn odd() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no APK as compilers write them")
}
