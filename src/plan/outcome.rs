//! What a plan says: which app each group keeps and why, what is done about the others, what cannot be repaired.

use serde::{Deserialize, Serialize};

use crate::audit::FindingCode;
use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName, Sha256Digest};
use crate::plan::run_time::RunTime;
use crate::plan::step::{Step, names};

pub use crate::plan::hindrance::{DeclarationFault, Hindrance, PlatformNeed};
pub use crate::plan::reason::{KeeperReason, WhyNot};

/// The schema version of a plan's JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// The least repair of one device under one profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version that made the plan.
    pub tool: String,
    /// The device it was made for.
    pub device: PlannedDevice,
    /// The profile it was made for.
    pub profile: String,
    /// Digest of the costs that were used.
    pub step_costs: Sha256Digest,
    /// What the steps cost together, with the penalties of groups that keep no app.
    pub cost: u64,
    /// Groups in which a choice was made, in the order of the regulations.
    pub groups: Vec<GroupPlan>,
    /// The build-time form, in the order in which it is done.
    pub steps: Vec<Step>,
    /// What stays broken, and why.
    pub cannot_repair: Vec<CannotRepair>,
    /// Packages the plan does not touch because something about them is not known.
    pub left_alone: Vec<LeftAlone>,
    /// The run-time form.
    pub run_time: RunTime,
}

impl Plan {
    /// Returns whether there is nothing to do and nothing that stays broken.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.cannot_repair.is_empty()
    }
}

/// Which device and build a plan is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PlannedDevice {
    /// `ro.build.fingerprint`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// `ro.build.version.release`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android_release: Option<String>,
    /// `ro.build.version.sdk`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk: Option<u32>,
}

/// The choice in one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct GroupPlan {
    /// The group.
    pub id: Group,
    /// How many non-uninstallable apps the profile allows it.
    pub max_non_uninstallable: u32,
    /// The apps that stay non-uninstallable.
    pub keepers: Vec<KeeperChoice>,
    /// The others that could have stayed.
    pub alternatives: Vec<Alternative>,
}

/// An app that stays non-uninstallable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct KeeperChoice {
    /// The package.
    pub package: PackageName,
    /// Why it stays; what decided comes first.
    pub because: Vec<KeeperReason>,
}

/// An app of the group that does not stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Alternative {
    /// The package.
    pub package: PackageName,
    /// What stands against it.
    pub why_not: WhyNot,
}

/// A failure that the plan does not repair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CannotRepair {
    /// The finding that stays.
    pub code: FindingCode,
    /// The requirement it breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// Its group, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The package that stands in the way.
    pub package: PackageName,
    /// Why it stays broken.
    pub because: Hindrance,
}

/// A package that the plan does not touch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LeftAlone {
    /// The package.
    pub package: PackageName,
    /// What is not known of it.
    pub because: NotKnown,
}

/// What is not known of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "not-known", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum NotKnown {
    /// Whether its user can remove it.
    Removability,
    /// Whether the rule looks at it at all.
    Scope,
    /// Whether it belongs to groups that may have a non-uninstallable app.
    Groups {
        /// Those groups.
        groups: Vec<Group>,
    },
}

impl Localized for NotKnown {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::Removability => {
                Text::new("it is not known whether its user can remove it", "不清楚用户能否卸载它")
                    .get(language)
                    .to_owned()
            }
            Self::Scope => {
                Text::new("it is not known whether the rule looks at it", "不清楚它是否在规则范围内")
                    .get(language)
                    .to_owned()
            }
            Self::Groups { groups } => {
                Text::new("it is not sure whether it is of: {groups}", "不确定它是否属于：{groups}")
                    .fill(language, &[("groups", &names(groups, language))])
            }
        }
    }
}
