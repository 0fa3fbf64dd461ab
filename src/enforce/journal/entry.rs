//! What stands in a journal.

use serde::{Deserialize, Serialize};

use crate::enforce::carrier::Way;
use crate::enforce::cell::{Cell, Held, Value};
use crate::enforce::order::{Order, Purpose};
use crate::enforce::outcome::{ChangeOutcome, Lost, Reason};
use crate::package::{PackageName, Sha256Digest};

/// One entry. Its number is that of its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Entry {
    /// A run begins.
    Begin(Box<Begin>),
    /// A cell is about to be written: durable before it is.
    Change(Box<Change>),
    /// What became of a change.
    CameOut(Box<CameOut>),
    /// A change was undone.
    Undone(Undone),
    /// A run came to its end.
    End(End),
}

/// A run begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Begin {
    /// The program and version that writes.
    pub tool: String,
    /// How it lives on the phone.
    pub way: Way,
    /// The API level of the phone.
    pub sdk: u32,
    /// How the phone is named by what leads to it; absent for a program on the phone itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// What the run is to do: enough to resume it.
    pub order: Order,
    /// For an undo: the changes chosen; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Vec<u64>>,
    /// The run that this one takes up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumes: Option<u64>,
    /// What was found after the last whole entry, and taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<Torn>,
}

/// The rest of an entry whose writing was cut short. The change it announced was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Torn {
    /// How many bytes.
    pub bytes: u64,
    /// Their digest.
    pub sha256: Sha256Digest,
}

impl Torn {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let torn = || Self { bytes: bytes.len() as u64, sha256: Sha256Digest::of(bytes) };
        (!bytes.is_empty()).then(torn)
    }
}

/// A cell is about to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Change {
    /// What it is for.
    pub purpose: Purpose,
    /// The package it is about.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What stands in it; `None` only for what no undo brings back anyway.
    pub before: Option<Value>,
    /// What is to stand in it.
    pub to: Value,
    /// What else the platform may change with it, as it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<Held>,
    /// What no undo brings back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

impl Change {
    /// Returns whether an undo brings back what it changes; what is cleared or stopped does not come back.
    pub const fn comes_back(&self) -> bool {
        self.lost.is_empty() || !matches!(self.cell, Cell::Storage { .. } | Cell::Stopped { .. })
    }
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CameOut {
    /// The number of the change.
    pub change: u64,
    /// What became of it. A later entry for the same change counts.
    pub outcome: ChangeOutcome,
    /// What was read back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Why it came out so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Reason>,
    /// Of what was saved: what the platform changed along with it. `None`: not looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<Vec<Held>>,
}

/// A change was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Undone {
    /// The number of the change.
    pub change: u64,
    /// What the platform had changed along with it and could not be put back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remains: Vec<Held>,
}

/// A run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct End {
    /// The number of the entry that began it.
    pub run: u64,
}
