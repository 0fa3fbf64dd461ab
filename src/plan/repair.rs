//! Puts a plan together: sorts the apps that break the rule, lets the search choose who stays, and turns the rest into
//! steps.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{App, Audit, Finding, FindingCode, Hold, Outcome};
use crate::cores::{in_parts, joined};
use crate::package::{Group, PackageName};
use crate::plan::choose::{Candidate, Choice, Limit, Rank};
use crate::plan::cost::StepCosts;
use crate::plan::group_set::{GroupSet, PerGroup};
use crate::plan::outcome::{Hindrance, LeftAlone, NotKnown};
use crate::plan::platform::Platform;
use crate::plan::step::Because;
use crate::plan::way::{Way, is_privileged, way};
use crate::profile::{Check, Keeper, Profile};

/// Everything a plan is made from, sorted.
pub(super) struct Repair<'a> {
    pub(super) profile: &'a Profile,
    audit: &'a Audit,
    pub(super) apps: &'a [App<'a>],
    pub(super) platform: &'a Platform<'a>,
    /// The id of the requirement that caps groups, and of the one that lists them.
    pub(super) cap: Option<&'a str>,
    allowed: Option<&'a str>,
    /// Apps of allowed groups, in the order of their names.
    pub(super) members: Vec<Member<'a>>,
    /// Apps that no group may keep.
    pub(super) outside: Vec<Outside<'a>>,
    /// Groups that keep too many today.
    pub(super) broken: GroupSet,
    pub(super) limits: PerGroup<Limit>,
}

/// A non-uninstallable app of allowed groups.
pub(super) struct Member<'a> {
    pub(super) app: &'a App<'a>,
    pub(super) groups: GroupSet,
    pub(super) standing: Standing<'a>,
    pub(super) declared: Vec<&'a Keeper>,
    pub(super) rank: Rank,
}

/// What can be done about a member.
pub(super) enum Standing<'a> {
    /// Nothing has to be: none of its groups keeps too many.
    Lawful,
    /// A waiver accepts it.
    Waived,
    /// It can be made removable.
    Way(Way<'a>),
    /// It cannot.
    Hindered(Hindrance),
}

/// A non-uninstallable app outside every allowed group.
pub(super) struct Outside<'a> {
    pub(super) app: &'a App<'a>,
    pub(super) because: Because,
    pub(super) finding: &'a Finding,
    pub(super) way: Result<Way<'a>, Hindrance>,
}

impl<'a> Repair<'a> {
    pub(super) fn new(
        apps: &'a [App<'a>],
        profile: &'a Profile,
        audit: &'a Audit,
        platform: &'a Platform<'a>,
        costs: &StepCosts,
    ) -> Self {
        let requirement = |check: Check| {
            let found = profile.requirements.iter().find(|requirement| requirement.check == check);
            found.map(|requirement| requirement.id.as_str())
        };
        let mut repair = Self {
            profile,
            audit,
            apps,
            platform,
            cap: requirement(Check::Cap),
            allowed: requirement(Check::AllowedGroups),
            members: Vec::new(),
            outside: Vec::new(),
            broken: GroupSet::EMPTY,
            limits: PerGroup::default(),
        };
        repair.find_members(costs);
        repair.find_outside(costs);
        repair
    }

    /// The findings of one code that fail.
    pub(super) fn failing(&self, code: FindingCode) -> impl Iterator<Item = &'a Finding> {
        let findings = self.audit.findings.iter();
        findings.filter(move |finding| finding.code == code && finding.outcome == Outcome::Fail)
    }

    pub(super) fn app(&self, name: &PackageName) -> Option<&'a App<'a>> {
        let place = self.apps.binary_search_by(|app| app.name.cmp(name)).ok()?;
        self.apps.get(place)
    }

    /// Finds the apps of allowed groups that the rule counts, and what can be done about those that are too many.
    fn find_members(&mut self, costs: &StepCosts) {
        let broken = self.failing(FindingCode::TooManyNonUninstallable).filter_map(|finding| finding.group);
        self.broken = broken.collect();
        // Where every group keeps to its cap there is nothing to choose.
        if self.cap.is_none() || self.broken.is_empty() {
            return;
        }
        let allowed: GroupSet = self.profile.groups.iter().map(|rule| rule.id).collect();
        for rule in &self.profile.groups {
            let penalty = costs.group_without_keeper.cost;
            *self.limits.of_mut(rule.id) = Limit { cap: rule.max_non_uninstallable, penalty };
        }
        let waived = self.waived();
        for app in self.apps.iter().filter(|app| app.in_scope == Some(true) && app.hold == Hold::Fixed) {
            let groups = app.members.iter().copied().collect::<GroupSet>().intersection(allowed);
            if groups.is_empty() {
                continue;
            }
            let standing = if waived.contains(app.name) {
                // What a waiver accepts takes nobody's room.
                groups.iter().for_each(|group| self.limits.of_mut(group).cap += 1);
                Standing::Waived
            } else if groups.intersection(self.broken).is_empty() {
                Standing::Lawful
            } else {
                way(app, self.platform, costs).map_or_else(Standing::Hindered, Standing::Way)
            };
            let keepers = self.profile.keepers.iter();
            let declared =
                keepers.filter(|keeper| keeper.package == *app.name && groups.contains(keeper.group));
            let rank = self.rank(app, groups);
            self.members.push(Member { app, groups, standing, declared: declared.collect(), rank });
        }
    }

    /// Packages that a waiver accepts although their group keeps too many.
    fn waived(&self) -> BTreeSet<&'a PackageName> {
        let of_cap =
            |finding: &&Finding| finding.requirement.as_deref() == self.cap && finding.requirement.is_some();
        let evidence = self.audit.findings.iter().filter(of_cap).flat_map(|finding| &finding.evidence);
        let names: BTreeSet<&str> =
            evidence.filter(|fact| fact.fact == "waived").map(|fact| fact.subject.as_str()).collect();
        self.apps.iter().map(|app| app.name).filter(|name| names.contains(name.as_str())).collect()
    }

    /// What speaks for keeping an app where the cost does not decide.
    fn rank(&self, app: &App<'_>, groups: GroupSet) -> Rank {
        let said = self.platform.said_of(app.name);
        let holds = said.roles.len().saturating_add(said.preferred.len());
        let score = groups.iter().map(|group| score(app, group)).fold(0, u32::saturating_add);
        let privileged = app.folders().any(|(package, _, _)| is_privileged(&package.path));
        Rank { holds: u32::try_from(holds).unwrap_or(u32::MAX), score, place: u32::from(privileged) }
    }

    /// Finds the apps that no group may keep.
    fn find_outside(&mut self, costs: &StepCosts) {
        if self.allowed.is_none() {
            return;
        }
        let codes = [
            (FindingCode::OutsideAllowedGroups, Because::OutsideAllowedGroups),
            (FindingCode::UnclassifiedNonUninstallable, Because::NoGroup),
        ];
        let failing = codes.iter().flat_map(|(code, because)| {
            self.failing(*code).filter_map(move |finding| Some((finding.packages.first()?, finding, because)))
        });
        let mut failing: Vec<(&PackageName, &Finding, &Because)> = failing.collect();
        failing.sort_by(|a, b| a.0.cmp(b.0));
        // apps are in the order of their names too
        let mut apps = self.apps.iter().peekable();
        let found = failing.into_iter().filter_map(|(name, finding, because)| {
            while apps.next_if(|app| app.name < name).is_some() {}
            Some((*apps.peek().filter(|app| app.name == name)?, finding, because))
        });
        let found: Vec<(&App<'_>, &Finding, &Because)> = found.collect();
        let platform = self.platform;
        self.outside = joined(in_parts(&found, |part| {
            let outside = |&(app, finding, because): &(&'a App<'a>, &'a Finding, &Because)| Outside {
                app,
                because: because.clone(),
                finding,
                way: way(app, platform, costs),
            };
            part.iter().map(outside).collect()
        }));
    }

    /// The members as the search takes them, in the same order.
    pub(super) fn candidates(&self) -> Vec<Candidate<'a>> {
        let candidate = |member: &Member<'a>| Candidate {
            name: member.app.name.as_str(),
            groups: member.groups,
            cost: match &member.standing {
                Standing::Way(way) => Some(way.cost()),
                Standing::Lawful | Standing::Waived | Standing::Hindered(_) => None,
            },
            declared: u32::try_from(member.declared.len()).unwrap_or(u32::MAX),
            rank: member.rank,
        };
        self.members.iter().map(candidate).collect()
    }

    /// The groups of a member that have no room for it beside what stays.
    pub(super) fn full(&self, member: &Member<'_>, choice: &Choice) -> GroupSet {
        let kept = |group: Group| {
            let of_group = choice.kept.iter().filter(|&&kept| self.members[kept].groups.contains(group));
            u32::try_from(of_group.count()).unwrap_or(u32::MAX)
        };
        member.groups.iter().filter(|group| kept(*group) >= self.limits.of(*group).cap).collect()
    }

    /// The apps that stay in any of `groups`.
    pub(super) fn keepers_of(&self, groups: GroupSet, choice: &Choice) -> Vec<PackageName> {
        let kept = choice.kept.iter().map(|&kept| &self.members[kept]);
        let of = kept.filter(|member| !member.groups.intersection(groups).is_empty());
        of.map(|member| member.app.name.clone()).collect()
    }

    /// How many apps of a group cannot be changed; those a waiver accepts are among them, as in the cap.
    pub(super) fn hindered(&self, group: Group) -> u32 {
        let stuck = |member: &&Member<'_>| {
            member.groups.contains(group) && !matches!(member.standing, Standing::Way(_))
        };
        u32::try_from(self.members.iter().filter(stuck).count()).unwrap_or(u32::MAX)
    }

    /// Packages that findings call unknown, and what is unknown of them.
    pub(super) fn left_alone(&self) -> Vec<LeftAlone> {
        let allowed: BTreeSet<Group> = self.profile.groups.iter().map(|rule| rule.id).collect();
        let codes = [FindingCode::RemovabilityUnknown, FindingCode::ClassificationUnknown];
        let findings = self.audit.findings.iter();
        let unknown =
            findings.filter(|finding| finding.outcome == Outcome::Unknown && codes.contains(&finding.code));
        let names: BTreeSet<&PackageName> = unknown.flat_map(|finding| &finding.packages).collect();
        let mut all = Vec::new();
        for app in names.into_iter().filter_map(|name| self.app(name)) {
            let because = if app.hold == Hold::Unknown {
                NotKnown::Removability
            } else if app.in_scope.is_none() {
                NotKnown::Scope
            } else {
                let groups: Vec<Group> = app.possible.intersection(&allowed).copied().collect();
                if groups.is_empty() {
                    continue;
                }
                NotKnown::Groups { groups }
            };
            all.push(LeftAlone { package: app.name.clone(), because });
        }
        all
    }

    /// Every member of each group on the device, whatever the profile says of the group.
    pub(super) fn everyone(&self) -> BTreeMap<Group, Vec<&'a PackageName>> {
        let mut all: BTreeMap<Group, Vec<&PackageName>> = BTreeMap::new();
        for app in self.apps.iter().filter(|app| app.in_scope == Some(true)) {
            for group in &app.members {
                all.entry(*group).or_default().push(app.name);
            }
        }
        all
    }

    /// Every failing finding.
    pub(super) fn failures(&self) -> impl Iterator<Item = &'a Finding> {
        self.audit.findings.iter().filter(|finding| finding.outcome == Outcome::Fail)
    }
}

/// The best score of an app in a group.
pub(super) fn score(app: &App<'_>, group: Group) -> u32 {
    let memberships = app.folders().flat_map(|(_, classification, _)| &classification.groups);
    let of_group = memberships.filter(|membership| membership.id == group);
    of_group.map(|membership| u32::from(membership.score)).max().unwrap_or_default()
}
