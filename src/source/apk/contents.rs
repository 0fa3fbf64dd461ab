//! Where the bytes of a resource table come from.
//!
//! Takes an entry of an archive, gives its bytes at any offset: read by position where they are stored as they are,
//! inflated as a whole else.

use std::borrow::Cow;
use std::cell::RefCell;

use rawzip::ReaderAt;

/// Bytes that can be read at any offset.
pub trait Bytes {
    /// Returns `length` bytes at `at`; fewer only where the bytes end, none when they cannot be read.
    fn at(&self, at: u64, length: usize) -> Cow<'_, [u8]>;

    /// Returns how many bytes there are.
    fn length(&self) -> u64;
}

impl Bytes for &[u8] {
    fn at(&self, at: u64, length: usize) -> Cow<'_, [u8]> {
        let rest = usize::try_from(at).ok().and_then(|at| self.get(at..)).unwrap_or_default();
        Cow::Borrowed(rest.get(..length).unwrap_or(rest))
    }

    fn length(&self) -> u64 {
        u64::try_from(self.len()).unwrap_or(u64::MAX)
    }
}

/// The bytes of an entry that is stored as it is, read by position with a small window.
#[derive(Debug)]
pub struct Stored<'a, R> {
    source: &'a R,
    start: u64,
    length: u64,
    window: RefCell<(u64, Vec<u8>)>,
}

impl<'a, R: ReaderAt> Stored<'a, R> {
    /// Reads ahead this much, so that neighbouring chunks cost one read.
    const WINDOW: usize = 4096;

    /// Takes the `length` bytes at `start` of `source`.
    pub const fn new(source: &'a R, start: u64, length: u64) -> Self {
        Self { source, start, length, window: RefCell::new((0, Vec::new())) }
    }

    /// Copies from the window; `None` when it does not hold all of them.
    fn held(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        let window = self.window.borrow();
        let from = usize::try_from(at.checked_sub(window.0)?).ok()?;
        window.1.get(from..from.checked_add(length)?).map(<[u8]>::to_vec)
    }
}

impl<R: ReaderAt> Bytes for Stored<'_, R> {
    fn at(&self, at: u64, length: usize) -> Cow<'_, [u8]> {
        let rest = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let length = length.min(rest);
        if let Some(held) = self.held(at, length) {
            return Cow::Owned(held);
        }
        let mut read = vec![0; length.max(Self::WINDOW).min(rest)];
        if self.source.read_exact_at(&mut read, self.start.saturating_add(at)).is_err() {
            return Cow::Owned(Vec::new());
        }
        let wanted = read.get(..length).unwrap_or_default().to_vec();
        *self.window.borrow_mut() = (at, read);
        Cow::Owned(wanted)
    }

    fn length(&self) -> u64 {
        self.length
    }
}

/// The bytes of the table: read by position where they are stored as they are, inflated as a whole else.
#[derive(Debug)]
pub(super) enum Contents<'a, R> {
    Stored(Stored<'a, R>),
    Inflated(Vec<u8>),
}

impl<R: ReaderAt> Bytes for Contents<'_, R> {
    fn at(&self, at: u64, length: usize) -> Cow<'_, [u8]> {
        match self {
            Self::Stored(stored) => stored.at(at, length),
            Self::Inflated(data) => {
                let rest = usize::try_from(at).ok().and_then(|at| data.get(at..)).unwrap_or_default();
                Cow::Borrowed(rest.get(..length).unwrap_or(rest))
            }
        }
    }

    fn length(&self) -> u64 {
        match self {
            Self::Stored(stored) => stored.length(),
            Self::Inflated(data) => u64::try_from(data.len()).unwrap_or(u64::MAX),
        }
    }
}
