//! One step of a plan: what to do, under which condition, how to undo it, what it costs and what is lost by it.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName};
use crate::plan::kind::{LossKind, StepKind};

/// A step of the build-time plan. Steps run in the order of the plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// The package whose standing the step changes.
    pub package: PackageName,
    /// What is done.
    pub kind: StepKind,
    /// Why the package may not stay as it is.
    pub because: Because,
    /// For a move: the code path, a folder or one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// For a move: the code path afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// For a move: the package's own files, the base first, then its splits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Moved>,
    /// For an edit: the file and what changes in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// Whether it may be done unasked.
    pub applicability: Applicability,
    /// What must hold when the step runs; re-checked at that moment.
    pub preconditions: Vec<Precondition>,
    /// What undoes it.
    pub inverse: Inverse,
    /// What it costs, losses included; the unit is that of `config/step-costs.toml`.
    pub cost: u64,
    /// What is lost by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loses: Vec<Loss>,
}

/// A file that moves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Moved {
    /// Where it lies, as a path on the device.
    pub from: String,
    /// Where it goes.
    pub to: String,
}

/// A change of one entry of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Edit {
    /// The file, as a path on the device.
    pub file: String,
    /// The id of the maker's list in `config/preload-paths.toml`, where the file is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// What the entry names: a package, a path, or a resource.
    pub subject: String,
    /// What the entry says of it, in the list's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The line to add or to take out, as it stands in the file; where entries are no lines, the entry.
    pub line: String,
    /// Whether an entry is a line of its own, so that a script can edit it.
    pub whole_line: bool,
}

/// May a step run unasked? Words as in ruff's fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Nothing is lost.
    Safe,
    /// Something is lost; somebody has to agree.
    NeedsConsent,
    /// Told, never done by this program.
    DisplayOnly,
}

impl Applicability {
    /// Returns the word for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Safe => Text::new("safe", "安全"),
            Self::NeedsConsent => Text::new("needs consent", "需要同意"),
            Self::DisplayOnly => Text::new("display only", "仅提示"),
        }
    }
}

/// Why a package may not stay non-uninstallable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Because {
    /// None of its groups may have a non-uninstallable app.
    OutsideAllowedGroups,
    /// It is the app of no group.
    NoGroup,
    /// Its group keeps others.
    OthersStay {
        /// The groups it would be too many in.
        groups: Vec<Group>,
        /// The keepers of those groups.
        keepers: Vec<PackageName>,
    },
}

impl Localized for Because {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::OutsideAllowedGroups => Text::new(
                "none of its groups may have a non-uninstallable app",
                "其所属功能组均不允许不可卸载",
            )
            .get(language)
            .to_owned(),
            Self::NoGroup => {
                Text::new("it serves no function group", "不属于任何功能组").get(language).to_owned()
            }
            Self::OthersStay { groups, keepers } if keepers.is_empty() => {
                Text::new("there is no room for it among: {groups}", "以下功能组没有余量：{groups}")
                    .fill(language, &[("groups", &names(groups, language))])
            }
            Self::OthersStay { groups, keepers } => Text::new(
                "{keepers} stays for: {groups}",
                "以下功能组保留 {keepers}：{groups}",
            )
            .fill(language, &[("keepers", &list(keepers, language)), ("groups", &names(groups, language))]),
        }
    }
}

/// What must hold when a step runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "that", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Precondition {
    /// The package lies at this code path.
    LiesAt {
        /// The path on the device.
        path: String,
    },
    /// Nothing lies where it goes.
    NothingAt {
        /// The path on the device.
        path: String,
    },
    /// The line stands in the file.
    LineStands {
        /// The file, as a path on the device.
        file: String,
        /// The line.
        line: String,
    },
    /// The line does not stand in the file.
    LineAbsent {
        /// The file, as a path on the device.
        file: String,
        /// The line.
        line: String,
    },
    /// The group keeps this app, so that the function is not lost with the package.
    KeeperStays {
        /// The group.
        group: Group,
        /// Its keeper.
        package: PackageName,
    },
    /// One of these is still there for the group, so that its last app is not removed.
    AnotherStays {
        /// The group.
        group: Group,
        /// The other apps of the group.
        packages: Vec<PackageName>,
    },
    /// Another package holds the role, or stands ready as its default holder.
    RoleHeldBy {
        /// The role, `android.app.role.DIALER`.
        role: String,
        /// The package.
        package: PackageName,
    },
}

impl Localized for Precondition {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::LiesAt { path } => {
                Text::new("it lies at {path}", "它位于 {path}").fill(language, &[("path", path)])
            }
            Self::NothingAt { path } => {
                Text::new("nothing lies at {path}", "{path} 处没有文件").fill(language, &[("path", path)])
            }
            Self::LineStands { file, line } => {
                Text::new("{file} holds the line {line}", "{file} 中有此行：{line}")
                    .fill(language, &[("file", file), ("line", line)])
            }
            Self::LineAbsent { file, line } => {
                Text::new("{file} does not hold the line {line}", "{file} 中没有此行：{line}")
                    .fill(language, &[("file", file), ("line", line)])
            }
            Self::KeeperStays { group, package } => {
                Text::new("{package} stays for {group}", "{group}保留 {package}")
                    .fill(language, &[("package", package), ("group", &group.name().get(language))])
            }
            Self::AnotherStays { group, packages } => Text::new(
                "one of these is still there for {group}: {packages}",
                "{group}仍有以下应用之一：{packages}",
            )
            .fill(
                language,
                &[("group", &group.name().get(language)), ("packages", &list(packages, language))],
            ),
            Self::RoleHeldBy { role, package } => {
                Text::new("{package} holds the role {role}", "{package} 持有角色 {role}")
                    .fill(language, &[("package", package), ("role", role)])
            }
        }
    }
}

/// What undoes a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Inverse {
    /// Moving it back.
    MoveBack {
        /// Where the step put it.
        from: String,
        /// Where it lay.
        to: String,
    },
    /// Taking the line out again.
    TakeOutLine {
        /// The file, as a path on the device.
        file: String,
        /// The line.
        line: String,
    },
    /// Putting the line back.
    PutBackLine {
        /// The file, as a path on the device.
        file: String,
        /// The line.
        line: String,
    },
    /// Handing the role back.
    HandBack {
        /// The role.
        role: String,
        /// Its holder before.
        to: PackageName,
    },
    /// `cmd package install-existing`: the app comes back for the user, its data does not.
    InstallExisting,
    /// Blocking uninstalling again.
    Block,
    /// No longer blocking it.
    Unblock,
    /// Undoing by hand what was done by hand.
    ByHand,
}

impl Localized for Inverse {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::MoveBack { from, to } => Text::new("move {from} back to {to}", "将 {from} 移回 {to}")
                .fill(language, &[("from", from), ("to", to)]),
            Self::TakeOutLine { file, line } => {
                Text::new("take the line {line} out of {file}", "从 {file} 中删除此行：{line}")
                    .fill(language, &[("file", file), ("line", line)])
            }
            Self::PutBackLine { file, line } => {
                Text::new("put the line {line} back into {file}", "在 {file} 中恢复此行：{line}")
                    .fill(language, &[("file", file), ("line", line)])
            }
            Self::HandBack { role, to } => {
                Text::new("hand {role} back to {package}", "将 {role} 交还 {package}")
                    .fill(language, &[("role", role), ("package", to)])
            }
            Self::InstallExisting => Text::new(
                "install it for the user from the image again; its data does not come back",
                "从镜像中为用户重新安装；其数据无法恢复",
            )
            .get(language)
            .to_owned(),
            Self::Block => Text::new("block uninstalling again", "重新阻止卸载").get(language).to_owned(),
            Self::Unblock => Text::new("allow uninstalling again", "重新允许卸载").get(language).to_owned(),
            Self::ByHand => Text::new("undo by hand", "人工撤销").get(language).to_owned(),
        }
    }
}

/// Something lost by a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Loss {
    /// What kind of thing.
    pub kind: LossKind,
    /// Which ones, where there are several: permissions, roles, components, the shared user id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Its part of the step's cost.
    pub cost: u64,
}

impl Localized for Loss {
    fn localized(&self, language: Language) -> String {
        let text = self.kind.text().get(language);
        let colon = Text::new(": ", "：").get(language);
        if self.items.is_empty() {
            text.to_owned()
        } else {
            format!("{text}{colon}{}", list(&self.items, language))
        }
    }
}

/// Joins items as each language does.
pub(crate) fn list<T: std::fmt::Display>(items: &[T], language: Language) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(Text::new(", ", "、").get(language))
}

/// Joins the names of groups.
pub(crate) fn names(groups: &[Group], language: Language) -> String {
    let names: Vec<&str> = groups.iter().map(|group| group.name().get(language)).collect();
    list(&names, language)
}
