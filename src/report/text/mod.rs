//! The text form of every result, for a person at a terminal. Takes a result, gives lines of at most
//! [`crate::report::table::LINE`] columns where no single name is longer.
//!
//! Names are never cut, foreign text is always escaped, and colour only repeats what the words say.

mod audit;
mod basis;
mod change;
mod classify;
mod controls;
mod diff;
pub mod explain;
mod head;
mod page;
mod plan;
mod profile;
mod reason;
mod records;
mod unread;

pub use audit::audit;
pub use change::{enforce, standing, undone};
pub use classify::classify;
pub use controls::controls;
pub use diff::diff;
pub use page::{Page, Paint};
pub use plan::plan;
pub use profile::{profile, profiles};
pub use records::records;
