//! The results of `keepone profile list` and `keepone profile show`: a rule as an audit uses it.

use serde::{Deserialize, Serialize};

use crate::package::{Group, PackageName, Sha256Digest};
use crate::profile::{Bilingual, Check, Keeper, Layer, Origin, Profile, Standing, Waiver};
use crate::report::result::{SCHEMA_VERSION, TOOL};

/// The built-in profiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileList {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version.
    pub tool: String,
    /// Every built-in profile, the default first.
    pub profiles: Vec<ProfileLine>,
}

/// One profile in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileLine {
    /// The id.
    pub id: String,
    /// The instrument's title.
    pub title: Bilingual,
    /// Whether it binds.
    pub standing: Standing,
    /// The day it came into force, `YYYY-MM-DD`.
    pub in_force: Option<String>,
    /// The groups a non-uninstallable app may belong to; empty for an open test.
    pub groups: Vec<Group>,
    /// How many requirements it has.
    pub requirements: usize,
}

impl ProfileList {
    /// Puts profiles into a list.
    pub fn new(profiles: &[Profile]) -> Self {
        let line = |profile: &Profile| ProfileLine {
            id: profile.id.clone(),
            title: profile.title.clone(),
            standing: profile.standing,
            in_force: profile.in_force.clone(),
            groups: profile.groups.iter().map(|group| group.id).collect(),
            requirements: profile.requirements.len(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            tool: TOOL.to_owned(),
            profiles: profiles.iter().map(line).collect(),
        }
    }
}

/// One profile in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileResult {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version.
    pub tool: String,
    /// The id.
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
    pub source: Bilingual,
    /// Digest of all files it was made of.
    pub sha256: Sha256Digest,
    /// The files it was made of, lowest layer first.
    pub layers: Vec<Layer>,
    /// The groups a non-uninstallable app may belong to.
    pub groups: Vec<ProfileGroup>,
    /// Its requirements.
    pub requirements: Vec<ProfileRequirement>,
    /// What the instrument leaves open and this profile decides.
    pub switches: ProfileSwitches,
    /// Keepers that were declared.
    pub keepers: Vec<ProfileKeeper>,
    /// Accepted exceptions.
    pub waivers: Vec<ProfileWaiver>,
    /// What the files say about the function of packages.
    pub claims: Vec<ProfileClaim>,
    /// What the files declare for other profiles; it has no effect here.
    pub idle: ProfileIdle,
}

/// One allowed group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileGroup {
    /// The group.
    pub id: Group,
    /// The instrument's own term.
    pub term: Bilingual,
    /// How many non-uninstallable apps it may have.
    pub max_non_uninstallable: u32,
    /// Where it was set.
    pub origin: Origin,
}

/// One clause as a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileRequirement {
    /// The id.
    pub id: String,
    /// The clause it comes from.
    pub clause: Bilingual,
    /// What it asks.
    pub text: Bilingual,
    /// What is not known or is our reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
    /// Where its text was read.
    pub source: Bilingual,
    /// How it is checked.
    pub check: Check,
    /// How well its text is known: `H`, `M` or `L`.
    pub confidence: String,
    /// Where it was set.
    pub origin: Origin,
}

/// The switches of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileSwitches {
    /// Whether a disabled app counts as uninstalled.
    pub disabled_counts_as_uninstalled: bool,
    /// Whether removal for the user alone counts as uninstalled.
    pub removed_for_user_counts_as_uninstalled: bool,
    /// Whether an app of several groups counts in each.
    pub count_in_each_group: bool,
    /// Where each of the three was set; `null`: nowhere, so it has its default.
    pub origins: ProfileSwitchOrigins,
}

/// Where the switches were set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileSwitchOrigins {
    /// Of `disabled-counts-as-uninstalled`.
    pub disabled_counts_as_uninstalled: Option<Origin>,
    /// Of `removed-for-user-counts-as-uninstalled`.
    pub removed_for_user_counts_as_uninstalled: Option<Origin>,
    /// Of `count-in-each-group`.
    pub count_in_each_group: Option<Origin>,
}

/// A declared keeper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileKeeper {
    /// The group.
    pub group: Group,
    /// The package that stays.
    pub package: PackageName,
    /// Where it was declared.
    pub origin: Origin,
}

/// An accepted exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileWaiver {
    /// The package.
    pub package: PackageName,
    /// The requirement that is waived.
    pub requirement: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The signing certificate the package must carry.
    pub signer: Option<Sha256Digest>,
    /// The last day it holds.
    pub until: Option<String>,
    /// Where it was declared.
    pub origin: Origin,
}

/// Somebody's word about what a package is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileClaim {
    /// The package.
    pub package: PackageName,
    /// The groups it is said to serve; empty: none.
    pub groups: Vec<Group>,
    /// Where it was declared.
    pub origin: Origin,
}

/// Declarations that concern other profiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProfileIdle {
    /// Keepers of groups this profile does not have.
    pub keepers: Vec<ProfileKeeper>,
    /// Waivers of requirements that other profiles have.
    pub waivers: Vec<ProfileWaiver>,
    /// Files that extend another profile, or lie where no layer is read.
    pub files: Vec<String>,
}

impl ProfileResult {
    /// Shows a profile.
    pub fn new(profile: &Profile) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: TOOL.to_owned(),
            id: profile.id.clone(),
            title: profile.title.clone(),
            issuer: profile.issuer.clone(),
            standing: profile.standing,
            in_force: profile.in_force.clone(),
            source: profile.source.clone(),
            sha256: profile.digest(),
            layers: profile.layers.clone(),
            groups: groups(profile),
            requirements: requirements(profile),
            switches: ProfileSwitches {
                disabled_counts_as_uninstalled: profile.switches.disabled_counts_as_uninstalled,
                removed_for_user_counts_as_uninstalled: profile
                    .switches
                    .removed_for_user_counts_as_uninstalled,
                count_in_each_group: profile.switches.count_in_each_group,
                origins: ProfileSwitchOrigins {
                    disabled_counts_as_uninstalled: profile.switch_origins.disabled.clone(),
                    removed_for_user_counts_as_uninstalled: profile.switch_origins.removed_for_user.clone(),
                    count_in_each_group: profile.switch_origins.count_in_each_group.clone(),
                },
            },
            keepers: keepers(&profile.keepers),
            waivers: waivers(&profile.waivers),
            claims: claims(profile),
            idle: ProfileIdle {
                keepers: keepers(&profile.idle.keepers),
                waivers: waivers(&profile.idle.waivers),
                files: profile.idle.files.clone(),
            },
        }
    }
}

fn groups(profile: &Profile) -> Vec<ProfileGroup> {
    let groups = profile.groups.iter().map(|group| ProfileGroup {
        id: group.id,
        term: group.term.clone(),
        max_non_uninstallable: group.max_non_uninstallable,
        origin: group.origin.clone(),
    });
    groups.collect()
}

fn requirements(profile: &Profile) -> Vec<ProfileRequirement> {
    let requirements = profile.requirements.iter().map(|requirement| ProfileRequirement {
        id: requirement.id.clone(),
        clause: requirement.clause.clone(),
        text: requirement.text.clone(),
        note: requirement.note.clone(),
        source: requirement.source.clone(),
        check: requirement.check,
        confidence: requirement.confidence.clone(),
        origin: requirement.origin.clone(),
    });
    requirements.collect()
}

fn keepers(keepers: &[Keeper]) -> Vec<ProfileKeeper> {
    let keepers = keepers.iter().map(|keeper| ProfileKeeper {
        group: keeper.group,
        package: keeper.package.clone(),
        origin: keeper.origin.clone(),
    });
    keepers.collect()
}

fn waivers(waivers: &[Waiver]) -> Vec<ProfileWaiver> {
    let waivers = waivers.iter().map(|waiver| ProfileWaiver {
        package: waiver.package.clone(),
        requirement: waiver.requirement.clone(),
        reason: waiver.reason.clone(),
        owner: waiver.owner.clone(),
        signer: waiver.signer.clone(),
        until: waiver.until.clone(),
        origin: waiver.origin.clone(),
    });
    waivers.collect()
}

fn claims(profile: &Profile) -> Vec<ProfileClaim> {
    let claims = profile.claims.iter().map(|claim| ProfileClaim {
        package: claim.package.clone(),
        groups: claim.groups.clone(),
        origin: claim.origin.clone(),
    });
    claims.collect()
}
