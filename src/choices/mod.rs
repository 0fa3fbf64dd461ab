//! A user's choices: which switches of which apps stand how, because the user said so. Stored atomically, one file for each
//! user of the phone; set again when an app, an update or a reboot undid them; taken back when the user undid them; carried to
//! the next phone as TOML.
//!
//! Takes a file, and for setting again a carrier; every write to the phone goes through the journal of [`crate::enforce`].
//! A file of a newer version is never overwritten.

pub mod answer;
pub mod ask;
pub mod carry;
mod pace;
pub mod reapply;
pub mod store;
pub mod undone;

pub use carry::{Imported, ItemOutcome, chosen};
pub use reapply::{CameBack, ReapplyItem, ReapplyOutcome, ReapplyResult, came_back, foresee, reapply};
pub use store::{Choice, Choices, Wanted};
pub use undone::take_back;
