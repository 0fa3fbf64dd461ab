//! Resolves the references of a manifest in the package's own resource table.
//!
//! Takes an archive, gives values of its table; opens the table only when the first reference is met.

use std::cell::OnceCell;

use rawzip::ReaderAt;

use super::archive::{Archive, Entry, RESOURCES_LIMIT};
use super::bytes::{Malformed, Part};
use super::contents::{Contents, Stored};
use super::locale::Locale;
use super::manifest::Resources;
use super::resources::{Resource, Table};
use crate::source::unread::UnreadReason;

/// Opens the resource table of `archive` in which `entry` is.
///
/// # Errors
/// When the entry cannot be read or is no resource table.
pub(super) fn open<'a, R: ReaderAt>(
    archive: &'a Archive<R>,
    entry: &Entry,
) -> Result<Table<Contents<'a, R>>, UnreadReason> {
    let contents = if entry.is_deflated() {
        Contents::Inflated(archive.read(entry, RESOURCES_LIMIT)?)
    } else {
        let (start, length) = archive.place(entry)?;
        Contents::Stored(Stored::new(archive.source(), start, length))
    };
    Ok(Table::new(contents)?)
}

/// The resources of one archive.
#[derive(Debug)]
pub(super) struct Resolver<'a, R> {
    archive: &'a Archive<R>,
    labels: bool,
    table: OnceCell<Result<Option<Table<Contents<'a, R>>>, UnreadReason>>,
}

impl<'a, R: ReaderAt> Resolver<'a, R> {
    /// Resolves in `archive`; labels only when they are wanted.
    pub(super) const fn new(archive: &'a Archive<R>, labels: bool) -> Self {
        Self { archive, labels, table: OnceCell::new() }
    }

    fn table(&self) -> Option<&Table<Contents<'a, R>>> {
        let opened = self
            .table
            .get_or_init(|| self.archive.resources().map(|entry| open(self.archive, &entry)).transpose());
        opened.as_ref().ok()?.as_ref()
    }

    /// Returns what went wrong, if a reference was met and the table is damaged or made lookups too long.
    pub(super) fn into_failure(self) -> Option<UnreadReason> {
        match self.table.into_inner()? {
            Ok(Some(table)) if table.is_exhausted() => {
                let expected = "a table in which a value is found in bounded time";
                Some(Malformed { part: Part::Resources, at: 0, expected }.into())
            }
            Ok(_) => None,
            Err(reason) => Some(reason),
        }
    }
}

impl<R: ReaderAt> Resources for Resolver<'_, R> {
    fn value(&self, id: u32) -> Option<Resource> {
        self.table()?.value(id)
    }

    fn label(&self, id: u32, locale: Locale) -> Option<String> {
        if self.labels { self.table()?.label(id, locale) } else { None }
    }
}
