//! `KeepOne` decides, for every app a phone ships with, what it is for and whether its user may remove it, holds the
//! result against the rule "at most one non-uninstallable app per function group", and finds the least repair.
//!
//! Data flows one way. A stage may use the types of earlier stages, never of later ones:
//!
//! ```text
//! source -> inventory -> classify     -> audit -> plan ----> enforce -> report
//!  facts     one entry    what it is      does it   least     do it,     tell people
//!  as read   per package  for, why        keep the  repair    journal,   and machines
//!                         removability    rule      control   undo
//!                         may it go, why            switches  choices, record
//! ```
//!
//! `classify`, `removability`, `audit` and `plan` are pure: no clock, no I/O, no environment, and the order of the input
//! does not matter; so is [`control`], which says what a user's switches stand at and what to write to turn one. Files are
//! read and written in [`source`], `cli`, and the rooms that keep something: the journal of [`enforce`], [`choices`],
//! [`record`]. A phone is changed in one place, the loop of [`enforce`], through one trait, [`enforce::Carrier`].
//!
//! The whole way, from the kept facts of a phone to its verdict and the least repair:
//!
//! ```
//! # #[cfg(feature = "files")] {
//! use keepone::audit::{AuditOptions, Outcome, audit};
//! use keepone::classify::{Groups, Options, classify};
//! use keepone::inventory::Inventory;
//! use keepone::maker::Conventions;
//! use keepone::removability::removability;
//! use keepone::source::{ReadOptions, Silent, read};
//!
//! let phone = std::path::Path::new("tests/data/devices/zte-u930hd.json");
//! let inventory = Inventory::new(read(phone, &ReadOptions::default(), &Silent)?);
//! let classifications = classify(&inventory, Groups::built_in(), &Options::default());
//! let removabilities = removability(&inventory, Conventions::built_in());
//! let profile = keepone::profile::built_in("tc260-2021-draft").expect("a built-in profile");
//! let audit = audit(&inventory, &classifications, &removabilities, &profile, &AuditOptions::default());
//! assert_eq!(audit.summary.outcome, Outcome::Fail);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// Bionic has no unwinder to link against: what a panic needs comes from here.
#[cfg(all(target_os = "android", feature = "unwinder"))]
extern crate unwinding as _;

#[cfg(feature = "bridge")]
mod bridge;
#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "cli")]
pub mod adb;
mod asked;
pub mod chain;
mod cores;
pub mod diagnostic;
pub mod escape;
pub mod failure;
mod json;
pub mod language;
pub mod maker;
pub mod package;
mod request;

pub mod source;

pub mod inventory;

pub mod classify;
pub mod removability;

pub mod profile;

pub mod audit;
pub mod plan;

pub mod control;
pub mod enforce;

pub mod choices;
pub mod record;

pub mod report;

pub mod judge;
