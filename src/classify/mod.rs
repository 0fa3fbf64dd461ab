//! Stage: classify.

pub mod outcome;
