//! Stage: audit.

pub mod explain;
pub mod outcome;
