//! What an audit says: requirement by requirement, finding by finding, in XCCDF's words.

use serde::{Deserialize, Serialize};

use crate::package::{Group, PackageName};

/// The result of one requirement, of one finding, or of the whole (XCCDF 1.2 `ccdf:resultEnumType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are XCCDF's own")]
pub enum Outcome {
    Pass,
    Fail,
    Error,
    Unknown,
    NotApplicable,
    NotChecked,
    NotSelected,
    Informational,
    Fixed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 9] = [
        Self::Pass,
        Self::Fail,
        Self::Error,
        Self::Unknown,
        Self::NotApplicable,
        Self::NotChecked,
        Self::NotSelected,
        Self::Informational,
        Self::Fixed,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Error => "error",
            Self::Unknown => "unknown",
            Self::NotApplicable => "notapplicable",
            Self::NotChecked => "notchecked",
            Self::NotSelected => "notselected",
            Self::Informational => "informational",
            Self::Fixed => "fixed",
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }
}

/// An outcome worth telling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Finding {
    /// What the problem is.
    pub code: FindingCode,
    /// The requirement of the profile it belongs to, `R1-2`; `None` when it belongs to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// What it means for the requirement.
    pub outcome: Outcome,
    /// The group, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The packages concerned, sorted.
    pub packages: Vec<PackageName>,
    /// What it rests on: paths, files, list entries, reasons.
    pub evidence: Vec<FindingEvidence>,
    /// Reason of the waiver that accepts it; the outcome is then `informational`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
}

/// One thing a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct FindingEvidence {
    /// What it is about: a package name, a path, a profile key.
    pub subject: String,
    /// The fact, in the words of the stage that gave it (`system-partition`, `absent`, an evidence id).
    pub fact: String,
    /// Where the fact stands.
    pub origin: String,
}

/// Codes of findings. kebab-case in files, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FindingCode {
    /// A non-uninstallable app belongs to groups, none of which the profile allows.
    OutsideAllowedGroups,
    /// A group has more non-uninstallable apps than the profile allows.
    TooManyNonUninstallable,
    /// A non-uninstallable app belongs to no group.
    UnclassifiedNonUninstallable,
    /// The keeper declared in configuration is not the one the device keeps.
    DeclaredKeeperDiffers,
    /// The maker's claim and the facts disagree.
    ClaimContradicted,
    /// Whether an app can be removed is not known.
    RemovabilityUnknown,
    /// What an app is for, or whether it is in scope, is not known or not sure.
    ClassificationUnknown,
    /// Something the device has was not read.
    IncompleteInventory,
    /// One package lies in two folders.
    DuplicatePackage,
    /// An entry hinders its own removal: blank name, no icon, hidden.
    HinderedRemoval,
    /// A person must judge an open test; the finding says which evidence there is.
    OpenTest,
    /// A waiver that matched nothing.
    UnmatchedWaiver,
    /// A waiver whose end date has passed.
    ExpiredWaiver,
    /// A disabled or removed-for-the-user app, whose standing the profile decides.
    DisabledOnly,
    /// An app that a user had removed is installed for that user again.
    RestoredAfterUpdate,
    /// A change that a journal says was made does not stand any more.
    ChangeReverted,
}

impl FindingCode {
    /// Every code.
    pub const ALL: [Self; 16] = [
        Self::OutsideAllowedGroups,
        Self::TooManyNonUninstallable,
        Self::UnclassifiedNonUninstallable,
        Self::DeclaredKeeperDiffers,
        Self::ClaimContradicted,
        Self::RemovabilityUnknown,
        Self::ClassificationUnknown,
        Self::IncompleteInventory,
        Self::DuplicatePackage,
        Self::HinderedRemoval,
        Self::OpenTest,
        Self::UnmatchedWaiver,
        Self::ExpiredWaiver,
        Self::DisabledOnly,
        Self::RestoredAfterUpdate,
        Self::ChangeReverted,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OutsideAllowedGroups => "outside-allowed-groups",
            Self::TooManyNonUninstallable => "too-many-non-uninstallable",
            Self::UnclassifiedNonUninstallable => "unclassified-non-uninstallable",
            Self::DeclaredKeeperDiffers => "declared-keeper-differs",
            Self::ClaimContradicted => "claim-contradicted",
            Self::RemovabilityUnknown => "removability-unknown",
            Self::ClassificationUnknown => "classification-unknown",
            Self::IncompleteInventory => "incomplete-inventory",
            Self::DuplicatePackage => "duplicate-package",
            Self::HinderedRemoval => "hindered-removal",
            Self::OpenTest => "open-test",
            Self::UnmatchedWaiver => "unmatched-waiver",
            Self::ExpiredWaiver => "expired-waiver",
            Self::DisabledOnly => "disabled-only",
            Self::RestoredAfterUpdate => "restored-after-update",
            Self::ChangeReverted => "change-reverted",
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
        for outcome in Outcome::ALL {
            assert_eq!(serde_json::to_string(&outcome).unwrap(), format!("\"{}\"", outcome.id()));
        }
        for code in FindingCode::ALL {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.id()));
            assert_eq!(FindingCode::from_id(code.id()), Some(code));
        }
    }
}
