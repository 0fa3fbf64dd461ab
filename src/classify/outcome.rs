//! What classification says about one package: in scope or not, which groups, on what evidence.

use serde::{Deserialize, Serialize};

use crate::language::Text;
use crate::package::Group;

/// The answer for one package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Classification {
    /// Whether the rule looks at this package at all.
    pub scope: Scope,
    /// Groups it is a member of, or that a person must look at; strongest first, then in the order of the groups.
    pub groups: Vec<Membership>,
    /// Groups that cannot be ruled out because a fact is unknown (an `enabled` given by reference, filters not read).
    pub undecided: Vec<Group>,
}

/// Whether the rule looks at a package: shipped with the device, with a user-visible entry, usable on its own
/// (TC260-002 clause 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// It has an enabled launcher entry.
    InScope,
    /// No launcher entry.
    NoEntry,
    /// A resource overlay or a library.
    NotAnApp,
    /// The user installed it: it lies on the data partition and the platform does not call it a system app. Only a
    /// running device can tell.
    NotShipped,
    /// Whether it has an entry that is enabled, or whether it was shipped, hangs on something that was not read.
    Unknown,
    /// The package itself was not read; only its name is known.
    NotRead,
}

impl Scope {
    /// Every answer.
    pub const ALL: [Self; 6] =
        [Self::InScope, Self::NoEntry, Self::NotAnApp, Self::NotShipped, Self::Unknown, Self::NotRead];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::InScope => "in-scope",
            Self::NoEntry => "no-entry",
            Self::NotAnApp => "not-an-app",
            Self::NotShipped => "not-shipped",
            Self::Unknown => "unknown",
            Self::NotRead => "not-read",
        }
    }

    /// Returns the answer for people: is it in scope, and why.
    pub const fn text(self) -> Text {
        match self {
            Self::InScope => Text::new("yes: it has an enabled launcher entry", "是：有启用的桌面入口"),
            Self::NoEntry => Text::new("no: it has no launcher entry", "否：没有桌面入口"),
            Self::NotAnApp => {
                Text::new("no: it is a resource overlay or a library", "否：属于资源覆盖包或库")
            }
            Self::NotShipped => Text::new("no: the user installed it", "否：由用户安装"),
            Self::NotRead => Text::new(
                "not known: the package itself was not read, only its name",
                "未知：应用包本身未被读取，只知道名称",
            ),
            Self::Unknown => Text::new(
                "not known: whether it has an enabled launcher entry, or was shipped, hangs on a value that was not read",
                "未知：是否有启用的桌面入口，或是否随机预装，取决于未读取到的值",
            ),
        }
    }

    /// Returns `Some` when decided, `None` when not known.
    pub const fn decided(self) -> Option<bool> {
        match self {
            Self::InScope => Some(true),
            Self::NoEntry | Self::NotAnApp | Self::NotShipped => Some(false),
            Self::Unknown | Self::NotRead => None,
        }
    }

    /// Returns whether the rule must reckon with the package: in scope, or not known to be out of it.
    pub const fn may_be_in(self) -> bool {
        matches!(self, Self::InScope | Self::Unknown | Self::NotRead)
    }
}

/// A package's standing in one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Membership {
    /// The group.
    pub id: Group,
    /// Member, or for a person to decide.
    pub status: Status,
    /// The sum of the evidence, cut to 0..=100.
    pub score: u8,
    /// What the score rests on, heaviest first.
    pub evidence: Vec<Evidence>,
}

/// How sure a membership is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A member of the group.
    Member,
    /// The evidence is not enough for either answer.
    Review,
}

/// One observed fact used for a claim about a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Evidence {
    /// The id of the evidence in `config/groups.toml`.
    pub id: String,
    /// What kind of fact it is.
    pub kind: EvidenceKind,
    /// What it adds to the score; negative when it speaks against.
    pub weight: i16,
    /// Where the fact stands: the component, permission, name or file that was matched.
    pub origin: String,
}

/// Kinds of evidence, so that some can be left out (`--ignore-evidence`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// Default holder of a role, or qualified for it.
    Role,
    /// Answers to intents.
    Intent,
    /// `CATEGORY_APP_*` on a launcher entry.
    Category,
    /// Permissions, features, providers, meta-data, shared user ids: declared, not answered.
    Declared,
    /// A preferred activity or other file of the image. Only a tree can give it.
    Image,
    /// Words in the package name or in class names.
    Name,
    /// Words in a label.
    Label,
    /// The maker's own word.
    Claim,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Role,
        Self::Intent,
        Self::Category,
        Self::Declared,
        Self::Image,
        Self::Name,
        Self::Label,
        Self::Claim,
    ];

    /// Returns the word used on the command line and in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Intent => "intent",
            Self::Category => "category",
            Self::Declared => "declared",
            Self::Image => "image",
            Self::Name => "name",
            Self::Label => "label",
            Self::Claim => "claim",
        }
    }
}
