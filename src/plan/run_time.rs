//! The run-time form of a plan: what can be done on a running phone, and what that leaves to the image.
//!
//! It makes an app removable for a user, never removable from the image (the APK stays). Each step is done on request
//! only, and re-checked at the moment it runs.

use serde::{Deserialize, Serialize};

use crate::audit::FindingCode;
use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName};
use crate::plan::step::{Applicability, Inverse, Precondition, list};

/// What can be done on a running phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RunTime {
    /// The steps, in order.
    pub steps: Vec<RunTimeStep>,
    /// Failures that they do not repair.
    pub leaves: Vec<Leaves>,
    /// Apps in scope that the platform needs: no step takes one away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<PackageName>,
    /// The apps in scope of each group: no step takes the last one away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupApps>,
}

/// The apps of one group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct GroupApps {
    /// The group.
    pub id: Group,
    /// Its apps, in the order of their names.
    pub packages: Vec<PackageName>,
}

/// One step on a running phone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RunTimeStep {
    /// What is done.
    pub kind: RunTimeKind,
    /// The package it is done to; for a role, the one that holds it before.
    pub package: PackageName,
    /// For a role: the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// For a role: the package that holds it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PackageName>,
    /// Whether it may be done unasked.
    pub applicability: Applicability,
    /// What must hold when it runs.
    pub preconditions: Vec<Precondition>,
    /// What undoes it.
    pub inverse: Inverse,
    /// Whether the user's data of the app is destroyed; no undo brings it back.
    pub destroys_data: bool,
}

/// What a run-time step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RunTimeKind {
    /// `RoleManager.addRoleHolderAsUser` of another package.
    HandOverRole,
    /// `setBlockUninstallForUser(true)`: the user cannot remove the keeper.
    BlockUninstall,
    /// `setBlockUninstallForUser(false)`.
    UnblockUninstall,
    /// `pm uninstall --user`: the app goes for the user who asks, the APK stays in the image.
    UninstallForUser,
    /// `pm install-existing --user`: the app comes back for the user who asks. No plan asks for it; a person does.
    InstallForUser,
}

impl RunTimeKind {
    /// Returns what is done, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::HandOverRole => Text::new("hand over the role", "移交角色"),
            Self::BlockUninstall => Text::new("block uninstalling", "阻止卸载"),
            Self::UnblockUninstall => Text::new("allow uninstalling", "解除卸载阻止"),
            Self::UninstallForUser => Text::new(
                "uninstall for the user who asks; the image keeps it",
                "应用户要求为其卸载；镜像中仍保留",
            ),
            Self::InstallForUser => {
                Text::new("bring back from the image for the user who asks", "应用户要求从镜像恢复")
            }
        }
    }
}

/// A failure that the run-time form does not repair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Leaves {
    /// The finding that stays.
    pub code: FindingCode,
    /// The requirement it breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// Its group, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The packages of the finding.
    pub packages: Vec<PackageName>,
    /// Why it stays.
    pub because: LeftBecause,
}

/// Why a running phone cannot repair a failure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum LeftBecause {
    /// The profile asks for removal from the image; removal for a user leaves the APK there.
    ImageKeepsIt,
    /// These cannot be uninstalled for a user either.
    NotForUser {
        /// The packages.
        packages: Vec<PackageName>,
    },
    /// The build-time plan does not repair it either.
    CannotRepair,
}

impl Localized for LeftBecause {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::ImageKeepsIt => Text::new(
                "the profile asks for removal from the image, and removal for a user leaves the APK there",
                "规则要求从镜像中可卸载，而为用户卸载后镜像中仍保留 APK",
            )
            .get(language)
            .to_owned(),
            Self::NotForUser { packages } => {
                Text::new("cannot be uninstalled for a user: {packages}", "无法为用户卸载：{packages}")
                    .fill(language, &[("packages", &list(packages, language))])
            }
            Self::CannotRepair => {
                Text::new("the build-time plan does not repair it either", "构建期方案也无法修复")
                    .get(language)
                    .to_owned()
            }
        }
    }
}
