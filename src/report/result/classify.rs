//! The result of `keepone classify`.

use serde::{Deserialize, Serialize};

use crate::classify::{Classification, EvidenceKind, Scope, Status};
use crate::diagnostic::Diagnostic;
use crate::inventory::Inventory;
use crate::package::Sha256Digest;
use crate::report::result::{Head, PackageEntry};
use crate::source::unread::Unread;

/// The result of `keepone classify`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ClassifyResult {
    /// Who says it, of what.
    #[serde(flatten)]
    pub head: Head,
    /// Digest of the evidence rules that were used (`config/groups.toml`).
    pub groups_sha256: Sha256Digest,
    /// Kinds of evidence that were left out of account.
    pub ignored_evidence: Vec<EvidenceKind>,
    /// Every package in every folder it was found in, sorted by name and path.
    pub packages: Vec<PackageEntry>,
    /// What could not be read, each with its reason.
    pub unread: Vec<Unread>,
    /// Problems of the input that lost no package.
    pub diagnostics: Vec<Diagnostic>,
    /// Counts of the above.
    pub summary: ClassifySummary,
}

/// Counts of a [`ClassifyResult`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ClassifySummary {
    /// Packages, counted once per folder, also those of which only the name is known.
    pub packages: usize,
    /// Of these, in scope.
    pub in_scope: usize,
    /// Packages whose scope is not known.
    pub scope_unknown: usize,
    /// Packages in scope that are members of at least one group.
    pub members: usize,
    /// Packages in scope with a group that a person must look at.
    pub review: usize,
    /// Things that could not be read.
    pub unread: usize,
}

impl ClassifyResult {
    /// Puts together what classification said about an inventory; `classifications` are in the order of its packages.
    pub fn new(
        inventory: &Inventory,
        classifications: &[Classification],
        groups_sha256: Sha256Digest,
        ignored_evidence: Vec<EvidenceKind>,
    ) -> Self {
        let packages = PackageEntry::all(inventory, classifications, None);
        let summary = ClassifySummary::of(&packages, inventory.unread().len());
        Self {
            head: Head::of(inventory),
            groups_sha256,
            ignored_evidence,
            packages,
            unread: inventory.unread().to_vec(),
            diagnostics: inventory.snapshot().diagnostics.clone(),
            summary,
        }
    }
}

impl ClassifySummary {
    fn of(packages: &[PackageEntry], unread: usize) -> Self {
        let in_scope = || packages.iter().filter(|package| package.in_scope == Some(true));
        let has =
            |status| move |package: &&PackageEntry| package.groups.iter().any(|group| group.status == status);
        Self {
            packages: packages.iter().filter(|package| package.scope != Scope::NotRead).count(),
            in_scope: in_scope().count(),
            scope_unknown: packages.iter().filter(|package| package.scope == Scope::Unknown).count(),
            members: in_scope().filter(has(Status::Member)).count(),
            review: in_scope().filter(has(Status::Review)).count(),
            unread,
        }
    }
}
