//! Stage: plan.

pub mod choose;
pub mod group_set;
