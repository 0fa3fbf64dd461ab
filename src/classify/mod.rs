//! Stage 3a: what an app is for, and why. Takes an [`Inventory`] and the evidence of `config/groups.toml`, gives one
//! [`Classification`] per package; never looks at whether it can be removed.
//!
//! Evidence decides, names only support: roles and answers to intents weigh most, words in names and labels least, and
//! permissions alone decide nothing. What hangs on an unresolved reference counts neither for nor against, and is
//! reported as undecided where it could turn the answer.

mod answers;
pub mod entry;
pub mod filter;
pub mod groups;
mod named;
mod observe;
pub mod outcome;
mod patterns;
pub mod question;
mod raw;
mod reader;
pub mod signal;
mod surroundings;
mod unread;
mod weigh;
mod words;

use std::collections::BTreeSet;

use crate::cores::{in_parts, joined};
use crate::inventory::Inventory;
use crate::source::snapshot::PackageFacts;
use unread::Part;

pub use groups::Groups;
pub use outcome::{Classification, Evidence, EvidenceKind, Membership, Scope, Status};

/// What to leave out of account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Kinds of evidence that are not observed (`--ignore-evidence name,label`).
    pub ignore: BTreeSet<EvidenceKind>,
}

/// Classifies every package of `inventory`, in the order of [`Inventory::packages`].
pub fn classify(inventory: &Inventory, groups: &Groups, options: &Options) -> Vec<Classification> {
    let classifier = Classifier::new(inventory, groups, options);
    joined(in_parts(inventory.packages(), |part| {
        part.iter().map(|package| classifier.classify(package)).collect()
    }))
}

/// The evidence of `config/groups.toml` at work on the packages of one device.
pub struct Classifier<'a> {
    surroundings: surroundings::Surroundings<'a>,
    groups: &'a Groups,
    options: &'a Options,
}

impl<'a> Classifier<'a> {
    /// Begins with what the image says of its packages.
    pub fn new(inventory: &'a Inventory, groups: &'a Groups, options: &'a Options) -> Self {
        Self { surroundings: surroundings::Surroundings::new(inventory), groups, options }
    }

    /// Says what one package is for.
    pub fn classify(&self, package: &'a PackageFacts) -> Classification {
        let Self { surroundings, groups, options } = self;
        let entries = entry::entries(package, surroundings.overrides());
        let whole = !surroundings.unread.of(package).contains(Part::Activities);
        let scope = entry::scope(package, &entries, whole);
        if !scope.may_be_in() {
            return Classification { scope, groups: Vec::new(), undecided: Vec::new() };
        }
        let observed = observe::observe(package, &entries, surroundings, groups, options);
        let (memberships, undecided) = weigh::memberships(package, &observed, groups);
        Classification { scope, groups: memberships, undecided }
    }
}

/// Weighs every group for one package, also those far below the thresholds, for an explanation.
///
/// Each entry has the evidence that was observed, whatever its sum.
pub fn weigh_all(
    package: &PackageFacts,
    inventory: &Inventory,
    groups: &Groups,
    options: &Options,
) -> Vec<(crate::package::Group, i32, Vec<Evidence>)> {
    let surroundings = surroundings::Surroundings::new(inventory);
    let entries = entry::entries(package, surroundings.overrides());
    let observed = observe::observe(package, &entries, &surroundings, groups, options);
    weigh::all(package, &observed, groups)
}
