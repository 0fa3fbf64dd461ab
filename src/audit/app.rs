//! One app as the rule counts it: all folders of a package together.

use std::collections::BTreeSet;

use crate::audit::outcome::FindingEvidence;
use crate::classify::{Classification, Scope, Status};
use crate::inventory::Inventory;
use crate::package::{Group, PackageName};
use crate::profile::Switches;
use crate::removability::outcome::{Removability, Verdict};
use crate::source::snapshot::PackageFacts;

/// A package with everything that is known of it.
#[derive(Clone, Debug)]
pub struct App<'a> {
    /// Its name.
    pub name: &'a PackageName,
    /// The facts of each folder it lies in, what it is for there, and whether it can be removed; see
    /// [`App::folders`].
    packages: &'a [PackageFacts],
    classifications: &'a [Classification],
    removabilities: &'a [Removability],
    /// Whether the rule looks at it; `None`: not known.
    pub in_scope: Option<bool>,
    /// Whether the device holds on to it.
    pub hold: Hold,
    /// Groups it is a member of.
    pub members: BTreeSet<Group>,
    /// Further groups it may be a member of: for a person to decide, or left open by an unknown fact.
    pub possible: BTreeSet<Group>,
}

/// Whether the user can get rid of an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// Some folder of it cannot be removed.
    Fixed,
    /// Not known.
    Unknown,
    /// It can be removed.
    Removable,
    /// It cannot be removed, and the profile counts the state it is in as uninstalled.
    Idle,
}

impl<'a> App<'a> {
    /// Returns its folders: facts, what it is for, whether it can be removed.
    pub fn folders(
        &self,
    ) -> impl Iterator<Item = (&'a PackageFacts, &'a Classification, &'a Removability)> + Clone + use<'a>
    {
        let judged = self.classifications.iter().zip(self.removabilities);
        let folders = self.packages.iter().zip(judged);
        folders.map(|(package, (classification, removability))| (package, classification, removability))
    }

    /// Returns whether the rule must reckon with it as held: fixed and surely in scope.
    pub(super) fn counts(&self) -> bool {
        self.in_scope == Some(true) && self.hold == Hold::Fixed
    }

    /// Returns whether it could turn out to count.
    pub(super) fn may_count(&self) -> bool {
        self.in_scope != Some(false) && matches!(self.hold, Hold::Fixed | Hold::Unknown)
    }

    /// Returns why each folder can or cannot be removed, as evidence of a finding.
    pub(super) fn hold_evidence(&self) -> Vec<FindingEvidence> {
        let of = |removability: &Removability| FindingEvidence {
            subject: self.name.to_string(),
            fact: removability.reason.id().to_owned(),
            origin: removability.decided_by.clone(),
        };
        self.folders().map(|(_, _, removability)| of(removability)).collect()
    }

    /// Returns the heaviest evidence for its standing in `group`.
    pub(super) fn group_evidence(&self, group: Group) -> Option<FindingEvidence> {
        let memberships = self.folders().flat_map(|(_, classification, _)| &classification.groups);
        let heaviest =
            memberships.filter(|membership| membership.id == group).find_map(|m| m.evidence.first())?;
        Some(FindingEvidence {
            subject: self.name.to_string(),
            fact: format!("{group}: {}", heaviest.id),
            origin: heaviest.origin.clone(),
        })
    }
}

/// Puts the folders of every package together. Names are in order; what was not judged is no app.
pub fn apps<'a>(
    inventory: &'a Inventory,
    mut classifications: &'a [Classification],
    mut removabilities: &'a [Removability],
    switches: Switches,
) -> Vec<App<'a>> {
    let app = |(name, packages): (&'a PackageName, &'a [PackageFacts])| {
        let mut app = App {
            name,
            packages,
            classifications: classifications.split_off(..packages.len())?,
            removabilities: removabilities.split_off(..packages.len())?,
            in_scope: Some(false),
            hold: Hold::Removable,
            members: BTreeSet::new(),
            possible: BTreeSet::new(),
        };
        settle(&mut app, switches);
        Some(app)
    };
    let mut apps = Vec::with_capacity(inventory.packages().len());
    apps.extend(inventory.by_name().map_while(app));
    apps
}

/// Draws the conclusion from all folders: the one that keeps most counts.
fn settle(app: &mut App<'_>, switches: Switches) {
    let scopes = || app.folders().map(|(_, classification, _)| classification.scope);
    app.in_scope = if scopes().any(|scope| scope == Scope::InScope) {
        Some(true)
    } else if scopes().any(|scope| scope == Scope::Unknown) {
        None
    } else {
        Some(false)
    };
    let verdicts = || app.folders().map(|(_, _, removability)| removability.verdict);
    app.hold = if verdicts().any(|verdict| verdict == Verdict::NonUninstallable) {
        if app.folders().all(|(package, _, _)| is_idle(package, switches)) { Hold::Idle } else { Hold::Fixed }
    } else if verdicts().any(|verdict| verdict == Verdict::Unknown) {
        Hold::Unknown
    } else {
        Hold::Removable
    };
    for (_, classification, _) in app.folders() {
        for membership in &classification.groups {
            match membership.status {
                Status::Member if switches.count_in_each_group || app.members.is_empty() => {
                    app.members.insert(membership.id);
                }
                Status::Member => {}
                Status::Review => {
                    app.possible.insert(membership.id);
                }
            }
        }
        app.possible.extend(&classification.undecided);
    }
}

/// Returns whether every user has the package in a state that the profile counts as uninstalled.
fn is_idle(package: &PackageFacts, switches: Switches) -> bool {
    let idle = |state: &crate::source::snapshot::UserState| {
        (switches.disabled_counts_as_uninstalled && state.enabled == Some(false))
            || (switches.removed_for_user_counts_as_uninstalled && state.installed == Some(false))
    };
    !package.states.is_empty() && package.states.iter().all(idle)
}
