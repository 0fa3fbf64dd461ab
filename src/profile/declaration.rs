//! What a file declares beside a rule: keepers, waivers and claims.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use crate::package::Group;
use crate::profile::built_in::{self, built_in_ids};
use crate::profile::file::{Content, ProfileFile, Rule};
use crate::profile::problem::{Problem, Thing, Word};
use crate::profile::raw::{RawClaim, RawFile, RawKeeper, RawWaiver};
use crate::profile::resolved::{DeclaredClaim, Keeper, Waiver};
use crate::profile::validate::{Checker, is_layer};

impl Checker<'_> {
    /// Checks a keeper.
    pub(super) fn keeper(&mut self, raw: &RawKeeper) -> Option<(Range<usize>, Keeper)> {
        let (group, package) = (self.group_id(raw.group.as_ref()), self.package(raw.package.as_ref()));
        let (group, package) = (group?, package?);
        let place = raw.package.as_ref().map_or_else(|| raw.place.clone(), Spanned::span);
        self.once(Thing::Keeper, "keeper", &format!("{group}: {package}"), place.clone());
        Some((place, Keeper { group, package, origin: self.collector.origin(raw.place.start) }))
    }

    /// Notes keepers of groups that the profile, which is known here, does not have.
    pub(super) fn hold_to_groups(&self, raw: &RawFile, content: Option<&Content>) {
        let (profile, groups): (String, Vec<Group>) = match content {
            Some(Content::Rule(rule)) => {
                (rule.id.clone(), rule.groups.iter().map(|group| group.id).collect())
            }
            Some(Content::Layer { extends: Some(id) }) => (id.clone(), groups_of(id)),
            _ => return,
        };
        for place in raw.keepers.iter().filter_map(|keeper| keeper.group.as_ref()) {
            let group = Group::from_id(place.get_ref());
            if let Some(group) = group.filter(|group| !groups.contains(group)) {
                let problem =
                    Problem::GroupNotInProfile { group: group.id().to_owned(), profile: profile.clone() };
                self.collector.note(place.span(), problem);
            }
        }
    }

    /// Checks a waiver against the requirements it can name.
    pub(super) fn waiver(&mut self, raw: &RawWaiver, requirements: &[String]) -> Option<Waiver> {
        let package = self.package(raw.package.as_ref());
        let requirement = self.word(
            raw.requirement.as_ref(),
            Word::Requirement,
            requirements.iter().map(String::as_str),
            |id| requirements.iter().any(|known| known == id).then(|| id.to_owned()),
        );
        if let (Some(package), Some(requirement)) = (&package, &requirement) {
            let place = raw.package.as_ref().map_or_else(|| raw.place.clone(), Spanned::span);
            self.once(Thing::Waiver, "waiver", &format!("{requirement}: {package}"), place);
        }
        let signer = raw.signer.as_ref().map(|signer| self.digest(signer));
        let until = self.date(raw.until.as_ref());
        Some(Waiver {
            package: package?,
            requirement: requirement?,
            reason: raw.reason.as_ref()?.get_ref().clone(),
            owner: raw.owner.as_ref().map(|owner| owner.get_ref().clone()),
            signer: match signer {
                Some(digest) => Some(digest?),
                None => None,
            },
            until,
            origin: self.collector.origin(raw.place.start),
        })
    }

    /// Checks a claim.
    pub(super) fn claim(&mut self, raw: &RawClaim) -> Option<DeclaredClaim> {
        let package = self.package(raw.package.as_ref());
        if let (Some(package), Some(place)) = (&package, &raw.package) {
            self.once(Thing::Claim, "claim", package.as_str(), place.span());
        }
        let groups = raw.groups.as_ref()?.iter().filter_map(|group| self.group_id(Some(group)));
        let groups: BTreeSet<_> = groups.collect();
        let origin = self.collector.origin(raw.place.start);
        Some(DeclaredClaim { package: package?, groups: groups.into_iter().collect(), origin })
    }
}

/// Returns the requirements that a waiver of this file can name: the profile's own, or for a layer those of every
/// built-in profile.
pub(super) fn known_requirements(raw: &RawFile, content: Option<&Content>) -> Vec<String> {
    if raw.waivers.is_empty() {
        return Vec::new();
    }
    if !is_layer(raw) {
        return raw.requirements.iter().filter_map(|one| Some(one.id.as_ref()?.get_ref().clone())).collect();
    }
    let first = match content {
        Some(Content::Layer { extends: Some(id) }) => id.as_str(),
        _ => "",
    };
    let mut ids: Vec<&str> = built_in_ids().collect();
    ids.sort_by_key(|id| *id != first);
    let mut requirements: Vec<String> = Vec::new();
    for id in ids.into_iter().flat_map(requirements_of) {
        if !requirements.contains(&id) {
            requirements.push(id);
        }
    }
    requirements
}

fn requirements_of(id: &str) -> Vec<String> {
    let ids = |rule: &Rule| rule.requirements.iter().map(|requirement| requirement.id.clone()).collect();
    built_in::file(id).and_then(ProfileFile::rule).map(ids).unwrap_or_default()
}

fn groups_of(id: &str) -> Vec<Group> {
    let ids = |rule: &Rule| rule.groups.iter().map(|group| group.id).collect();
    built_in::file(id).and_then(ProfileFile::rule).map(ids).unwrap_or_default()
}
