//! Bounded little-endian reads and the error of a parser of foreign bytes.

use crate::source::unread::UnreadReason;

/// The part of an APK that a parser reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The archive around it all.
    Zip,
    /// `AndroidManifest.xml`.
    Manifest,
    /// `resources.arsc`.
    Resources,
    /// The signing block or a file of `META-INF`.
    Signature,
}

impl Part {
    /// Returns the name used in [`UnreadReason::Malformed`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Manifest => "manifest",
            Self::Resources => "resources",
            Self::Signature => "signature",
        }
    }
}

/// Bytes that are not what their format demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed {} at {at}: expected {expected}", part.name())]
pub struct Malformed {
    /// The part of the APK.
    pub part: Part,
    /// Where in that part, in bytes from its start.
    pub at: u64,
    /// What was expected there.
    pub expected: &'static str,
}

impl Malformed {
    /// States what was expected at `at` in `part`.
    pub(super) fn new(part: Part, at: usize, expected: &'static str) -> Self {
        Self { part, at: u64::try_from(at).unwrap_or(u64::MAX), expected }
    }
}

impl From<Malformed> for UnreadReason {
    fn from(error: Malformed) -> Self {
        Self::Malformed {
            part: error.part.name().to_owned(),
            at: error.at,
            expected: error.expected.to_owned(),
        }
    }
}

/// Reads a byte at `at`; `None` past the end.
pub(super) fn u8_at(data: &[u8], at: usize) -> Option<u8> {
    data.get(at).copied()
}

/// Reads two bytes at `at`, little-endian; `None` past the end.
pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

/// Reads four bytes at `at`, little-endian; `None` past the end.
pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

/// Reads eight bytes at `at`, little-endian; `None` past the end.
pub(super) fn u64_at(data: &[u8], at: usize) -> Option<u64> {
    data.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

/// Widens a count or offset read from a file. Where a `usize` is smaller than 32 bits the result is larger than any
/// buffer, so that the bounded read that follows fails.
pub(super) fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// Cuts `length` bytes at `at`; `None` when they do not all exist.
pub(super) fn slice(data: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    data.get(at..at.checked_add(length)?)
}
