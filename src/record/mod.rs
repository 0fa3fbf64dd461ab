//! The record of processing: what apps did, what was given to them and taken, what this program changed; kept longer than
//! the platform keeps it, within bounds, so that a change of one event is found.
//!
//! Takes events and a folder; gives lists, files and the result of a check. It watches nothing itself and reads no clock.

pub mod answer;
pub mod dump;
pub mod event;
pub mod export;
pub mod last;
pub mod list;
pub mod moment;
pub mod store;
pub mod verify;

pub use event::{Event, EventKind, Origin, of_run};
pub use last::{LastResult, last};
pub use list::{Filter, Listed, Page, all, list};
pub use moment::Moment;
pub use store::{Bounds, Record};
pub use verify::{VerifyResult, verify};
