//! The user's six areas of control over one app: what stands, who decided it, what may be set here. Takes a package's facts,
//! what the carrier may and what the cells hold; gives a [`Sheet`] of switches, and for a switch that is to be turned the
//! cells to write.
//!
//! All of that is pure; only [`read_sheet`] and [`set()`] ask a carrier, and every write goes through the journal of
//! [`crate::enforce`]. Nothing is offered that the carrier may not do without saying so, and what the platform needs is not
//! touched.

pub mod lever;
pub mod right;
pub mod set;
pub mod sheet;
mod start;
pub mod switch;
pub mod table;

pub use lever::{DecidedBy, Lever, Readings};
pub use set::{SetResult, Turn, read_sheet, set};
pub use sheet::{MaySet, Sheet, State, SwitchSheet};
pub use switch::{Area, Switch, SwitchKind, switches};
