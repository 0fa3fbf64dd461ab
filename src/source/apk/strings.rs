//! The string pool chunk that binary XML documents and resource tables share.
//!
//! Takes the bytes of one chunk, gives its strings one at a time, decoded when asked for; never decodes or copies the
//! pool as a whole. Checks what `ResStringPool::setTo` and `stringAt` check (`libs/androidfw/ResourceTypes.cpp`), so a
//! string that Android cannot read is `None` here too.

use std::borrow::Cow;

use super::bytes::{Malformed, Part, index, slice, u8_at, u16_at, u32_at};

/// Size of the fixed header of the chunk.
const HEADER: usize = 28;

/// Set in the flags of a pool whose strings are UTF-8; else they are UTF-16.
const UTF8_FLAG: u32 = 1 << 8;

/// A checked string pool over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct StringPool<'a> {
    /// Offset of each string, four bytes each.
    offsets: &'a [u8],
    /// The strings themselves, up to the styles.
    strings: &'a [u8],
    utf8: bool,
}

impl<'a> StringPool<'a> {
    /// Checks the pool whose chunk begins at `at` of `data` and ends within it.
    ///
    /// # Errors
    /// When offsets, strings or styles do not lie inside the chunk, or the last string is not terminated.
    pub fn new(part: Part, data: &'a [u8], at: usize, size: usize) -> Result<Self, Malformed> {
        let wrong = |offset: usize, expected| Malformed::new(part, at.saturating_add(offset), expected);
        let chunk = slice(data, at, size).ok_or_else(|| wrong(0, "a whole string pool"))?;
        let field = |offset| u32_at(chunk, offset).ok_or_else(|| wrong(offset, "a string pool header"));
        let header = u16_at(chunk, 2).map(usize::from).filter(|header| *header >= HEADER && *header <= size);
        let header = header.ok_or_else(|| wrong(2, "a string pool header of at least 28 bytes"))?;
        let count = index(field(8)?);
        let styles = index(field(12)?);
        let utf8 = field(16)? & UTF8_FLAG != 0;
        let start = index(field(20)?);
        let style_start = index(field(24)?);
        if count == 0 {
            return Ok(Self { offsets: &[], strings: &[], utf8 });
        }
        let offsets = count.checked_mul(4).and_then(|length| slice(chunk, header, length));
        let offsets = offsets.ok_or_else(|| wrong(8, "as many string offsets as the pool states"))?;
        let end = if styles == 0 { size } else { style_start };
        if styles > 0 {
            check_styles(chunk, header, count, styles, style_start)
                .map_err(|expected| wrong(24, expected))?;
        }
        let strings = chunk.get(start..end).ok_or_else(|| wrong(20, "strings inside the string pool"))?;
        let strings = if utf8 || strings.len().is_multiple_of(2) {
            strings
        } else {
            strings.split_last().map_or(strings, |(_, even)| even)
        };
        let terminated = if utf8 { strings.ends_with(&[0]) } else { strings.ends_with(&[0, 0]) };
        if !terminated {
            return Err(wrong(end, "a terminated last string"));
        }
        Ok(Self { offsets, strings, utf8 })
    }

    /// Returns the string at `index`, or `None` when there is none or it is damaged.
    pub fn get(&self, index: u32) -> Option<Cow<'a, str>> {
        decode(self.tail(index)?, self.utf8)
    }

    /// Returns the string at `index` when it is short ASCII text, narrowed into `buffer` where it must be.
    ///
    /// Element names are found this way: without allocating, and without looking through a long string.
    pub fn short<'b>(&self, index: u32, buffer: &'b mut [u8; 32]) -> Option<&'b str>
    where
        'a: 'b,
    {
        let tail = self.tail(index)?;
        if self.utf8 {
            let (units, at) = length8(tail, 0)?;
            let (length, at) = length8(tail, at)?;
            (units == length && length < buffer.len()).then_some(())?;
            let text = slice(tail, at, length).filter(|text| text.is_ascii())?;
            (u8_at(tail, at.checked_add(length)?)? == 0).then_some(())?;
            return std::str::from_utf8(text).ok();
        }
        let units = utf16_text(tail)?;
        let length = units.len().checked_div(2)?;
        let narrow = buffer.get_mut(..length)?;
        for (unit, narrow) in units.chunks_exact(2).zip(narrow.iter_mut()) {
            match unit {
                [low, 0] if low.is_ascii() => *narrow = *low,
                _ => return None,
            }
        }
        std::str::from_utf8(narrow).ok()
    }

    /// Returns whether the string at `index` is `text`, which must be short and ASCII.
    pub fn is(&self, index: u32, text: &str) -> bool {
        let Some(tail) = self.tail(index) else { return false };
        if self.utf8 {
            let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
            let rest =
                tail.strip_prefix(&[length, length]).and_then(|rest| rest.strip_prefix(text.as_bytes()));
            return rest.is_some_and(|rest| rest.starts_with(&[0]));
        }
        utf16_text(tail).is_some_and(|units| {
            units.len() == text.len().saturating_mul(2)
                && units.chunks_exact(2).zip(text.bytes()).all(|(unit, byte)| unit == [byte, 0])
        })
    }

    /// Returns how many bytes all strings take together.
    pub const fn size(&self) -> usize {
        self.strings.len()
    }

    /// Returns the bytes from the start of the string at `index` to the end of the strings.
    fn tail(&self, string: u32) -> Option<&'a [u8]> {
        let offset = u32_at(self.offsets, index(string).checked_mul(4)?)?;
        let unit = if self.utf8 { 1 } else { 2 };
        let offset = index(offset).checked_div(unit)?.checked_mul(unit)?;
        self.strings.get(offset..)
    }
}

/// Decodes the string that begins at the start of `bytes`, its length first; `None` when it does not end within them or
/// is damaged.
pub(super) fn decode(bytes: &[u8], utf8: bool) -> Option<Cow<'_, str>> {
    if utf8 { utf8_text(bytes).map(String::from_utf8_lossy) } else { utf16_text(bytes).map(decode_utf16) }
}

/// Cuts out a UTF-8 string. Two lengths precede it, in UTF-16 units and in bytes; Android refuses a string whose first
/// length is wrong.
fn utf8_text(bytes: &[u8]) -> Option<&[u8]> {
    let (units, at) = length8(bytes, 0)?;
    let (length, at) = length8(bytes, at)?;
    let text = slice(bytes, at, terminated_length(bytes.get(at..)?, length)?)?;
    (utf16_length(text) & 0x7fff == units).then_some(text)
}

/// Cuts out a UTF-16 string, its length in units first.
fn utf16_text(bytes: &[u8]) -> Option<&[u8]> {
    let (length, at) = length16(bytes)?;
    let end = length.checked_mul(2)?.checked_add(at)?;
    (u16_at(bytes, end)? == 0).then(|| bytes.get(at..end)).flatten()
}

/// Checks the style spans that may follow the strings. They are never used, but Android refuses a pool in which they
/// are wrong.
fn check_styles(
    chunk: &[u8],
    header: usize,
    count: usize,
    styles: usize,
    start: usize,
) -> Result<(), &'static str> {
    let end_of_offsets = count.checked_mul(4).and_then(|size| size.checked_add(header));
    let inside = end_of_offsets.is_some_and(|end| end <= chunk.len()) && styles > 0;
    let spans = chunk.get(start..).filter(|spans| inside && spans.len() >= 12);
    let spans = spans.ok_or("styles inside the string pool")?;
    let whole = spans.len().checked_div(4).and_then(|words| words.checked_mul(4)).unwrap_or(0);
    let ended = spans.get(..whole).is_some_and(|spans| spans.ends_with(&[0xff; 12]));
    if ended { Ok(()) } else { Err("styles that end with three times 0xFFFFFFFF") }
}

/// Reads a length of one or two bytes; returns it and the offset behind it.
fn length8(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = usize::from(u8_at(bytes, at)?);
    let next = at.checked_add(1)?;
    if first & 0x80 == 0 {
        return Some((first, next));
    }
    let second = usize::from(u8_at(bytes, next)?);
    Some(((first & 0x7f) << 8 | second, next.checked_add(1)?))
}

/// Reads a length of one or two UTF-16 units; returns it and the offset behind it.
fn length16(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(u16_at(bytes, 0)?);
    if first & 0x8000 == 0 {
        return Some((first, 2));
    }
    Some(((first & 0x7fff) << 16 | usize::from(u16_at(bytes, 2)?), 4))
}

/// Finds the length at which a UTF-8 string really ends. The first tools wrote lengths above 0x7fff cut to 15 bits, so
/// Android tries every length with these low bits until it meets the terminator (`stringDecodeAt`).
fn terminated_length(bytes: &[u8], stated: usize) -> Option<usize> {
    let mut length = stated;
    while length < bytes.len() {
        if u8_at(bytes, length)? == 0 {
            return Some(length);
        }
        length = length.checked_add(0x8000)?;
    }
    None
}

/// Counts the UTF-16 units that UTF-8 text has, by lead bytes alone, as Android does.
fn utf16_length(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let units = text.iter().map(|byte| match byte {
        0x80..=0xbf => 0,
        0xf0..=0xff => 2,
        _ => 1_usize,
    });
    units.sum()
}

/// Decodes UTF-16 text; an unpaired surrogate becomes U+FFFD. Nearly every string is ASCII and is only narrowed.
fn decode_utf16(units: &[u8]) -> Cow<'_, str> {
    let units = units.chunks_exact(2).map(|unit| match unit {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    let all = units.clone().fold(0, |all, unit| all | unit);
    if all < 0x80 {
        let narrow: Vec<u8> = units.map(u16::to_le_bytes).map(|[low, _]| low).collect();
        return Cow::Owned(String::from_utf8(narrow).unwrap_or_default());
    }
    Cow::Owned(
        char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
    )
}
