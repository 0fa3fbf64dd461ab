//! Requests about the record of processing, as JSON in: what the bridge and the command line call.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::control::table::permission;
use crate::enforce::RunResult;
use crate::enforce::journal::unusable;
use crate::failure::{self, Failure};
use crate::record::event::{Event, EventKind, of_run};
use crate::record::export;
use crate::record::last::last;
use crate::record::list::{Filter, LONGEST_PAGE, all, list};
use crate::record::moment::Moment;
use crate::record::store::{Bounds, Record};
use crate::record::verify::verify;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
enum Request {
    /// Adds events.
    Append {
        events: Vec<Event>,
        #[serde(default)]
        bounds: Bounds,
    },
    /// Adds what a run of this program changed.
    Note {
        result: Box<RunResult>,
        when: Moment,
        #[serde(default)]
        bounds: Bounds,
    },
    /// Lists events, the latest first.
    List {
        #[serde(default)]
        filter: Filter,
        #[serde(default)]
        after: Option<u64>,
        #[serde(default)]
        limit: Option<usize>,
    },
    /// Tells the last event of each package, kind, subject and user.
    Last {
        #[serde(default)]
        kind: Option<EventKind>,
        #[serde(default)]
        user: Option<u32>,
    },
    /// Checks the record.
    Verify,
    /// Tells which app-ops belong to the record.
    Watch,
    /// Gives events as a file: its bytes are the answer.
    Export {
        format: Format,
        #[serde(default)]
        filter: Filter,
    },
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Format {
    Ndjson,
    Csv,
}

/// What was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Appended {
    /// How many events.
    pub appended: u64,
}

/// What a phone watches for the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Watched {
    /// The version of its shape.
    pub schema_version: u32,
    /// App-ops as `AppOpsManager` names them, each once; a release knows those it has.
    pub ops: BTreeSet<String>,
}

/// The app-ops behind the permission groups, but for notifications, which an app shows and does not take; the clipboard;
/// the identifiers of the phone.
fn watched() -> Watched {
    let groups = permission::GROUPS.iter().filter(|group| group.id != "notifications");
    let ops = groups.flat_map(|group| group.members).filter_map(|permission| permission.op);
    let others = ["android:read_clipboard", "android:read_device_identifiers"];
    Watched { schema_version: 1, ops: ops.chain(others).map(str::to_owned).collect() }
}

/// Answers a request about the record in a folder: gives [`Appended`], a [`Page`](crate::record::Page), a
/// [`LastResult`](crate::record::LastResult), a [`VerifyResult`](crate::record::VerifyResult), [`Watched`], or for `export` the
/// file itself.
///
/// # Errors
/// A request that is not understood, a file that cannot be worked with.
pub fn records(request: &[u8], folder: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| unusable(folder, &error);
    let append = |events: &[Event], bounds| {
        Record::open(folder, bounds).and_then(|mut record| record.append(events)).map_err(failed)?;
        failure::answer(&Appended { appended: events.len() as u64 })
    };
    match failure::one_of(request)? {
        Request::Append { events, bounds } => append(&events, bounds),
        Request::Note { result, when, bounds } => append(&of_run(&result, when), bounds),
        Request::List { filter, after, limit } => {
            let limit = limit.unwrap_or(LONGEST_PAGE);
            failure::answer(&list(folder, &filter, after, limit).map_err(failed)?)
        }
        Request::Last { kind, user } => failure::answer(&last(folder, kind, user).map_err(failed)?),
        Request::Watch => failure::answer(&watched()),
        Request::Verify => failure::answer(&verify(folder).map_err(failed)?),
        Request::Export { format, filter } => {
            let events = all(folder, &filter).map_err(failed)?;
            Ok(match format {
                Format::Ndjson => export::ndjson(&events)?.into_bytes(),
                Format::Csv => export::csv(&events).into_bytes(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_told_without_a_record() {
        let answer = records(br#"{"ask":"watch"}"#, Path::new("/nowhere")).unwrap();
        let watched: Watched = serde_json::from_slice(&answer).unwrap();
        for op in ["android:camera", "android:fine_location", "android:read_sms", "android:read_clipboard"] {
            assert!(watched.ops.contains(op), "{op}");
        }
        assert!(!watched.ops.contains("android:post_notification"));
        assert!(watched.ops.iter().all(|op| op.starts_with("android:")));
    }
}
