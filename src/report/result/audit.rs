//! The result of `keepone audit`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::audit::{App, Audit, Finding, Hold, RequirementOutcome, Summary};
use crate::classify::Classification;
use crate::diagnostic::Diagnostic;
use crate::inventory::Inventory;
use crate::package::{Group, PackageName, Sha256Digest};
use crate::profile::{Layer, Profile};
use crate::removability::outcome::Removability;
use crate::report::result::{Head, PackageEntry};
use crate::source::unread::Unread;

/// Whether a device keeps the rule, and everything that was judged on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct AuditResult {
    /// Who says it, of what.
    #[serde(flatten)]
    pub head: Head,
    /// The id of the profile.
    pub profile: String,
    /// What the verdict rests on besides the device.
    pub basis: Basis,
    /// How each requirement of the profile came out, in its order.
    pub requirements: Vec<RequirementOutcome>,
    /// Every function group that the profile allows, and every other one that some app serves.
    pub groups: Vec<GroupEntry>,
    /// Every package in every folder it was found in, sorted by name and path.
    pub packages: Vec<PackageEntry>,
    /// What could not be read, each with its reason.
    pub unread: Vec<Unread>,
    /// Problems of the input that lost no package.
    pub diagnostics: Vec<Diagnostic>,
    /// What is worth telling, worst first.
    pub findings: Vec<Finding>,
    /// The counts, and the outcome of the whole.
    pub summary: Summary,
}

/// What a verdict rests on besides the device: the files of the rule and of the evidence, by digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Basis {
    /// Digest of all files the profile was made of.
    pub profile_sha256: Sha256Digest,
    /// Those files, lowest layer first.
    pub layers: Vec<Layer>,
    /// How many waivers the profile has.
    pub waivers: usize,
    /// How many keepers were declared.
    pub keepers: usize,
    /// Digest of the evidence rules (`config/groups.toml`).
    pub groups_sha256: Sha256Digest,
    /// The day the audit was made, as far as it was told; end dates of waivers are held against it.
    pub today: Option<String>,
}

/// One function group as the device fills it. Each app is named once, whatever the number of its folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct GroupEntry {
    /// The group.
    pub id: Group,
    /// How many non-uninstallable apps the profile allows; `null`: the group is not one of those it lists.
    pub allowed: Option<u32>,
    /// Members that the user cannot remove.
    pub non_uninstallable: Vec<PackageName>,
    /// Apps that may turn out to be such members: a fact is unknown, or a person must decide.
    pub open: Vec<PackageName>,
    /// Members that the user can remove.
    pub uninstallable: Vec<PackageName>,
}

impl AuditResult {
    /// Puts together what the stages said about an inventory; the slices are in the order of its packages.
    pub fn new(
        inventory: &Inventory,
        classifications: &[Classification],
        removabilities: &[Removability],
        profile: &Profile,
        audit: Audit,
        basis: Basis,
    ) -> Self {
        let apps = crate::audit::apps(inventory, classifications, removabilities, profile.switches);
        Self {
            head: Head::of(inventory),
            profile: profile.id.clone(),
            basis,
            requirements: audit.requirements,
            groups: groups(&apps, profile),
            packages: PackageEntry::all(inventory, classifications, Some(removabilities)),
            unread: inventory.unread().to_vec(),
            diagnostics: inventory.snapshot().diagnostics.clone(),
            findings: audit.findings,
            summary: audit.summary,
        }
    }
}

/// Sorts the apps into the groups they serve.
fn groups(apps: &[App<'_>], profile: &Profile) -> Vec<GroupEntry> {
    let mut entries: BTreeMap<Group, GroupEntry> = BTreeMap::new();
    let blank = |id, allowed| GroupEntry {
        id,
        allowed,
        non_uninstallable: Vec::new(),
        open: Vec::new(),
        uninstallable: Vec::new(),
    };
    for rule in &profile.groups {
        entries.insert(rule.id, blank(rule.id, Some(rule.max_non_uninstallable)));
    }
    for app in apps.iter().filter(|app| app.in_scope != Some(false)) {
        for &group in app.members.union(&app.possible) {
            let entry = entries.entry(group).or_insert_with(|| blank(group, None));
            let sure = app.in_scope == Some(true) && app.members.contains(&group);
            match (app.hold, sure) {
                (Hold::Removable | Hold::Idle, true) => entry.uninstallable.push(app.name.clone()),
                // Whatever it is for, the user can remove it.
                (Hold::Removable | Hold::Idle, false) => {}
                (Hold::Fixed, true) => entry.non_uninstallable.push(app.name.clone()),
                (Hold::Unknown, _) | (Hold::Fixed, false) => entry.open.push(app.name.clone()),
            }
        }
    }
    entries.into_values().collect()
}
