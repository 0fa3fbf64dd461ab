//! What removability says about one package: may its user remove it, who decided, where that stands.

use serde::{Deserialize, Serialize};

use crate::language::Text;
use crate::removability::required::RequiredBecause;

/// The answer for one package in one folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Removability {
    /// Whether the user can remove it from the phone in its own interface.
    pub verdict: Verdict,
    /// The rule that fired.
    pub reason: Reason,
    /// The file, path or property that decided.
    pub decided_by: String,
    /// Other lists, places or properties that say the opposite and come after what decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// Whether the user can at least disable it in the interface; `None`: unknown.
    pub disable: Option<bool>,
    /// Whether `pm uninstall --user 0` from a shell would remove it for that user; `None`: unknown.
    pub by_shell: Option<bool>,
    /// Facts that could turn the verdict and that the source does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Why the platform needs the package, whatever the verdict; `None` when nothing says so. For the plan: not part of a
    /// result's files.
    #[serde(skip)]
    pub required: Option<RequiredBecause>,
}

/// May the user remove it?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The user can remove it (可卸载).
    Uninstallable,
    /// The user cannot (不可卸载).
    NonUninstallable,
    /// Not known, for a reason that stands beside it.
    Unknown,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Uninstallable, Self::NonUninstallable, Self::Unknown];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Uninstallable => "uninstallable",
            Self::NonUninstallable => "non-uninstallable",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the verdict as a word for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Uninstallable => Text::new("uninstallable", "可卸载"),
            Self::NonUninstallable => Text::new("non-uninstallable", "不可卸载"),
            Self::Unknown => Text::new("removability not known", "能否卸载未知"),
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }
}

/// The rules, in the order they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A list of the maker says it can be removed.
    MakerListRemovable,
    /// A list of the maker says it cannot be removed.
    MakerListFixed,
    /// It lies where the maker puts what users may remove.
    RemovableLocation,
    /// It lies where this maker may put what users may remove, and no list settles it.
    CandidateLocation,
    /// It lies on the data partition.
    DataPartition,
    /// Uninstalling is blocked, or it is a device admin, protected or required package.
    Blocked,
    /// It lies on a system partition and nothing above spoke (AOSP).
    SystemPartition,
    /// The package or the list that decides was not read.
    NotRead,
}

impl Reason {
    /// Every rule, in the order they are asked.
    pub const ALL: [Self; 8] = [
        Self::MakerListRemovable,
        Self::MakerListFixed,
        Self::RemovableLocation,
        Self::CandidateLocation,
        Self::DataPartition,
        Self::Blocked,
        Self::SystemPartition,
        Self::NotRead,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MakerListRemovable => "maker-list-removable",
            Self::MakerListFixed => "maker-list-fixed",
            Self::RemovableLocation => "removable-location",
            Self::CandidateLocation => "candidate-location",
            Self::DataPartition => "data-partition",
            Self::Blocked => "blocked",
            Self::SystemPartition => "system-partition",
            Self::NotRead => "not-read",
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_files() {
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::to_string(&verdict).unwrap(), format!("\"{}\"", verdict.id()));
        }
        for reason in Reason::ALL {
            assert_eq!(serde_json::to_string(&reason).unwrap(), format!("\"{}\"", reason.id()));
            assert_eq!(Reason::from_id(reason.id()), Some(reason));
        }
    }
}
