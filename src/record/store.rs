//! Where events are kept: segments of chained lines in a folder, the oldest dropped when there are too many.
//!
//! One chain runs through all segments. That a segment is dropped is noted in the chain first, with the digest it ended on,
//! so that dropping is not taken for tampering. `head.json` remembers where the chain stands, so that events cut off at the
//! end are missed; it is replaced after each append and may lag behind the chain when the phone loses power, never run ahead.
//! What finds the chain damaged goes on in a new segment: the damage stays to be seen, and nothing more is lost.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::chain::{self, Tail};
use crate::enforce::journal::store::{FileStore, Store as _, sync_folder};
use crate::json;
use crate::record::event::Event;
use crate::record::moment::Moment;

/// The schema version of `head.json`.
const SCHEMA_VERSION: u32 = 1;

/// How much is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bounds {
    /// How many segments at most; at least 2.
    pub segments: usize,
    /// How large a segment grows, in bytes; at least 4 KiB.
    pub bytes: u64,
}

impl Default for Bounds {
    /// 64 MiB: about 200,000 events.
    fn default() -> Self {
        Self { segments: 64, bytes: 1 << 20 }
    }
}

/// One line of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub(super) enum Line {
    /// Something happened.
    Event {
        /// What.
        event: Box<Event>,
    },
    /// A segment is about to be dropped.
    Dropped {
        /// Where the chain stood at its end.
        tail: Tail,
        /// How many events it held, with those of all segments dropped before it.
        total: u64,
        /// When the last of them happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
    },
}

/// Where the chain stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Head {
    schema_version: u32,
    pub(super) tail: Tail,
}

/// A folder of segments.
#[derive(Debug)]
pub struct Record {
    folder: PathBuf,
    bounds: Bounds,
    /// Numbers of the segments, oldest first.
    segments: Vec<u64>,
    /// The segment that grows.
    open: Option<(FileStore, u64)>,
    tail: Tail,
}

impl Record {
    /// Opens a folder, or makes it, to add events.
    ///
    /// # Errors
    /// When the folder or its last segment cannot be worked with.
    pub fn open(folder: &Path, bounds: Bounds) -> io::Result<Self> {
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            sync_folder(folder)?;
        }
        let bounds = Bounds { segments: bounds.segments.max(2), bytes: bounds.bytes.max(4096) };
        let segments = segments(folder)?;
        let mut record =
            Self { folder: folder.to_owned(), bounds, segments, open: None, tail: Tail::default() };
        record.take_up(head(folder))?;
        Ok(record)
    }

    /// Finds where the chain goes on.
    fn take_up(&mut self, head: Option<Tail>) -> io::Result<()> {
        let Some(last) = self.segments.last().copied() else {
            self.tail = head.unwrap_or_default();
            return Ok(());
        };
        let mut store = FileStore::open(&path(&self.folder, last))?;
        let bytes = store.read()?;
        // A segment whose first line was not finished follows the one before it.
        let (begin, mut whole) = match begin(&bytes) {
            Some(begin) => (begin, true),
            None => self.end_before(last)?,
        };
        let chain = chain::read(&bytes, begin);
        whole &= chain.broken.is_none();
        self.tail = chain.tail;
        // Nothing is added to what was changed, and nothing in place of what was cut off.
        let ahead = head.filter(|head| head.next > self.tail.next || (!whole && head.next == self.tail.next));
        if let Some(head) = ahead {
            self.tail = head;
        } else if whole {
            if !chain.torn.is_empty() {
                store.cut(chain.whole as u64)?;
            }
            self.open = Some((store, chain.whole as u64));
        }
        Ok(())
    }

    /// Where the chain stands at the end of the segments before one, and whether it holds up to there.
    fn end_before(&self, number: u64) -> io::Result<(Tail, bool)> {
        for before in self.segments.iter().rev().filter(|before| **before < number) {
            let bytes = fs::read(path(&self.folder, *before))?;
            if let Some(begin) = begin(&bytes) {
                let chain = chain::read(&bytes, begin);
                return Ok((chain.tail, chain.broken.is_none()));
            }
        }
        Ok((Tail::default(), true))
    }

    /// Adds events; when it returns they are durable. One `fsync` for all that fit into a segment.
    ///
    /// # Errors
    /// When they could not be written; some of them may then stand.
    pub fn append(&mut self, events: &[Event]) -> io::Result<()> {
        let lines = events.iter().map(|event| Line::Event { event: Box::new(event.clone().bounded()) });
        self.add(&lines.collect::<Vec<_>>())?;
        while self.segments.len() > self.bounds.segments {
            self.drop_oldest()?;
        }
        self.remember()
    }

    fn add(&mut self, lines: &[Line]) -> io::Result<()> {
        let mut batch = String::new();
        let mut tail = self.tail.clone();
        for line in lines {
            let mut next = tail.clone();
            let text = next.line(line).map_err(io::Error::other)?;
            let size = self.open.as_ref().map_or(0, |(_, size)| *size);
            let full = size + (batch.len() + text.len()) as u64 > self.bounds.bytes;
            if self.open.is_none() || (full && size + batch.len() as u64 > 0) {
                self.flush(&mut batch, &tail)?;
                self.begin_segment()?;
            }
            batch.push_str(&text);
            tail = next;
        }
        self.flush(&mut batch, &tail)
    }

    fn flush(&mut self, batch: &mut String, tail: &Tail) -> io::Result<()> {
        if let Some((store, size)) = self.open.as_mut().filter(|_| !batch.is_empty()) {
            store.append(batch.as_bytes())?;
            *size += batch.len() as u64;
            self.tail = tail.clone();
            batch.clear();
        }
        Ok(())
    }

    fn begin_segment(&mut self) -> io::Result<()> {
        let number = self.segments.last().map_or(1, |last| last + 1);
        // The old one is closed first: a file is held by one at a time.
        self.open = None;
        self.open = Some((FileStore::open(&path(&self.folder, number))?, 0));
        self.segments.push(number);
        Ok(())
    }

    /// Notes in the chain that the oldest segment goes, then drops it.
    fn drop_oldest(&mut self) -> io::Result<()> {
        let Some(oldest) = self.segments.first().copied() else { return Ok(()) };
        let file = path(&self.folder, oldest);
        let bytes = fs::read(&file)?;
        let chain = chain::read(&bytes, begin(&bytes).unwrap_or_default());
        // A damaged segment is not dropped as if it had been whole: its end is what the next one follows.
        let after = self.segments.get(1).and_then(|next| fs::read(path(&self.folder, *next)).ok());
        let tail = after.as_deref().and_then(begin).unwrap_or(chain.tail);
        let events: Vec<Moment> = chain
            .links
            .iter()
            .filter_map(|link| match json::of_text(link.entry) {
                Ok(Line::Event { event }) => Some(event.when),
                _ => None,
            })
            .collect();
        // One that was noted and is still there after a loss of power is not noted again.
        let before = self.dropped()?;
        if before.as_ref().is_none_or(|(noted, _)| *noted != tail) {
            let total = before.map_or(0, |(_, total)| total) + events.len() as u64;
            self.add(&[Line::Dropped { tail, total, until: events.last().copied() }])?;
        }
        fs::remove_file(&file)?;
        self.segments.remove(0);
        sync_folder(&file)
    }

    /// What the last note of a dropped segment says: where that ended, and how many events were dropped so far.
    fn dropped(&self) -> io::Result<Option<(Tail, u64)>> {
        for number in self.segments.iter().rev() {
            let bytes = fs::read(path(&self.folder, *number))?;
            let mut entries = bytes.split(|byte| *byte == b'\n').rev().filter_map(chain::unchecked);
            let last = entries.find_map(|(_, entry)| match json::of_text(entry) {
                Ok(Line::Dropped { tail, total, .. }) => Some((tail, total)),
                _ => None,
            });
            if last.is_some() {
                return Ok(last);
            }
        }
        Ok(None)
    }

    /// Replaces `head.json`. It is not made durable: after a loss of power an older one does no harm.
    fn remember(&self) -> io::Result<()> {
        let head = Head { schema_version: SCHEMA_VERSION, tail: self.tail.clone() };
        let new = self.folder.join("head.json.new");
        fs::write(&new, serde_json::to_vec(&head).map_err(io::Error::other)?)?;
        fs::rename(new, self.folder.join("head.json"))
    }
}

/// Returns where the chain stood when it was last remembered; `None` when that is not known.
pub(super) fn head(folder: &Path) -> Option<Tail> {
    let bytes = fs::read(folder.join("head.json")).ok()?;
    serde_json::from_slice::<Head>(&bytes).ok().map(|head| head.tail)
}

/// Returns the place where a segment says that it begins.
pub(super) fn begin(bytes: &[u8]) -> Option<Tail> {
    #[derive(Deserialize)]
    struct First {
        seq: u64,
        after: crate::package::Sha256Digest,
    }
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let first: First = serde_json::from_slice(line).ok()?;
    Some(Tail { next: first.seq, digest: first.after })
}

pub(super) fn path(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("segment-{number:08}.ndjson"))
}

/// Returns the numbers of the segments in a folder, oldest first.
pub(super) fn segments(folder: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_prefix("segment-")?.strip_suffix(".ndjson")?.parse::<u64>().ok());
        numbers.extend(number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}
