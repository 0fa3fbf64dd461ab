//! Requests about the record of processing, as JSON in: what the bridge and the command line call.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::enforce::RunResult;
use crate::enforce::journal::unusable;
use crate::failure::{self, Failure};
use crate::record::event::{Event, of_run};
use crate::record::export;
use crate::record::list::{Filter, LONGEST_PAGE, all, list};
use crate::record::moment::Moment;
use crate::record::store::{Bounds, Record};
use crate::record::verify::verify;

#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
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
    /// Checks the record.
    Verify,
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

/// Answers a request about the record in a folder: gives [`Appended`], a [`Page`](crate::record::Page), a
/// [`VerifyResult`](crate::record::VerifyResult), or for `export` the file itself.
///
/// # Errors
/// A request that is not understood, a file that cannot be worked with.
pub fn records(request: &[u8], folder: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| unusable(folder, &error);
    let append = |events: &[Event], bounds| {
        Record::open(folder, bounds).and_then(|mut record| record.append(events)).map_err(failed)?;
        failure::answer(&Appended { appended: events.len() as u64 })
    };
    match failure::request(request)? {
        Request::Append { events, bounds } => append(&events, bounds),
        Request::Note { result, when, bounds } => append(&of_run(&result, when), bounds),
        Request::List { filter, after, limit } => {
            let limit = limit.unwrap_or(LONGEST_PAGE);
            failure::answer(&list(folder, &filter, after, limit).map_err(failed)?)
        }
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
