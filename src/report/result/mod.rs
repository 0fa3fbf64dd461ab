//! The results that programs read: one type per command, in the shape that stays the same from release to release.
//!
//! Every result starts with a [`Head`]. Fields are kebab-case; what is not known is `null`, never left out, where a
//! reader has to tell it from `false`. The schemas in `config/schema` are generated from these types.

use serde::{Deserialize, Serialize};

use crate::classify::{Classification, Membership, Scope};
use crate::inventory::Inventory;
use crate::package::{Group, PackageName, Sha256Digest};
use crate::removability::outcome::Removability;
use crate::source::snapshot::{Derived, Device, Label, PackageFacts, SourceIdentity};
use crate::source::unread::Unread;

mod audit;
mod classify;
mod controls;
mod diff;
mod enforce;
mod plan;
mod profile;
mod records;
mod screen;

pub use audit::{AuditResult, Basis, GroupEntry};
pub use classify::{ClassifyResult, ClassifySummary};
pub use controls::ControlsResult;
pub use diff::{
    Aspect, Change, DiffOutcome, DiffResult, DiffSummary, PackageChange, PackageState, Point, Side,
};
pub use enforce::EnforceResult;
pub use plan::PlanResult;
pub use profile::{
    ProfileGroup, ProfileKeeper, ProfileLine, ProfileList, ProfileRequirement, ProfileResult,
    ProfileSwitches, ProfileWaiver,
};
pub use records::RecordsResult;
pub use screen::{ScreenGroup, ScreenLeft, ScreenReasons, ScreenResult, ScreenVerdict};

/// The version of the shape of every result. It grows when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// The program and its version, as results name it.
pub const TOOL: &str = concat!("keepone ", env!("CARGO_PKG_VERSION"));

/// What every result starts with: who says it, of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Head {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version that judged, `keepone 0.1.0`.
    pub tool: String,
    /// Where the facts were read.
    pub source: SourceIdentity,
    /// When the facts were captured, as the source says; RFC 3339 in UTC.
    pub captured: Option<String>,
    /// Present when the facts are computed, such as the state after a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derived>,
    /// Which device and build was judged.
    pub device: DeviceEntry,
}

impl Head {
    /// Takes the head from an inventory.
    pub fn of(inventory: &Inventory) -> Self {
        let snapshot = inventory.snapshot();
        Self {
            schema_version: SCHEMA_VERSION,
            tool: TOOL.to_owned(),
            source: snapshot.source.clone(),
            captured: snapshot.captured.clone(),
            derived: snapshot.derived.clone(),
            device: DeviceEntry::of(&snapshot.device),
        }
    }
}

/// Which device and build a result is about. `null`: no property file said it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DeviceEntry {
    /// `ro.build.fingerprint`.
    pub fingerprint: Option<String>,
    /// `ro.build.version.release`.
    pub android_release: Option<String>,
    /// The API level.
    pub sdk: Option<u32>,
    /// `ro.product.manufacturer`.
    pub manufacturer: Option<String>,
    /// `ro.product.brand`.
    pub brand: Option<String>,
    /// `ro.product.model`.
    pub model: Option<String>,
}

impl DeviceEntry {
    fn of(device: &Device) -> Self {
        Self {
            fingerprint: device.fingerprint.clone(),
            android_release: device.android_release.clone(),
            sdk: device.sdk,
            manufacturer: device.manufacturer.clone(),
            brand: device.brand.clone(),
            model: device.model.clone(),
        }
    }
}

/// One package in one folder, as it was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PackageEntry {
    /// The package name.
    pub name: PackageName,
    /// The code path on the device.
    pub path: String,
    /// `versionCode`, where it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_code: Option<u64>,
    /// The label, where the source gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// SHA-256 of the base APK, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
    /// Whether the rule looks at the package; `null` when that is not known, and `scope` is then `unknown`
    /// or `not-read`.
    pub in_scope: Option<bool>,
    /// Why it is in scope or not.
    pub scope: Scope,
    /// The groups it is a member of or may be a member of, with the evidence.
    pub groups: Vec<Membership>,
    /// Groups that cannot be ruled out because a fact is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Group>,
    /// Whether its user may remove it, with the reason. Left out where only the function was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removability: Option<Removability>,
}

impl PackageEntry {
    /// Lists every package: those that were read with what the stages said about them, and those of which only the
    /// name is known, so that none disappears. Sorted by name and path.
    fn all(
        inventory: &Inventory,
        classifications: &[Classification],
        removabilities: Option<&[Removability]>,
    ) -> Vec<Self> {
        let read = inventory.packages().iter().zip(classifications).enumerate();
        let mut entries: Vec<Self> = read
            .map(|(index, (facts, classification))| {
                Self::of(facts, classification, removabilities.and_then(|all| all.get(index)))
            })
            .collect();
        let mut named: Vec<(&PackageName, &Unread)> = inventory
            .unread()
            .iter()
            .filter_map(|unread| unread.package.as_ref().map(|name| (name, unread)))
            .collect();
        named.retain(|(name, _)| inventory.package(name).is_empty());
        named.sort();
        named.dedup_by_key(|(name, _)| *name);
        entries.extend(named.into_iter().map(|(name, unread)| Self::not_read(name, unread)));
        entries.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        entries
    }

    /// Makes the entry of a package of which only the name is known.
    fn not_read(name: &PackageName, unread: &Unread) -> Self {
        Self {
            name: name.clone(),
            path: unread.path.clone(),
            version_code: None,
            label: None,
            sha256: None,
            in_scope: None,
            scope: Scope::NotRead,
            groups: Vec::new(),
            undecided: Vec::new(),
            removability: None,
        }
    }

    /// Joins what the stages said about one package.
    pub fn of(
        facts: &PackageFacts,
        classification: &Classification,
        removability: Option<&Removability>,
    ) -> Self {
        let label = facts.application.label.clone().filter(|label| label.en.is_some() || label.zh.is_some());
        Self {
            name: facts.name.clone(),
            path: facts.path.clone(),
            version_code: facts.version_code,
            label,
            sha256: facts.sha256.clone(),
            in_scope: classification.scope.decided(),
            scope: classification.scope,
            groups: classification.groups.clone(),
            undecided: classification.undecided.clone(),
            removability: removability.cloned(),
        }
    }
}
