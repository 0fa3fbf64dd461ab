//! Stage: removability.

pub mod outcome;
