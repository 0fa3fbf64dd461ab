//! The journal: what was about to be done, durable before it was, and what became of it.
//!
//! NDJSON, each line chained to the one before ([`crate::chain`]). An entry whose writing was cut short is recognised and
//! taken off: the change it announced was not made. A journal that was changed after it was written is refused, with the
//! place; nothing is undone from it.

pub mod entry;
mod history;
pub mod store;

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chain::{self, Broken, Tail};
use crate::failure::{Failure, FailureCode};
use crate::json;
use crate::language::{Language, Localized, Text};
use crate::profile::Bilingual;

pub use entry::{Begin, CameOut, Change, End, Entry, Torn, Undone};
pub use history::{Changed, History, Run};
pub use store::{FileStore, MemoryStore, Store};

/// A journal that is written.
#[derive(Debug)]
pub struct Journal<S> {
    store: S,
    tail: Tail,
    history: History,
    /// What has to come off before the next entry: where the whole entries end, and what follows them.
    torn: Option<(u64, Torn)>,
    /// An entry could not be written, so that what stands at the end is not known.
    spoilt: bool,
}

/// Reads a journal's bytes.
///
/// # Errors
/// [`FailureCode::Tampered`] when its chain breaks; [`FailureCode::NewerVersion`] when an entry that holds is not
/// understood.
pub fn read(bytes: &[u8]) -> Result<History, Failure> {
    read_chain(bytes).map(|(history, _, _)| history)
}

fn read_chain(bytes: &[u8]) -> Result<(History, Tail, usize), Failure> {
    let read = ReadChain::new(bytes);
    match read.damage {
        Some((_, failure)) => Err(failure),
        None => Ok((read.history, read.tail, read.whole)),
    }
}

/// A place from which a journal cannot be read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Damage {
    /// The place, where the chain breaks; `null` when an entry was written by a newer version.
    pub place: Option<Broken>,
    /// The same for people.
    pub text: Bilingual,
}

/// Reads a journal as far as it can be read, and says where that ends.
pub fn inspect(bytes: &[u8]) -> (History, Option<Damage>) {
    let read = ReadChain::new(bytes);
    let damage = read
        .damage
        .map(|(place, failure)| Damage { place, text: Bilingual { en: failure.en, zh: failure.zh } });
    (read.history, damage)
}

/// A journal as far as it can be read.
struct ReadChain {
    history: History,
    tail: Tail,
    whole: usize,
    damage: Option<(Option<Broken>, Failure)>,
}

impl ReadChain {
    fn new(bytes: &[u8]) -> Self {
        const NEWER: Text = Text::new(
            "entry {seq} of the journal is not understood; a newer version may have written it: {error}",
            "无法理解日志的第 {seq} 号条目，可能由更新的版本写入：{error}",
        );
        let chain = chain::read(bytes, Tail::default());
        let mut history = History::new(Torn::of(chain.torn));
        let mut damage = chain.broken.map(|broken| {
            let failure = tampered(&broken);
            (Some(broken), failure)
        });
        for link in &chain.links {
            match json::of_text::<Entry>(link.entry) {
                Ok(entry) => history.push(link.seq, entry),
                Err(error) => {
                    let values: [(&str, &dyn std::fmt::Display); 2] = [("seq", &link.seq), ("error", &error)];
                    damage = Some((None, Failure::new(FailureCode::NewerVersion, NEWER, &values)));
                    break;
                }
            }
        }
        Self { history, tail: chain.tail, whole: chain.whole, damage }
    }
}

fn tampered(broken: &Broken) -> Failure {
    const TAMPERED: Text =
        Text::new("the journal was changed after it was written, {place}", "日志在写入后被改动，{place}");
    Failure {
        code: FailureCode::Tampered,
        en: TAMPERED.fill(Language::English, &[("place", &broken.localized(Language::English))]),
        zh: TAMPERED.fill(Language::Chinese, &[("place", &broken.localized(Language::Chinese))]),
    }
}

/// Says that a file could not be worked with.
pub(crate) fn unusable(path: &Path, error: &io::Error) -> Failure {
    const FAILED: Text = Text::new("failed to work with {path}: {error}", "无法使用 {path}：{error}");
    const IN_USE: Text = Text::new("another run works with {path}", "另一次运行正在使用 {path}");
    let path = crate::escape::shown(&path.to_string_lossy());
    if error.kind() == io::ErrorKind::ResourceBusy {
        return Failure::new(FailureCode::InUse, IN_USE, &[("path", &path)]);
    }
    Failure::new(FailureCode::Failed, FAILED, &[("path", &path), ("error", error)])
}

impl Journal<FileStore> {
    /// Opens the journal at a path, or makes it.
    ///
    /// # Errors
    /// When the file cannot be worked with, was tampered with, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let store = FileStore::open(path).map_err(|error| unusable(path, &error))?;
        Self::new(store).map_err(|error| match error {
            OpenError::Io(error) => unusable(path, &error),
            OpenError::Failure(failure) => failure,
        })
    }
}

/// Why a journal cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// Its bytes cannot be read.
    Io(io::Error),
    /// They are no journal that holds.
    Failure(Failure),
}

impl<S: Store> Journal<S> {
    /// Opens the journal in a store. Nothing is written before the first entry.
    ///
    /// # Errors
    /// When it cannot be read, was tampered with, or is of a newer version.
    pub fn new(mut store: S) -> Result<Self, OpenError> {
        let bytes = store.read().map_err(OpenError::Io)?;
        let (history, tail, whole) = read_chain(&bytes).map_err(OpenError::Failure)?;
        let torn = history.torn.clone().map(|torn| (whole as u64, torn));
        Ok(Self { store, tail, history, torn, spoilt: false })
    }

    /// Returns what the journal says.
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.store
    }

    /// Adds an entry and returns its number; when it returns the entry is durable.
    ///
    /// # Errors
    /// When the entry could not be written. The journal takes no further entry then: what stands at its end is not known.
    pub fn append(&mut self, entry: Entry) -> io::Result<u64> {
        if self.spoilt {
            return Err(io::Error::other("an earlier entry could not be written"));
        }
        let appended = self.try_append(entry);
        self.spoilt = appended.is_err();
        appended
    }

    fn try_append(&mut self, mut entry: Entry) -> io::Result<u64> {
        if let Some((whole, torn)) = self.torn.take() {
            self.store.cut(whole)?;
            if let Entry::Begin(begin) = &mut entry {
                begin.torn = Some(torn);
            }
        }
        let mut tail = self.tail.clone();
        let line = tail.line(&entry).map_err(io::Error::other)?;
        if line.len() > chain::LONGEST_LINE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.store.append(line.as_bytes())?;
        let seq = self.tail.next;
        self.tail = tail;
        self.history.push(seq, entry);
        Ok(seq)
    }
}
