//! What is known of Android's switches, as tables with their sources. Nothing here decides.

pub mod broadcast;
pub mod operation;
pub mod page;
pub mod permission;
pub mod special;
