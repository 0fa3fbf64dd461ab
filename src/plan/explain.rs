//! Says why each keeper stays and what stands against the others of its group.

use crate::package::Group;
use crate::plan::choose::{Choice, Keeping, Margin, Search};
use crate::plan::outcome::{Alternative, GroupPlan, KeeperChoice, KeeperReason, WhyNot};
use crate::plan::repair::{Member, Repair, Standing, score};

/// Returns the groups in which a choice was made.
pub(super) fn groups(repair: &Repair<'_>, search: &Search<'_>, choice: &Choice) -> Vec<GroupPlan> {
    let rules = repair.profile.groups.iter();
    let mut groups: Vec<GroupPlan> = rules
        .filter(|rule| is_chosen(repair, choice, rule.id))
        .map(|rule| GroupPlan {
            id: rule.id,
            max_non_uninstallable: rule.max_non_uninstallable,
            keepers: keepers(repair, search, choice, rule.id),
            alternatives: alternatives(repair, search, choice, rule.id),
        })
        .collect();
    groups.sort_by_key(|group| group.id);
    groups
}

/// Whether a group keeps too many today, or loses an app for the sake of another group.
fn is_chosen(repair: &Repair<'_>, choice: &Choice, group: Group) -> bool {
    let lost = |(position, member): (usize, &Member<'_>)| {
        member.groups.contains(group) && !choice.kept.contains(&position)
    };
    repair.broken.contains(group) || repair.members.iter().enumerate().any(lost)
}

fn keepers(repair: &Repair<'_>, search: &Search<'_>, choice: &Choice, group: Group) -> Vec<KeeperChoice> {
    let kept = choice.kept.iter().map(|&position| (position, &repair.members[position]));
    let of_group = kept.filter(|(_, member)| member.groups.contains(group));
    of_group
        .map(|(position, member)| KeeperChoice {
            package: member.app.name.clone(),
            because: because(repair, search, choice, position, member),
        })
        .collect()
}

/// Why one app stays: what decided, then what else speaks for it.
fn because(
    repair: &Repair<'_>,
    search: &Search<'_>,
    choice: &Choice,
    position: usize,
    member: &Member<'_>,
) -> Vec<KeeperReason> {
    let mut all = Vec::new();
    match &member.standing {
        Standing::Lawful => all.push(KeeperReason::Lawful),
        Standing::Waived => all.push(KeeperReason::Waived),
        Standing::Hindered(because) => {
            all.push(KeeperReason::CannotBeMadeRemovable { because: because.clone() });
        }
        Standing::Way(_) => all.extend(decided(repair, search.margin(position, choice), member)),
    }
    let said = repair.platform.said_of(member.app.name);
    all.extend(member.declared.iter().map(|keeper| KeeperReason::Declared { origin: keeper.origin.clone() }));
    all.extend(said.roles.iter().map(|role| KeeperReason::HoldsRole { role: (*role).to_owned() }));
    let preferred = said.preferred.iter();
    all.extend(
        preferred.map(|component| KeeperReason::PreferredByImage { component: (*component).to_owned() }),
    );
    if member.app.folders().any(|(package, _, _)| repair.platform.signed_by_platform(package)) {
        all.push(KeeperReason::PlatformKey);
    }
    let mut told: Vec<KeeperReason> = Vec::new();
    all.retain(|reason| {
        let is_first = !told.contains(reason);
        told.push(reason.clone());
        is_first
    });
    all
}

/// What decided for an app that could have been changed. A role, preference or declaration that decided is told by
/// itself, so it comes first in the list.
fn decided(repair: &Repair<'_>, margin: Margin, member: &Member<'_>) -> Option<KeeperReason> {
    let said = repair.platform.said_of(member.app.name);
    match margin {
        Margin::Declared => {
            member.declared.first().map(|keeper| KeeperReason::Declared { origin: keeper.origin.clone() })
        }
        Margin::Cost(saves) => Some(KeeperReason::CheapestToKeep { saves }),
        Margin::Holds => {
            said.roles.first().map(|role| KeeperReason::HoldsRole { role: (*role).to_owned() }).or_else(
                || {
                    said.preferred
                        .first()
                        .map(|name| KeeperReason::PreferredByImage { component: (*name).to_owned() })
                },
            )
        }
        Margin::Score => Some(KeeperReason::MoreEvidence {
            score: member.groups.iter().map(|group| score(member.app, group)).fold(0, u32::saturating_add),
        }),
        Margin::Place => Some(KeeperReason::PrivilegedFolder),
        Margin::Name => Some(KeeperReason::FirstByName),
    }
}

fn alternatives(repair: &Repair<'_>, search: &Search<'_>, choice: &Choice, group: Group) -> Vec<Alternative> {
    let members = repair.members.iter().enumerate().filter(|(_, member)| member.groups.contains(group));
    let mut all: Vec<Alternative> = members
        .filter_map(|(position, member)| {
            let why_not = match search.keeping(position, choice) {
                Keeping::Chosen => return None,
                Keeping::Costs(0) => WhyNot::EqualCost,
                Keeping::Costs(by) => WhyNot::CostsMore { by },
                Keeping::AgainstDeclared => WhyNot::AgainstDeclared,
                Keeping::NoRoom(group) => WhyNot::NoRoom { group },
            };
            Some(Alternative { package: member.app.name.clone(), why_not })
        })
        .collect();
    // The nearest alternative first.
    let rank = |alternative: &Alternative| match alternative.why_not {
        WhyNot::EqualCost => (0, 0),
        WhyNot::CostsMore { by } => (1, by),
        WhyNot::AgainstDeclared => (2, 0),
        WhyNot::NoRoom { .. } => (3, 0),
    };
    all.sort_by(|a, b| (rank(a), &a.package).cmp(&(rank(b), &b.package)));
    all
}
