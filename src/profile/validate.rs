//! What a file's values mean: ids that exist, dates of the calendar, package names, no duplicates.
//!
//! Takes the raw shapes, gives what the file states; every mistake is noted and the reading goes on, so that the author
//! sees them all.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use crate::profile::built_in::built_in_ids;
use crate::profile::declaration::known_requirements;
use crate::profile::file::{Content, Rule};
use crate::profile::mistake::Collector;
use crate::profile::problem::{FILE, Problem, Thing, Word};
use crate::profile::raw::{RawFile, RawGroup, RawRequirement, RawSwitches};
use crate::profile::resolved::{
    Check, DeclaredClaim, GroupRule, Keeper, Requirement, Standing, SwitchOrigins, Switches, Waiver,
};
use crate::profile::table::Placed;

/// The version of the format that is written and the newest that is read.
pub const SCHEMA_VERSION: u32 = 1;

/// The most non-uninstallable apps that a profile can allow one group.
const MAX_CAP: u32 = 99;

/// How well a text can be known.
const CONFIDENCES: [&str; 3] = ["H", "M", "L"];

/// Everything a file states, before it is known whether a mistake was noted.
pub(super) struct Stated {
    pub(super) content: Option<Content>,
    pub(super) keepers: Vec<(Range<usize>, Keeper)>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) claims: Vec<DeclaredClaim>,
}

/// Returns whether a file of this version can be read, and notes it when it cannot, or when there is no such version.
pub(super) fn is_readable(version: Placed<String>, collector: &Collector) -> bool {
    let Some(version) = version else { return true };
    let (place, found) = (version.span(), version.into_inner());
    let is_newer =
        found.parse::<u32>().map_or(found.len() > 9 && !found.starts_with('-'), |n| n > SCHEMA_VERSION);
    if is_newer {
        collector.note(place, Problem::NewerSchema { found, newest: SCHEMA_VERSION });
    } else if found != SCHEMA_VERSION.to_string() {
        collector.note(place, Problem::BadSchemaVersion { found });
    }
    !is_newer
}

/// Checks the values of a file.
pub(super) fn validate(raw: &RawFile, is_built_in: bool, collector: &Collector) -> Stated {
    let checker = Checker { collector, firsts: BTreeMap::new() };
    checker.file(raw, is_built_in)
}

/// Checks one file; what it reads is spread over this module, [`super::declaration`] and [`super::value`].
pub(super) struct Checker<'a> {
    pub(super) collector: &'a Collector,
    /// Where each thing that may be there once was first seen.
    pub(super) firsts: BTreeMap<(&'static str, String), Range<usize>>,
}

impl Checker<'_> {
    fn file(mut self, raw: &RawFile, is_built_in: bool) -> Stated {
        let content = if is_layer(raw) { self.layer(raw) } else { self.rule(raw, is_built_in) };
        let requirements = known_requirements(raw, content.as_ref());
        let keepers: Vec<_> = raw.keepers.iter().filter_map(|keeper| self.keeper(keeper)).collect();
        self.hold_to_groups(raw, content.as_ref());
        Stated {
            keepers,
            waivers: raw.waivers.iter().filter_map(|waiver| self.waiver(waiver, &requirements)).collect(),
            claims: raw.claims.iter().filter_map(|claim| self.claim(claim)).collect(),
            content,
        }
    }

    /// Checks a layer: it states nothing of a rule.
    fn layer(&mut self, raw: &RawFile) -> Option<Content> {
        for (key, place) in &raw.rule_keys {
            self.collector.note(place.clone(), Problem::ChangesRule { key: (*key).to_owned(), layer: None });
        }
        let extends = match &raw.extends {
            Some(id) => Some(self.word(Some(id), Word::Profile, built_in_ids(), |id| {
                built_in_ids().find(|known| *known == id).map(str::to_owned)
            })?),
            None => None,
        };
        Some(Content::Layer { extends })
    }

    /// Checks a profile of its own.
    fn rule(&mut self, raw: &RawFile, is_built_in: bool) -> Option<Content> {
        let place = raw.id.as_ref().map_or(0..0, Spanned::span);
        for key in ["id", "title", "issuer", "standing", "source", "requirement"] {
            if !raw.rule_keys.iter().any(|(present, _)| *present == key) {
                self.collector.note(place.clone(), Problem::MissingKey { key, table: FILE });
            }
        }
        self.require_requirements(raw);
        let id = self.id(raw.id.as_ref());
        if let Some(id) = id.as_ref().filter(|id| !is_built_in && built_in_ids().any(|known| known == *id)) {
            self.collector.note(place.clone(), Problem::ReservedId { id: id.clone() });
        }
        let standing =
            self.word(raw.standing.as_ref(), Word::Standing, Standing::ALL.map(Standing::id), |id| {
                Standing::ALL.into_iter().find(|standing| standing.id() == id)
            });
        let in_force = self.date(raw.in_force.as_ref());
        let (switches, switch_origins) = self.switches(&raw.switches);
        let groups = raw.groups.iter().filter_map(|group| self.group(group)).collect();
        let requirements =
            raw.requirements.iter().filter_map(|requirement| self.requirement(requirement, raw)).collect();
        Some(Content::Rule(Box::new(Rule {
            id: id?,
            id_place: place,
            title: raw.title.as_ref()?.get_ref().clone(),
            issuer: raw.issuer.as_ref()?.get_ref().clone(),
            standing: standing?,
            in_force,
            source: raw.source.as_ref()?.get_ref().clone(),
            groups,
            requirements,
            switches,
            switch_origins,
        })))
    }

    /// Notes `requirement = []`: a profile that asks nothing would pass everything.
    fn require_requirements(&self, raw: &RawFile) {
        let place =
            raw.rule_keys.iter().find(|(key, _)| *key == "requirement").map(|(_, place)| place.clone());
        if let (Some(place), true) = (place, raw.asks_nothing) {
            self.collector.note(place, Problem::MissingKey { key: "requirement", table: FILE });
        }
    }

    fn switches(&self, raw: &RawSwitches) -> (Switches, SwitchOrigins) {
        let lenient = |value: &Placed<String>| {
            let known = ["strict", "lenient"];
            self.word(value.as_ref(), Word::Semantics, known, |word| {
                known.contains(&word).then_some(word == "lenient")
            })
        };
        let origin = |place: Option<Range<usize>>| place.map(|place| self.collector.origin(place.start));
        let strict = Switches::default();
        let switches = Switches {
            disabled_counts_as_uninstalled: lenient(&raw.disabled)
                .unwrap_or(strict.disabled_counts_as_uninstalled),
            removed_for_user_counts_as_uninstalled: lenient(&raw.removed_for_user)
                .unwrap_or(strict.removed_for_user_counts_as_uninstalled),
            count_in_each_group: raw
                .count_in_each_group
                .as_ref()
                .map_or(strict.count_in_each_group, |flag| *flag.get_ref()),
        };
        let origins = SwitchOrigins {
            disabled: origin(raw.disabled.as_ref().map(Spanned::span)),
            removed_for_user: origin(raw.removed_for_user.as_ref().map(Spanned::span)),
            count_in_each_group: origin(raw.count_in_each_group.as_ref().map(Spanned::span)),
        };
        (switches, origins)
    }

    fn group(&mut self, raw: &RawGroup) -> Option<GroupRule> {
        let id = self.group_id(raw.id.as_ref());
        if let (Some(id), Some(place)) = (id, &raw.id) {
            self.once(Thing::Group, "group", id.id(), place.span());
        }
        let cap = raw.max_non_uninstallable.as_ref().and_then(|number| self.cap(number));
        Some(GroupRule {
            id: id?,
            term: raw.term.as_ref()?.get_ref().clone(),
            max_non_uninstallable: cap?,
            origin: self.collector.origin(raw.place.start),
        })
    }

    fn cap(&self, number: &Spanned<String>) -> Option<u32> {
        let cap = number.get_ref().parse().ok().filter(|cap| (1..=MAX_CAP).contains(cap));
        if cap.is_none() {
            let found = number.get_ref().clone();
            let problem =
                Problem::OutOfRange { key: "max-non-uninstallable", found, least: 1, most: MAX_CAP };
            self.collector.note(number.span(), problem);
        }
        cap
    }

    fn requirement(&mut self, raw: &RawRequirement, file: &RawFile) -> Option<Requirement> {
        let id = self.id(raw.id.as_ref());
        if let (Some(id), Some(place)) = (&id, &raw.id) {
            self.once(Thing::Requirement, "requirement", id, place.span());
        }
        let check = self.word(raw.check.as_ref(), Word::Check, Check::ALL.map(Check::id), |id| {
            Check::ALL.into_iter().find(|check| check.id() == id)
        });
        if let (Some(check @ (Check::AllowedGroups | Check::Cap)), true) = (check, file.groups.is_empty()) {
            let place = raw.check.as_ref().map_or_else(|| raw.place.clone(), Spanned::span);
            self.collector.note(place, Problem::CheckNeedsGroups { check: check.id() });
        }
        let confidence = self.word(raw.confidence.as_ref(), Word::Confidence, CONFIDENCES, |word| {
            CONFIDENCES.contains(&word).then(|| word.to_owned())
        });
        Some(Requirement {
            id: id?,
            clause: raw.clause.as_ref()?.get_ref().clone(),
            text: raw.text.as_ref()?.get_ref().clone(),
            note: raw.note.as_ref().map(|note| note.get_ref().clone()),
            source: raw.source.as_ref()?.get_ref().clone(),
            check: check?,
            confidence: confidence?,
            origin: self.collector.origin(raw.place.start),
        })
    }
}

/// Returns whether the file is a layer: it says what it extends, or it has nothing that describes an instrument.
pub(super) fn is_layer(raw: &RawFile) -> bool {
    let describes = |key: &str| matches!(key, "id" | "title" | "issuer" | "standing" | "source");
    raw.extends.is_some() || !raw.rule_keys.iter().any(|(key, _)| describes(key))
}
