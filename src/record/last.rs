//! When each package last did each thing, for each user of the phone: one pass over the record.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::package::PackageName;
use crate::record::event::EventKind;
use crate::record::list::{Listed, walk};
use crate::record::moment::Moment;

/// The most events of one answer: three hundred packages that use twenty kinds of data for three users fit.
const MOST: usize = 20_000;

/// The last event of each package, kind, subject and user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LastResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The events, the latest first.
    pub events: Vec<Listed>,
    /// When the earliest event of the asked kind happened that still stands, whoever's it is: nothing is known of the time
    /// before. `null`: there is none.
    pub since: Option<Moment>,
    /// Whether there were more than one answer holds, so that what is not among the events may be recorded all the same.
    pub cut: bool,
    /// Lines that could not be read; `verify` says where.
    pub unreadable: u64,
}

/// Finds the last events of a kind, or of every kind, for a user, or for every user.
///
/// # Errors
/// When a file cannot be read.
pub fn last(folder: &Path, kind: Option<EventKind>, user: Option<u32>) -> io::Result<LastResult> {
    let mut found: HashMap<(PackageName, EventKind, String, u32), Listed> = HashMap::new();
    let (mut since, mut cut) = (None::<Moment>, false);
    let unreadable = walk(folder, None, |listed| {
        let event = &listed.event;
        if kind.is_some_and(|kind| event.kind != kind) {
            return true;
        }
        since = Some(since.map_or(event.when, |since| since.min(event.when)));
        if user.is_some_and(|user| event.user != user) {
            return true;
        }
        let key = (event.package.clone(), event.kind, event.what.clone(), event.user);
        let full = found.len() == MOST;
        match found.get_mut(&key) {
            // What the platform's history tells is recorded after what was watched, and may have happened before it.
            Some(known) if known.event.when < event.when => *known = listed,
            Some(_) => {}
            None if full => cut = true,
            None => {
                found.insert(key, listed);
            }
        }
        true
    })?;
    let mut events: Vec<Listed> = found.into_values().collect();
    events.sort_by_key(|listed| std::cmp::Reverse((listed.event.when, listed.seq)));
    Ok(LastResult { schema_version: 1, events, since, cut, unreadable })
}
