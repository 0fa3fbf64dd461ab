//! Stage 6: carries changes out, carefully. Takes changes and a [`Carrier`]; gives an outcome for each, and a journal from which the
//! state before can be restored.

pub mod carrier;
pub mod cell;

pub use carrier::{Because, Carrier, CarrierError, May, Obstacle, Reading, Way, Written, readings};
pub use cell::{Access, Cell, Held, Part, Value, Word};
