//! `KeepOne` decides, for every app a phone ships with, what it is for and whether its user may remove it, holds the
//! result against the rule "at most one non-uninstallable app per function group", and finds the least repair.
//!
//! Data flows one way. A stage may use the types of earlier stages, never of later ones:
//!
//! ```text
//! source -> inventory -> classify     -> audit -> plan -> report
//!  facts     one entry    what it is      does it   least    tell people
//!  as read   per package  for, why        keep the  repair   and machines
//!                         removability    rule
//!                         may it go, why
//! ```
//!
//! `classify`, `removability`, `audit` and `plan` are pure: no clock, no I/O, no environment, and the order of the input
//! does not matter. All I/O is in [`source`] and [`cli`].

#[cfg(feature = "cli")]
pub mod cli;

pub mod diagnostic;
pub mod language;
pub mod maker;
pub mod package;

pub mod source;

pub mod inventory;

pub mod classify;
pub mod removability;

pub mod profile;

pub mod audit;
pub mod plan;
pub mod report;
