//! The zip archive of an APK, read by position: end record, central directory, and the entries asked for.
//!
//! Takes a source of bytes that can be read at any offset, gives single entries; never reads an archive as a whole,
//! so that an APK of 3 GB costs what an APK of 3 MB costs. Where Android's own reader (`libziparchive`, `zip_archive.cc`, and
//! `ApkAssets`) is lenient, so is this one: the central directory decides, the encryption flag is ignored, every
//! compression method but "deflated" means stored. Where Android refuses an archive that can still be read without doubt, it is
//! read and a [`Quirk`] says so.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;

use flate2::{Decompress, FlushDecompress, Status};
use rawzip::{ErrorKind, ReaderAt, ZipArchive, ZipFileHeaderRecord, ZipLocator};

use super::bytes::{Malformed, Part, u16_at, u32_at};
use crate::source::unread::UnreadReason;

/// The most that a manifest may inflate to. The largest real one known is under 1 MiB.
pub const MANIFEST_LIMIT: u64 = 16 << 20;

/// The most that a resource table may inflate to. `framework-res` of makers reaches 60 MiB.
pub const RESOURCES_LIMIT: u64 = 256 << 20;

/// The most that one signature file may inflate to. Real ones are a few KiB.
pub const SIGNATURE_LIMIT: u64 = 1 << 20;

/// The most that the central directory may take; it bounds time, memory is bounded by the buffer anyway. 65,535 entries
/// with long names take 10 MiB.
const DIRECTORY_LIMIT: u64 = 64 << 20;

/// How far back the end record is looked for: its own 22 bytes and the longest comment (`kMaxEOCDSearch`).
const END_RECORD_SEARCH: u64 = 22 + 65_535;

/// How many signature files of `META-INF` are looked at.
const SIGNATURE_FILES: usize = 8;

/// Size of the fixed part of a local file header.
const LOCAL_HEADER: usize = 30;

/// The best ratio that deflate can reach, so that memory reserved stays in proportion to the bytes that are there.
const DEFLATE_RATIO: u64 = 1032;

thread_local! {
    /// What central directories are read into, kept for the next archive: asking the system for it each time costs more
    /// than reading a small directory.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };

    /// The state of the decompressor, kept for the same reason.
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

const MANIFEST: &[u8] = b"AndroidManifest.xml";
const RESOURCES: &[u8] = b"resources.arsc";

/// Something about an archive that Android's own reader refuses, read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quirk {
    /// Bytes follow the end record and its comment.
    TrailingBytes,
    /// Two entries are called `AndroidManifest.xml`; the first was read.
    DuplicateManifest,
    /// Two entries are called `resources.arsc`; the first was read.
    DuplicateResources,
    /// An entry's local header names another file than the central directory.
    LocalNameDiffers,
    /// An entry's local header states other sizes than the central directory, and no data descriptor follows.
    LocalSizesDiffer,
    /// The archive does not begin with a local header.
    LeadingBytes,
}

impl Quirk {
    /// Returns the quirk in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TrailingBytes => "bytes after the end of the zip archive",
            Self::DuplicateManifest => "AndroidManifest.xml",
            Self::DuplicateResources => "resources.arsc",
            Self::LocalNameDiffers => "the local header of a zip entry names another file",
            Self::LocalSizesDiffer => "the local header of a zip entry states other sizes",
            Self::LeadingBytes => "bytes before the first zip entry",
        }
    }
}

/// Where an entry lies, as the central directory says.
#[derive(Clone, Debug)]
pub struct Entry {
    name: Box<[u8]>,
    header: u64,
    packed: u64,
    unpacked: u64,
    crc: u32,
    deflated: bool,
    encrypted: bool,
}

impl Entry {
    fn new(record: &ZipFileHeaderRecord<'_>) -> Self {
        Self {
            name: record.file_path().as_ref().into(),
            header: record.local_header_offset(),
            packed: record.compressed_size_hint(),
            unpacked: record.uncompressed_size_hint(),
            crc: record.crc32(),
            deflated: record.compression_method() == rawzip::CompressionMethod::DEFLATE,
            encrypted: record.flags().is_encrypted(),
        }
    }

    /// Returns whether the bytes must be inflated.
    pub const fn is_deflated(&self) -> bool {
        self.deflated
    }

    /// Returns how many bytes the entry takes in the archive.
    const fn taken(&self) -> u64 {
        if self.deflated { self.packed } else { self.unpacked }
    }

    /// Returns whether the entry says that it is encrypted. Android ignores that and reads the bytes as they are.
    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }
}

/// An archive whose central directory was read.
#[derive(Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    manifest: Option<Entry>,
    resources: Option<Entry>,
    signature_files: Vec<Entry>,
    /// Which other entry is looked for, and the first that was found.
    is_wanted: fn(&[u8]) -> bool,
    wanted: Option<Entry>,
    quirks: RefCell<BTreeSet<Quirk>>,
}

impl<R: ReaderAt> Archive<R> {
    /// Finds the end record of the `length` bytes of `source` and reads the central directory.
    ///
    /// # Errors
    /// When it is no zip archive, is cut off, or its central directory is damaged or larger than 64 MiB.
    pub fn open(source: R, length: u64) -> Result<Self, UnreadReason> {
        Self::open_for(source, length, |_| false)
    }

    /// As [`Archive::open`], and looks for an entry whose name `is_wanted` besides those of an APK.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn open_for(source: R, length: u64, is_wanted: fn(&[u8]) -> bool) -> Result<Self, UnreadReason> {
        BUFFER.with_borrow_mut(|buffer| {
            // Large enough for the largest entry that a central directory can hold.
            buffer.resize(rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE, 0);
            Self::open_with(source, length, is_wanted, buffer)
        })
    }

    fn open_with(
        source: R,
        length: u64,
        is_wanted: fn(&[u8]) -> bool,
        buffer: &mut [u8],
    ) -> Result<Self, UnreadReason> {
        let zip = ZipLocator::new()
            .max_search_space(END_RECORD_SEARCH)
            .locate_in_reader(source, buffer, length)
            .map_err(|(source, error)| no_end_record(&source, error, length))?;
        let directory = zip.eocd_offset().saturating_sub(zip.directory_offset());
        if directory > DIRECTORY_LIMIT {
            return Err(UnreadReason::TooLarge { size: directory, limit: DIRECTORY_LIMIT });
        }
        let mut archive = Self {
            manifest: None,
            resources: None,
            signature_files: Vec::new(),
            is_wanted,
            wanted: None,
            quirks: RefCell::default(),
            zip,
        };
        if archive.zip.end_offset() != length {
            archive.quirks.get_mut().insert(Quirk::TrailingBytes);
        }
        archive.read_directory(buffer)?;
        Ok(archive)
    }

    /// Walks the central directory once and keeps what may be asked for.
    fn read_directory(&mut self, buffer: &mut [u8]) -> Result<(), UnreadReason> {
        let directory = self.zip.directory_offset();
        let stated = self.zip.entries_hint();
        let mut lowest = u64::MAX;
        let mut entries = self.zip.entries(buffer);
        for _ in 0..stated {
            let record = entries
                .next_entry()
                .map_err(|error| zip_error(error, directory, "a central directory entry"))?
                .ok_or(Malformed {
                    part: Part::Zip,
                    at: directory,
                    expected: "as many entries as the end record states",
                })?;
            lowest = lowest.min(record.local_header_offset());
            let path = record.file_path();
            let name = path.as_ref();
            if name == MANIFEST {
                keep_first(&mut self.manifest, &record, Quirk::DuplicateManifest, self.quirks.get_mut());
            } else if name == RESOURCES {
                keep_first(&mut self.resources, &record, Quirk::DuplicateResources, self.quirks.get_mut());
            } else if is_signature_file(name) && self.signature_files.len() < SIGNATURE_FILES {
                self.signature_files.push(Entry::new(&record));
            } else if self.wanted.is_none() && (self.is_wanted)(name) {
                self.wanted = Some(Entry::new(&record));
            }
        }
        if lowest > 0 && lowest != u64::MAX && !starts_with_header(self.zip.get_ref()) {
            self.quirks.get_mut().insert(Quirk::LeadingBytes);
        }
        Ok(())
    }

    /// Returns the entry `AndroidManifest.xml`.
    ///
    /// # Errors
    /// When there is none.
    pub fn manifest(&self) -> Result<Entry, UnreadReason> {
        let at = self.zip.directory_offset();
        let missing = Malformed { part: Part::Zip, at, expected: "an entry AndroidManifest.xml" };
        Ok(self.manifest.clone().ok_or(missing)?)
    }

    /// Returns the entry that was looked for, where there is one.
    pub fn wanted(&self) -> Option<Entry> {
        self.wanted.clone()
    }

    /// Returns the entry `resources.arsc`, where there is one.
    pub fn resources(&self) -> Option<Entry> {
        self.resources.clone()
    }

    /// Returns the signature files of `META-INF`, the first few, in the order of the directory.
    pub fn signature_files(&self) -> &[Entry] {
        &self.signature_files
    }

    /// Returns what Android would have refused.
    pub fn quirks(&self) -> BTreeSet<Quirk> {
        self.quirks.borrow().clone()
    }

    /// Returns where the central directory begins; the APK signing block ends there.
    pub fn directory_offset(&self) -> u64 {
        self.zip.directory_offset()
    }

    /// Returns the source of the bytes.
    pub fn source(&self) -> &R {
        self.zip.get_ref()
    }

    /// Reads one entry whole, inflated, as `ApkAssets` does: all but "deflated" is stored.
    ///
    /// # Errors
    /// When it is larger than `limit`, lies outside the archive, or does not inflate to the size it states.
    pub fn read(&self, entry: &Entry, limit: u64) -> Result<Vec<u8>, UnreadReason> {
        let largest = entry.unpacked.max(entry.taken());
        if largest > limit {
            return Err(UnreadReason::TooLarge { size: largest, limit });
        }
        let (start, length) = self.place(entry)?;
        let mut raw = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        let expected = "the bytes of an entry";
        self.source().read_exact_at(&mut raw, start).map_err(|error| io_error(&error, start, expected))?;
        if entry.deflated { inflate(&raw, entry) } else { Ok(raw) }
    }

    /// Returns where the bytes of an entry lie, as they are in the archive, and how many there are.
    ///
    /// # Errors
    /// When its local header is not there or its bytes do not end before the central directory.
    pub fn place(&self, entry: &Entry) -> Result<(u64, u64), UnreadReason> {
        let mut header = [0; LOCAL_HEADER];
        let (at, expected) = (entry.header, "a local file header");
        self.source().read_exact_at(&mut header, at).map_err(|error| io_error(&error, at, expected))?;
        let local = LocalHeader::parse(&header).ok_or(Malformed { part: Part::Zip, at, expected })?;
        let start = at.saturating_add(local.size());
        let length = entry.taken();
        if start.saturating_add(length) > self.directory_offset() {
            let expected = "an entry that ends before the central directory";
            return Err(Malformed { part: Part::Zip, at: start, expected }.into());
        }
        self.note_differences(entry, &local);
        Ok((start, length))
    }

    /// Notes where the local header contradicts the central directory (`FindEntry`, `kInconsistentInformation`).
    fn note_differences(&self, entry: &Entry, local: &LocalHeader) {
        if usize::from(local.name) != entry.name.len() {
            self.quirks.borrow_mut().insert(Quirk::LocalNameDiffers);
        }
        let wide = local.packed == u32::MAX || local.unpacked == u32::MAX;
        let same = u64::from(local.packed) == entry.packed
            && u64::from(local.unpacked) == entry.unpacked
            && local.crc == entry.crc;
        if !local.has_descriptor && !wide && !same {
            self.quirks.borrow_mut().insert(Quirk::LocalSizesDiffer);
        }
    }
}

/// The fixed part of a local file header, as far as it is needed.
struct LocalHeader {
    has_descriptor: bool,
    crc: u32,
    packed: u32,
    unpacked: u32,
    name: u16,
    extra: u16,
}

impl LocalHeader {
    fn parse(data: &[u8]) -> Option<Self> {
        (u32_at(data, 0)? == 0x0403_4b50).then_some(())?;
        Some(Self {
            has_descriptor: u16_at(data, 6)? & 8 != 0,
            crc: u32_at(data, 14)?,
            packed: u32_at(data, 18)?,
            unpacked: u32_at(data, 22)?,
            name: u16_at(data, 26)?,
            extra: u16_at(data, 28)?,
        })
    }

    /// Returns the size of the header with its name and extra field.
    fn size(&self) -> u64 {
        30_u64.saturating_add(u64::from(self.name)).saturating_add(u64::from(self.extra))
    }
}

fn keep_first(
    kept: &mut Option<Entry>,
    record: &ZipFileHeaderRecord<'_>,
    duplicate: Quirk,
    quirks: &mut BTreeSet<Quirk>,
) {
    if kept.is_some() {
        quirks.insert(duplicate);
    } else {
        *kept = Some(Entry::new(record));
    }
}

/// Tells whether `name` is a signature block file of JAR signing, `META-INF/*.RSA`, `.DSA` or `.EC`.
fn is_signature_file(name: &[u8]) -> bool {
    let Some(rest) = name.strip_prefix(b"META-INF/") else { return false };
    !rest.contains(&b'/') && [&b".RSA"[..], b".DSA", b".EC"].iter().any(|end| rest.ends_with(end))
}

/// Inflates `raw` to the size that the central directory states; Android refuses an entry of another size
/// (`ZipUtils::inflateToBuffer`).
fn inflate(raw: &[u8], entry: &Entry) -> Result<Vec<u8>, UnreadReason> {
    let packed = u64::try_from(raw.len()).unwrap_or(u64::MAX);
    let reachable = packed.saturating_mul(DEFLATE_RATIO).saturating_add(64);
    let size = usize::try_from(entry.unpacked.min(reachable)).unwrap_or(usize::MAX);
    let mut inflated = Vec::with_capacity(size);
    let status = INFLATE.with_borrow_mut(|inflate| {
        inflate.reset(false);
        inflate.decompress_vec(raw, &mut inflated, FlushDecompress::Finish)
    });
    let whole = inflated.len() == usize::try_from(entry.unpacked).unwrap_or(usize::MAX);
    match status {
        Ok(Status::StreamEnd) if whole => Ok(inflated),
        _ if entry.encrypted => Err(UnreadReason::Encrypted),
        _ => {
            let at = entry.header;
            let expected = "deflated bytes of the size the central directory states";
            Err(Malformed { part: Part::Zip, at, expected }.into())
        }
    }
}

/// Tells whether the first four bytes are a local header's signature, which Android demands.
fn starts_with_header<R: ReaderAt>(source: &R) -> bool {
    let mut start = [0; 4];
    source.read_exact_at(&mut start, 0).is_ok() && start == *b"PK\x03\x04"
}

/// Tells a zip archive that was cut off from a file that never was one.
fn no_end_record<R: ReaderAt>(source: &R, error: rawzip::Error, length: u64) -> UnreadReason {
    if starts_with_header(source) {
        zip_error(error, length, "an end of central directory record: the archive is cut off")
    } else {
        zip_error(error, 0, "a zip archive")
    }
}

fn zip_error(error: rawzip::Error, at: u64, expected: &'static str) -> UnreadReason {
    match error.into_kind() {
        ErrorKind::IO(error) => io_error(&error, at, expected),
        _ => Malformed { part: Part::Zip, at, expected }.into(),
    }
}

fn io_error(error: &io::Error, at: u64, expected: &'static str) -> UnreadReason {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        Malformed { part: Part::Zip, at, expected }.into()
    } else {
        UnreadReason::Io { message: error.to_string() }
    }
}
