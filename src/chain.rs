//! Lines of JSON chained by their digests, so that a line that was changed, dropped or moved is found, and where.
//!
//! A line is `{"seq":N,"after":"…","entry":{…},"digest":"…"}`: its number, the digest of the line before it, what it says,
//! and the SHA-256 of all of that, byte for byte as written. Takes and gives bytes; touches no file.
//!
//! The chain has no key: it shows damage and careless edits, and binds a reader to the last digest it knows. Somebody who
//! may write the whole file can also write the whole chain anew.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::json;
use crate::language::{Language, Localized, Text};
use crate::package::Sha256Digest;

/// What stands between a line's content and its digest.
const DIGEST: &str = ",\"digest\":\"";

/// The longest line that is read, in bytes. An order of a thousand steps takes a tenth of it.
pub const LONGEST_LINE: usize = 4 << 20;

/// Where a chain stands: the number of the next line and the digest of the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tail {
    /// The number of the next line.
    pub next: u64,
    /// The digest of the last line; 64 zeros before the first.
    pub digest: Sha256Digest,
}

impl Default for Tail {
    fn default() -> Self {
        Self { next: 0, digest: Sha256Digest("0".repeat(64)) }
    }
}

/// A line as it is written, all but its digest.
#[derive(Serialize)]
struct Body<'a, T> {
    seq: u64,
    after: &'a str,
    entry: &'a T,
}

/// A line as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    seq: u64,
    after: &'a str,
    #[serde(borrow)]
    entry: &'a RawValue,
    digest: &'a str,
}

/// One line of a chain that holds.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// Its number.
    pub seq: u64,
    /// What it says, as JSON.
    pub entry: &'a str,
}

/// A chain as far as it holds.
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    /// The lines that hold.
    pub links: Vec<Link<'a>>,
    /// Where the chain stands after them.
    pub tail: Tail,
    /// How many bytes they take.
    pub whole: usize,
    /// What follows the last line break: a line whose writing was cut short.
    pub torn: &'a [u8],
    /// Where and how the chain breaks.
    pub broken: Option<Broken>,
}

/// A place where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Broken {
    /// The line of the file, from 1.
    pub line: u64,
    /// The number the line should have.
    pub expected: u64,
    /// What is wrong with it.
    pub how: Break,
}

/// How a chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// The line is no line of a chain.
    NotALine,
    /// The line does not say what its digest covers.
    Changed,
    /// Lines before it are missing.
    Dropped,
    /// It is out of its place.
    Moved,
    /// It does not follow the line before it.
    OtherChain,
}

impl Break {
    /// Returns the words for people.
    pub const fn text(self) -> Text {
        match self {
            Self::NotALine => Text::new("it is no entry", "该行不是有效条目"),
            Self::Changed => Text::new("it was changed after it was written", "该条目写入后被改动"),
            Self::Dropped => Text::new("entries before it are missing", "其前面的条目缺失"),
            Self::Moved => Text::new("it is out of its place", "该条目不在原来的位置"),
            Self::OtherChain => Text::new("it does not follow the entry before it", "该条目与前一条目不相接"),
        }
    }
}

impl Localized for Broken {
    fn localized(&self, language: Language) -> String {
        Text::new("line {line}: {how}", "第 {line} 行：{how}")
            .fill(language, &[("line", &self.line), ("how", &self.how.text().get(language))])
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localized(Language::English))
    }
}

impl Tail {
    /// Returns the next line, with its line break, and moves on.
    ///
    /// # Errors
    /// When the entry cannot be written as JSON.
    pub fn line<T: Serialize>(&mut self, entry: &T) -> serde_json::Result<String> {
        let body = Body { seq: self.next, after: &self.digest.0, entry };
        let mut line = serde_json::to_string(&body)?;
        // The brace that ends the body ends the line, after the digest.
        line.pop();
        let digest = Sha256Digest::of(line.as_bytes());
        line.extend([DIGEST, &digest.0, "\"}\n"]);
        self.next += 1;
        self.digest = digest;
        Ok(line)
    }
}

/// Reads a chain that goes on after `tail`, up to its end or its first break.
pub fn read(bytes: &[u8], mut tail: Tail) -> Chain<'_> {
    let mut links = Vec::new();
    let mut whole = 0;
    let mut number = 0;
    let mut rest = bytes;
    let mut broken = None;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (line, after) = rest.split_at(end);
        number += 1;
        match link(line, &tail) {
            Ok((read, next)) => {
                links.push(read);
                tail = next;
            }
            Err(how) => {
                broken = Some(Broken { line: number, expected: tail.next, how });
                break;
            }
        }
        rest = after.get(1..).unwrap_or_default();
        whole += end + 1;
    }
    let torn = if broken.is_none() { rest } else { &[] };
    Chain { links, tail, whole, torn, broken }
}

/// Reads a line without checking anything: its number and what it says. For lists, where every line is shown for itself.
pub fn unchecked(line: &[u8]) -> Option<(u64, &str)> {
    let read: Line<'_> = serde_json::from_slice(line).ok()?;
    Some((read.seq, read.entry.get()))
}

/// Reads one line, without its line break.
fn link<'a>(line: &'a [u8], tail: &Tail) -> Result<(Link<'a>, Tail), Break> {
    if line.len() > LONGEST_LINE {
        return Err(Break::NotALine);
    }
    let text = std::str::from_utf8(line).map_err(|_| Break::NotALine)?;
    let read: Line<'a> = json::of_text(text).map_err(|_| Break::NotALine)?;
    let (body, _) = text.rsplit_once(DIGEST).ok_or(Break::NotALine)?;
    let digest = Sha256Digest::from_hash(&Sha256::digest(body.as_bytes()));
    if digest.0 != read.digest || text.len() != body.len() + DIGEST.len() + 64 + 2 {
        return Err(Break::Changed);
    }
    match read.seq.cmp(&tail.next) {
        std::cmp::Ordering::Less => Err(Break::Moved),
        std::cmp::Ordering::Greater => Err(Break::Dropped),
        std::cmp::Ordering::Equal if read.after != tail.digest.0 => Err(Break::OtherChain),
        std::cmp::Ordering::Equal => {
            Ok((Link { seq: read.seq, entry: read.entry.get() }, Tail { next: read.seq + 1, digest }))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chain(entries: &[&str]) -> Vec<String> {
        let mut tail = Tail::default();
        entries.iter().map(|entry| tail.line(entry).unwrap()).collect()
    }

    fn joined(lines: &[String]) -> Vec<u8> {
        lines.concat().into_bytes()
    }

    #[test]
    fn what_is_written_is_read() {
        let lines = chain(&["a", "\",\"digest\":\"x\"}", "电话\n"]);
        let bytes = joined(&lines);
        let read = read(&bytes, Tail::default());
        assert_eq!((read.links.len(), read.whole, read.torn, read.broken), (3, bytes.len(), &b""[..], None));
        assert_eq!(serde_json::from_str::<String>(read.links[2].entry).unwrap(), "电话\n");
        assert_eq!(read.tail.next, 3);
    }

    #[test]
    fn a_cut_at_any_byte_is_told_from_a_break() {
        let lines = chain(&["a", "b", "c"]);
        let bytes = joined(&lines);
        for cut in 0..bytes.len() {
            let read = read(&bytes[..cut], Tail::default());
            assert_eq!(read.broken, None, "{cut}");
            assert_eq!(read.whole + read.torn.len(), cut);
            let whole: usize = lines.iter().take(read.links.len()).map(String::len).sum();
            assert_eq!(read.whole, whole);
        }
    }

    #[test]
    fn a_change_of_any_byte_is_found_in_its_line() {
        let lines = chain(&["a", "b", "c"]);
        let bytes = joined(&lines);
        for at in 0..bytes.len() {
            for other in [b'x', b'0', b'\n', 0, bytes[at] ^ 1] {
                if bytes[at] == other {
                    continue;
                }
                let mut changed = bytes.clone();
                changed[at] = other;
                let read = read(&changed, Tail::default());
                let line = bytes[..at].split(|byte| *byte == b'\n').count() - 1;
                // The last line without its break is a line whose writing was cut short.
                let torn = at == bytes.len() - 1;
                assert_eq!(read.links.len(), line, "{at} {other}");
                assert_eq!(read.broken.is_some(), !torn, "{at} {other}");
                assert_eq!(
                    read.broken.map_or(line + 1, |broken| usize::try_from(broken.line).unwrap()),
                    line + 1
                );
            }
        }
    }

    #[test]
    fn dropped_and_moved_lines_are_told_apart() {
        let lines = chain(&["a", "b", "c", "d"]);
        let how = |order: &[usize]| {
            let bytes = joined(&order.iter().map(|at| lines[*at].clone()).collect::<Vec<_>>());
            read(&bytes, Tail::default()).broken.map(|broken| (broken.line, broken.how))
        };
        assert_eq!(how(&[0, 2, 3]), Some((2, Break::Dropped)));
        assert_eq!(how(&[0, 1, 1]), Some((3, Break::Moved)));
        assert_eq!(how(&[1, 2]), Some((1, Break::Dropped)));
        assert_eq!(how(&[0, 1, 2]), None);
        let other = chain(&["a", "x", "y"]);
        let bytes = [joined(&lines[..2]), joined(&other[2..])].concat();
        let found = read(&bytes, Tail::default()).broken.unwrap();
        assert_eq!((found.line, found.how), (3, Break::OtherChain));
        assert_eq!(found.localized(Language::Chinese), "第 3 行：该条目与前一条目不相接");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let chain = read(&bytes, Tail::default());
            prop_assert!(chain.links.is_empty());
        }
    }
}
