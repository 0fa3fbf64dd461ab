//! The result of `keepone records`.

use serde::{Deserialize, Serialize};

use crate::record::{Event, Moment};
use crate::report::result::DeviceEntry;

/// What apps did on a phone, as far as the platform keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RecordsResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The program and version that read it.
    pub tool: String,
    /// The phone, as it was named.
    pub source: String,
    /// Which device it is.
    pub device: DeviceEntry,
    /// Not before this moment; `null`: all that the platform keeps.
    pub since: Option<Moment>,
    /// What happened, the latest first.
    pub events: Vec<Event>,
    /// How many lines of the platform that tell of an access were not understood.
    pub not_understood: u64,
}
