//! Events by package, kind and time, the latest first, page by page.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chain;
use crate::json;
use crate::package::PackageName;
use crate::record::event::{Event, EventKind};
use crate::record::moment::Moment;
use crate::record::store::{Line, path, segments};

/// The most events of one page.
pub const LONGEST_PAGE: usize = 5000;

/// Which events are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Filter {
    /// Not before this moment.
    pub since: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// Of this package.
    pub package: Option<PackageName>,
    /// Of this user of the phone.
    pub user: Option<u32>,
    /// Of this kind.
    pub kind: Option<EventKind>,
    /// About this app-op, permission or switch.
    pub what: Option<String>,
}

impl Filter {
    fn asks_for(&self, event: &Event) -> bool {
        self.since.is_none_or(|since| event.until.unwrap_or(event.when) >= since)
            && self.until.is_none_or(|until| event.when < until)
            && self.package.as_ref().is_none_or(|package| event.package == *package)
            && self.user.is_none_or(|user| event.user == user)
            && self.kind.is_none_or(|kind| event.kind == kind)
            && self.what.as_ref().is_none_or(|what| event.what == *what)
    }
}

/// One page of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Page {
    /// The version of its shape.
    pub schema_version: u32,
    /// The events, the latest first.
    pub events: Vec<Listed>,
    /// What to ask for next; `null`: these were the last.
    pub next: Option<u64>,
    /// Lines that could not be read; `verify` says where.
    pub unreadable: u64,
}

/// An event with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Listed {
    /// Its number in the record.
    pub seq: u64,
    /// The event.
    #[serde(flatten)]
    pub event: Event,
}

/// Lists events that were recorded before the one of number `after`, the latest first.
///
/// # Errors
/// When a file cannot be read.
pub fn list(folder: &Path, filter: &Filter, after: Option<u64>, limit: usize) -> io::Result<Page> {
    let limit = limit.clamp(1, LONGEST_PAGE);
    let mut page = Page { schema_version: 1, events: Vec::new(), next: None, unreadable: 0 };
    let unreadable = walk(folder, after, |listed| {
        if !filter.asks_for(&listed.event) {
            return true;
        }
        if page.events.len() == limit {
            page.next = page.events.last().map(|last| last.seq);
            return false;
        }
        page.events.push(listed);
        true
    })?;
    page.unreadable = unreadable;
    Ok(page)
}

/// Gives all events that are asked for, the earliest first.
///
/// # Errors
/// When a file cannot be read.
pub fn all(folder: &Path, filter: &Filter) -> io::Result<Vec<Listed>> {
    let mut events = Vec::new();
    walk(folder, None, |listed| {
        if filter.asks_for(&listed.event) {
            events.push(listed);
        }
        true
    })?;
    events.reverse();
    Ok(events)
}

/// Goes through the events, the latest first, until `each` has enough; returns how many lines could not be read.
pub(super) fn walk(
    folder: &Path,
    after: Option<u64>,
    mut each: impl FnMut(Listed) -> bool,
) -> io::Result<u64> {
    let numbers = if folder.is_dir() { segments(folder)? } else { Vec::new() };
    let mut unreadable = 0;
    for number in numbers.into_iter().rev() {
        let bytes = match fs::read(path(folder, number)) {
            Ok(bytes) => bytes,
            // Dropped by the writer since the folder was listed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        // What follows the last line break is nothing, or being written.
        lines.pop();
        for line in lines.into_iter().rev() {
            let Some((seq, entry)) = chain::unchecked(line) else {
                unreadable += 1;
                continue;
            };
            if after.is_some_and(|after| seq >= after) {
                continue;
            }
            match json::of_text(entry) {
                Ok(Line::Event { event }) => {
                    if !each(Listed { seq, event: *event }) {
                        return Ok(unreadable);
                    }
                }
                Ok(Line::Dropped { .. }) => {}
                Err(_) => unreadable += 1,
            }
        }
    }
    Ok(unreadable)
}
