//! What a plan says: which app each group keeps and why, what is done about the others, what cannot be repaired.

use serde::{Deserialize, Serialize};

use crate::audit::FindingCode;
use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName, Sha256Digest};
use crate::plan::run_time::RunTime;
use crate::plan::step::{Step, list, names};
use crate::profile::Origin;
use crate::removability::RequiredBecause;

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

/// Why an app stays.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum KeeperReason {
    /// None of its groups keeps too many, so nothing has to change.
    Lawful,
    /// A waiver accepts it beside the group's keeper.
    Waived,
    /// It may not or cannot be changed.
    CannotBeMadeRemovable {
        /// Why not.
        because: Hindrance,
    },
    /// A maker declared it.
    Declared {
        /// Where.
        origin: Origin,
    },
    /// Making it removable instead would make the whole plan cost that much more.
    CheapestToKeep {
        /// The difference to the best plan that does not keep it.
        saves: u64,
    },
    /// It holds a role by default.
    HoldsRole {
        /// The role, `android.app.role.DIALER`.
        role: String,
    },
    /// The image prefers it for an activity.
    PreferredByImage {
        /// The component.
        component: String,
    },
    /// It is signed by the platform key.
    PlatformKey,
    /// The evidence for it is stronger than for others that cost as much.
    MoreEvidence {
        /// Its score.
        score: u32,
    },
    /// It lies in a privileged folder, others that cost as much do not.
    PrivilegedFolder,
    /// Nothing else told it from others that cost as much; the name decided, so that the result is always the same.
    FirstByName,
}

impl Localized for KeeperReason {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::Lawful => Text::new("none of its groups keeps too many", "其所属功能组均未超出上限")
                .get(language)
                .to_owned(),
            Self::Waived => Text::new("accepted by a waiver", "已由豁免接受").get(language).to_owned(),
            Self::CannotBeMadeRemovable { because } => {
                Text::new("it cannot be made removable: {because}", "无法使其可卸载：{because}")
                    .fill(language, &[("because", &because.localized(language))])
            }
            Self::Declared { origin } => Text::new("declared in {file}:{line}", "在 {file}:{line} 中声明")
                .fill(language, &[("file", &origin.file), ("line", &origin.line)]),
            Self::CheapestToKeep { saves } => Text::new(
                "cheapest to keep: any other choice costs {saves} more",
                "保留它代价最小：其他选择至少多 {saves}",
            )
            .fill(language, &[("saves", saves)]),
            Self::HoldsRole { role } => {
                Text::new("holds the role {role}", "持有角色 {role}").fill(language, &[("role", role)])
            }
            Self::PreferredByImage { component } => {
                Text::new("the image prefers it: {component}", "镜像将其设为首选：{component}")
                    .fill(language, &[("component", component)])
            }
            Self::PlatformKey => {
                Text::new("signed by the platform key", "使用平台密钥签名").get(language).to_owned()
            }
            Self::MoreEvidence { score } => {
                Text::new("the evidence for it is stronger, score {score}", "其证据更强，得分 {score}")
                    .fill(language, &[("score", score)])
            }
            Self::PrivilegedFolder => {
                Text::new("lies in a privileged folder", "位于特权目录").get(language).to_owned()
            }
            Self::FirstByName => {
                Text::new("equal in everything else, first by name", "其余条件相同，按名称排在最前")
                    .get(language)
                    .to_owned()
            }
        }
    }
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

/// What stands against keeping an app instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum WhyNot {
    /// The best plan that keeps it costs more.
    CostsMore {
        /// How much more.
        by: u64,
    },
    /// It would cost the same; roles, evidence, place or name decided.
    EqualCost,
    /// It would push out a keeper that was declared.
    AgainstDeclared,
    /// Apps that cannot be changed use up the room of this group.
    NoRoom {
        /// The group.
        group: Group,
    },
}

impl Localized for WhyNot {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::CostsMore { by } => {
                Text::new("costs {by} more", "代价多 {by}").fill(language, &[("by", by)])
            }
            Self::EqualCost => {
                Text::new("costs the same, less speaks for it", "代价相同，但支持它的理由较少")
                    .get(language)
                    .to_owned()
            }
            Self::AgainstDeclared => Text::new("would push out a declared keeper", "会挤掉已声明的保留应用")
                .get(language)
                .to_owned(),
            Self::NoRoom { group } => Text::new(
                "apps that cannot be changed use up the room of {group}",
                "不可更改的应用已占满功能组“{group}”的名额",
            )
            .fill(language, &[("group", &group.name().get(language))]),
        }
    }
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

/// Why something cannot be repaired.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Hindrance {
    /// The platform does not work without the package.
    RequiredByPlatform {
        /// What for.
        need: PlatformNeed,
    },
    /// No folder or list of this maker is known that makes an app removable. A step says what a person can do.
    NoKnownWay,
    /// Uninstalling is blocked on the device, whatever the image says.
    Blocked {
        /// What blocks it.
        by: String,
    },
    /// The base APK is a stub whose app lies compressed beside it: it works from its own place only.
    CompressedStub,
    /// It lies inside an APEX or a place that is not an app folder of the image, so it cannot move.
    NotAnAppFolder {
        /// Where it lies.
        path: String,
    },
    /// The app itself has to change.
    AppItself,
    /// A declared keeper that would break the rule, or that the device does not hold on to.
    DeclarationUnlawful {
        /// What is wrong with it.
        because: DeclarationFault,
        /// Where it was declared.
        origin: Origin,
    },
}

/// What the platform needs a package for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PlatformNeed {
    /// The id of the need in `config/required.toml`.
    pub id: String,
    /// What it is and why the platform needs it, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
    /// The fact that tells.
    pub evidence: String,
}

impl From<RequiredBecause> for PlatformNeed {
    fn from(because: RequiredBecause) -> Self {
        let [en, zh] = [Language::English, Language::Chinese].map(|language| because.localized(language));
        Self { id: because.need.id.clone(), en, zh, evidence: because.evidence }
    }
}

impl Localized for PlatformNeed {
    fn localized(&self, language: Language) -> String {
        match language {
            Language::English => self.en.clone(),
            Language::Chinese => self.zh.clone(),
        }
    }
}

/// What is wrong with a declared keeper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fault", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum DeclarationFault {
    /// The device does not have it.
    NotOnDevice,
    /// It is not of the group.
    NotOfGroup,
    /// Its user can remove it already; a plan only makes apps removable.
    Removable,
    /// With it a group would keep too many.
    TooMany {
        /// The packages that stay in its groups instead.
        keepers: Vec<PackageName>,
        /// The groups it would be too many in.
        groups: Vec<Group>,
    },
}

impl Localized for DeclarationFault {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::NotOnDevice => {
                Text::new("it is not on the device", "设备上没有该应用").get(language).to_owned()
            }
            Self::NotOfGroup => {
                Text::new("it is not of this group", "它不属于该功能组").get(language).to_owned()
            }
            Self::Removable => {
                Text::new("its user can remove it already", "用户已经可以卸载它").get(language).to_owned()
            }
            Self::TooMany { keepers, groups } => {
                Text::new("too many with {keepers} in: {groups}", "与 {keepers} 同时保留会超出上限：{groups}")
                    .fill(
                        language,
                        &[("keepers", &list(keepers, language)), ("groups", &names(groups, language))],
                    )
            }
        }
    }
}

impl Localized for Hindrance {
    fn localized(&self, language: Language) -> String {
        let fixed = |text: Text| text.get(language).to_owned();
        match self {
            Self::RequiredByPlatform { need } => {
                Text::new("the platform needs it: {need}", "平台必需：{need}")
                    .fill(language, &[("need", &need.localized(language))])
            }
            Self::NoKnownWay => fixed(Text::new(
                "no folder or list of this maker is known that makes an app removable",
                "该厂商没有已知的可卸载目录或清单",
            )),
            Self::Blocked { by } => {
                Text::new("uninstalling is blocked: {by}", "卸载被阻止：{by}").fill(language, &[("by", by)])
            }
            Self::CompressedStub => fixed(Text::new(
                "a stub for a compressed app, which works from its own place only",
                "压缩应用的占位包，只能在原位置工作",
            )),
            Self::NotAnAppFolder { path } => Text::new(
                "it lies in {path}, which is no app folder of the image",
                "位于 {path}，不是镜像的应用目录",
            )
            .fill(language, &[("path", path)]),
            Self::AppItself => fixed(Text::new("the app itself has to change", "须修改应用本身")),
            Self::DeclarationUnlawful { because, origin } => Text::new(
                "the keeper declared in {file}:{line} cannot stay: {because}",
                "{file}:{line} 中声明的保留应用不成立：{because}",
            )
            .fill(
                language,
                &[("file", &origin.file), ("line", &origin.line), ("because", &because.localized(language))],
            ),
        }
    }
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
