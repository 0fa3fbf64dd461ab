//! A profile as an audit uses it: whole, checked, every value with its origin.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Text};
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
    pub source: Bilingual,
    /// The groups a non-uninstallable app may belong to. Empty for an open test.
    pub groups: Vec<GroupRule>,
    /// Its clauses, as requirements that can be held against a device.
    pub requirements: Vec<Requirement>,
    /// What the instrument leaves open and this profile decides.
    pub switches: Switches,
    /// Where each switch was set.
    pub switch_origins: SwitchOrigins,
    /// Keepers that a maker declared, for groups this profile has.
    pub keepers: Vec<Keeper>,
    /// Accepted exceptions to requirements this profile has.
    pub waivers: Vec<Waiver>,
    /// What layers say about the function of packages: weak evidence, to be treated as any other claim.
    pub claims: Vec<DeclaredClaim>,
    /// What layers declare for other profiles than this one; it has no effect here and is shown.
    pub idle: Idle,
    /// The files this profile was made of, lowest layer first; the first is the one with the requirements.
    pub layers: Vec<Layer>,
}

/// A text of a file in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Bilingual {
    /// Returns the text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

/// Whether an instrument binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Binding on its addressees.
    Binding,
    /// A guide or recommended standard in force.
    Guide,
    /// A draft.
    Draft,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Binding, Self::Guide, Self::Draft];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Guide => "guide",
            Self::Draft => "draft",
        }
    }

    /// Returns the word for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Binding => Text::new("binding", "具有约束力"),
            Self::Guide => Text::new("guide or recommended standard", "指南或推荐性标准"),
            Self::Draft => Text::new("draft", "征求意见稿"),
        }
    }
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
    /// Where it was set.
    pub origin: Origin,
}

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The id, `R1-2`.
    pub id: String,
    /// The clause it comes from.
    pub clause: Bilingual,
    /// What it asks.
    pub text: Bilingual,
    /// What is not known or is our reading, where there is such a thing.
    pub note: Option<Bilingual>,
    /// Where its text was read.
    pub source: Bilingual,
    /// How it is checked.
    pub check: Check,
    /// How well its text is known: `H` read in full, `M` read in part or in a serious secondary source, `L` not read.
    pub confidence: String,
    /// Where it was set.
    pub origin: Origin,
}

/// How a requirement is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Check {
    /// Every check.
    pub const ALL: [Self; 6] =
        [Self::Inventory, Self::AllowedGroups, Self::Cap, Self::HinderedRemoval, Self::Open, Self::Person];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::AllowedGroups => "allowed-groups",
            Self::Cap => "cap",
            Self::HinderedRemoval => "hindered-removal",
            Self::Open => "open",
            Self::Person => "person",
        }
    }

    /// Returns how the check is done, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Inventory => {
                Text::new("checked: every package of the device was read", "检查：设备上的每个应用包均已读取")
            }
            Self::AllowedGroups => Text::new(
                "checked: each non-uninstallable app in scope belongs to an allowed group",
                "检查：范围内每个不可卸载的应用都属于允许的功能组",
            ),
            Self::Cap => Text::new(
                "checked: no group has more non-uninstallable apps than allowed",
                "检查：任何功能组的不可卸载应用数量均不超过上限",
            ),
            Self::HinderedRemoval => Text::new(
                "checked: no app hinders its own removal by a blank name, a missing icon or hiding",
                "检查：没有应用以空白名称、无图标或隐藏的方式妨碍卸载",
            ),
            Self::Open => Text::new(
                "open test: each non-uninstallable app is listed with the evidence that a person must judge",
                "开放性判断：列出每个不可卸载的应用及其证据，由人判定",
            ),
            Self::Person => Text::new(
                "not checked: needs papers, the device in hand or a person",
                "不检查：需要查阅文件、实机操作或由人判定",
            ),
        }
    }
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

impl Default for Switches {
    /// Returns the strict reading.
    fn default() -> Self {
        Self {
            disabled_counts_as_uninstalled: false,
            removed_for_user_counts_as_uninstalled: false,
            count_in_each_group: true,
        }
    }
}

/// Where each switch was set; `None`: nowhere, so it has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitchOrigins {
    /// Of [`Switches::disabled_counts_as_uninstalled`].
    pub disabled: Option<Origin>,
    /// Of [`Switches::removed_for_user_counts_as_uninstalled`].
    pub removed_for_user: Option<Origin>,
    /// Of [`Switches::count_in_each_group`].
    pub count_in_each_group: Option<Origin>,
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

/// Somebody's word, in a profile file, about what a package is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredClaim {
    /// The package.
    pub package: PackageName,
    /// The groups it is said to serve; empty: said to serve none.
    pub groups: Vec<Group>,
    /// Where it was declared.
    pub origin: Origin,
}

/// Declarations that concern other profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idle {
    /// Keepers of groups this profile does not have.
    pub keepers: Vec<Keeper>,
    /// Waivers of requirements that other profiles have.
    pub waivers: Vec<Waiver>,
    /// Files that extend another profile, or lie where no layer is read.
    pub files: Vec<String>,
}

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
