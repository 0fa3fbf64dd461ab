//! Stage 6: carries changes out, carefully. Takes an [`Order`] and a [`Carrier`]; gives an outcome for each change, and a
//! journal from which the state before can be restored.
//!
//! The journal is durable before each write, and every write is read back: what the platform answers is never believed.
//! It never takes away the last app of a group, the only holder of a role or what the platform needs ([`guard`]), destroys
//! no data without consent, and changes nothing that it could not undo but for the losses it declares.

#[cfg(feature = "cli")]
pub mod adb;
mod along;
pub mod answer;
pub mod carrier;
mod carry;
pub mod cell;
pub mod foresee;
pub mod guard;
mod hand;
pub mod journal;
pub mod order;
pub mod outcome;
pub mod result;
pub mod run;
pub(crate) mod same;
pub mod standing;
mod undo;

pub use carrier::{Because, Carrier, CarrierError, May, Obstacle, Reading, Way, Written, readings};
pub use cell::{Access, Cell, Held, Part, Value, Word};
pub use foresee::{Foreseen, foresee};
pub use journal::{FileStore, History, Journal, MemoryStore, Store};
pub use order::{Consent, Guard, Order, Purpose, RunKind, Task, Wish};
pub use outcome::{ChangeOutcome, Lost, Reason};
pub use result::{ChangeResult, RunResult, Told};
pub use run::{resume, run};
pub use undo::undo;
