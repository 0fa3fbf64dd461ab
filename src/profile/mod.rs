//! The rule as data: one regulation per file, strict, layered, every value with its origin.

use serde::{Deserialize, Serialize};

use crate::package::{Group, PackageName, Sha256Digest};

/// A profile after validation and layering: what an audit holds a device to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The id, `tc260-2021-draft`.
    pub id: String,
    /// The instrument's title.
    pub title: Bilingual,
    /// Who issued it.
    pub issuer: Bilingual,
    /// Whether it binds.
    pub standing: Standing,
    /// The day it came into force, `YYYY-MM-DD`.
    pub in_force: Option<String>,
    /// Where its text was read.
    pub source: String,
    /// The groups a non-uninstallable app may belong to. Empty for an open test.
    pub groups: Vec<GroupRule>,
    /// Its clauses, as requirements that can be held against a device.
    pub requirements: Vec<Requirement>,
    /// What the instrument leaves open and this profile decides.
    pub switches: Switches,
    /// Keepers that a maker declared.
    pub keepers: Vec<Keeper>,
    /// Accepted exceptions.
    pub waivers: Vec<Waiver>,
    /// The files this profile was made of, lowest layer first; the first is the one with the requirements.
    pub layers: Vec<Layer>,
}

/// A text of a file in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// Whether an instrument binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Binding on its addressees.
    Binding,
    /// A guide or recommended standard in force.
    Guide,
    /// A draft.
    Draft,
}

/// One allowed group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRule {
    /// The group.
    pub id: Group,
    /// The instrument's own term.
    pub term: Bilingual,
    /// How many non-uninstallable apps it may have.
    pub max_non_uninstallable: u32,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The id, `R1-2`.
    pub id: String,
    /// The clause it comes from.
    pub clause: String,
    /// What it asks.
    pub text: Bilingual,
    /// How it is checked.
    pub check: Check,
    /// How well its text is known: `H`, `M`, `L` as in the note of the regulations.
    pub confidence: String,
}

/// How a requirement is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Every package of the device was read (the population is whole).
    Inventory,
    /// Each non-uninstallable app in scope belongs to an allowed group.
    AllowedGroups,
    /// No group has more non-uninstallable apps than allowed.
    Cap,
    /// No entry hinders its own removal: blank name, no icon, hidden.
    HinderedRemoval,
    /// An open test: each non-uninstallable app is listed with the evidence a person must judge.
    Open,
    /// Needs papers or a person; outside what an audit of packages can decide.
    Person,
}

/// What an instrument leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// Whether a disabled app counts as uninstalled. Strict: no.
    pub disabled_counts_as_uninstalled: bool,
    /// Whether removal for the user alone, the APK staying in the image, counts as uninstalled. Strict: no.
    pub removed_for_user_counts_as_uninstalled: bool,
    /// Whether an app of several groups counts in each.
    pub count_in_each_group: bool,
}

/// A keeper that a maker declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeper {
    /// The group.
    pub group: Group,
    /// The package that stays non-uninstallable.
    pub package: PackageName,
    /// Where that was declared.
    pub origin: Origin,
}

/// An accepted exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The package.
    pub package: PackageName,
    /// The requirement that is waived.
    pub requirement: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// SHA-256 of the signing certificate the package must carry for the waiver to hold.
    pub signer: Option<Sha256Digest>,
    /// The last day it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
}

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Origin {
    /// The file: `built-in:ID`, or a path as the user gave it or as it is on the device.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// One file that a profile was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Layer {
    /// The layer: `built-in`, `system_ext`, `product`, `vendor`, `odm` or `lab`.
    pub layer: String,
    /// The file.
    pub file: String,
    /// Digest of its bytes.
    pub sha256: Sha256Digest,
    /// Whether it added keepers, waivers or claims.
    pub adds: bool,
}
