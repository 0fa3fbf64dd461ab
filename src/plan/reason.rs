//! Why an app of a group stays non-uninstallable, and what stands against the others.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized, Text};
use crate::package::Group;
use crate::plan::hindrance::Hindrance;
use crate::profile::Origin;

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
