//! Stage: audit.

pub mod outcome;
