//! Adds up the evidence of one package, group by group.

use crate::classify::groups::{Groups, Rule};
use crate::classify::observe::{Observed, Origin};
use crate::classify::outcome::{Evidence, EvidenceKind, Membership, Status};
use crate::package::Group;
use crate::source::snapshot::PackageFacts;

/// The most that permissions, features and other declarations reach without an answer to an intent, a role or a name.
const DECLARED_ALONE: i32 = 35;

/// What a claim of the maker adds. It shows the claim beside the facts and can tip nothing that is not at the edge.
const CLAIM: i16 = 3;

/// Returns the groups `package` is in or may be in, and those that an unknown fact leaves open.
pub(super) fn memberships(
    package: &PackageFacts,
    observed: &Observed<'_>,
    groups: &Groups,
) -> (Vec<Membership>, Vec<Group>) {
    let mut found = Vec::new();
    let mut undecided = Vec::new();
    if is_infrastructure(observed, groups) {
        return (found, undecided);
    }
    for (id, rules) in &groups.weighed {
        let claim = i32::from(claimed(*id, observed));
        let least = sum(rules, observed, Bound::Least) + claim;
        if least >= groups.review_from {
            let status = if least >= groups.member_from { Status::Member } else { Status::Review };
            let score = u8::try_from(least.clamp(0, 100)).unwrap_or(100);
            found.push(Membership {
                id: *id,
                status,
                score,
                evidence: evidence(package, *id, rules, observed, groups),
            });
        } else if observed.is_open() && sum(rules, observed, Bound::Most) + claim >= groups.review_from {
            undecided.push(*id);
        }
    }
    found.sort_by(|a, b| (a.status, b.score, a.id).cmp(&(b.status, a.score, b.id)));
    (found, undecided)
}

/// Returns every group with its sum and evidence, whatever the sum.
pub(super) fn all(
    package: &PackageFacts,
    observed: &Observed<'_>,
    groups: &Groups,
) -> Vec<(Group, i32, Vec<Evidence>)> {
    let weigh = |(id, rules): &(Group, Vec<Rule>)| {
        (*id, sum(rules, observed, Bound::Least), evidence(package, *id, rules, observed, groups))
    };
    groups.weighed.iter().map(weigh).collect()
}

/// Returns what the maker's claims add for a group.
fn claimed(group: Group, observed: &Observed<'_>) -> i16 {
    if observed.claims.iter().any(|claim| claim.groups.contains(&group)) { CLAIM } else { 0 }
}

/// Returns whether the package is machinery of the platform that is never an app of a group.
fn is_infrastructure(observed: &Observed<'_>, groups: &Groups) -> bool {
    groups.infrastructure.iter().any(|rule| rule.holds(&observed.sure, &observed.possible))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// What the facts carry, whatever the unknown ones turn out to be.
    Least,
    /// What they could carry at best.
    Most,
}

fn counts(rule: &Rule, observed: &Observed<'_>, bound: Bound) -> bool {
    let generous = (bound == Bound::Most) == (rule.weight > 0);
    if generous {
        rule.holds(&observed.possible, &observed.sure)
    } else {
        rule.holds(&observed.sure, &observed.possible)
    }
}

fn sum(rules: &[Rule], observed: &Observed<'_>, bound: Bound) -> i32 {
    let mut sum = 0;
    let (mut answered, mut named, mut contrary) = (false, false, false);
    for rule in rules.iter().filter(|rule| counts(rule, observed, bound)) {
        sum += i32::from(rule.weight);
        match rule.kind {
            _ if rule.weight < 0 => contrary = true,
            EvidenceKind::Name | EvidenceKind::Label => named = true,
            EvidenceKind::Declared | EvidenceKind::Claim => {}
            _ => answered = true,
        }
    }
    match (answered, named) {
        (true, _) => sum,
        // A name never stands alone against contrary facts.
        (false, true) if !contrary => sum,
        _ => sum.min(DECLARED_ALONE),
    }
}

fn evidence(
    package: &PackageFacts,
    group: Group,
    rules: &[Rule],
    observed: &Observed<'_>,
    groups: &Groups,
) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = rules
        .iter()
        .filter(|rule| counts(rule, observed, Bound::Least))
        .map(|rule| Evidence {
            id: rule.id.clone(),
            kind: rule.kind,
            weight: rule.weight,
            origin: origin(rule, observed).map_or_else(|| package.path.clone(), |origin| origin.to_string()),
        })
        .collect();
    for claim in observed.claims.iter().filter(|claim| claim.groups.contains(&group)) {
        found.push(Evidence {
            id: "claimed".to_owned(),
            kind: EvidenceKind::Claim,
            weight: CLAIM,
            origin: claim.path.clone(),
        });
    }
    if let Some((name, _)) = package.application.category.as_deref().and_then(|value| groups.category(value))
    {
        found.push(Evidence {
            id: "app-category".to_owned(),
            kind: EvidenceKind::Claim,
            weight: 0,
            origin: format!("android:appCategory={name}"),
        });
    }
    found.sort_by(|a, b| (b.weight.abs(), &a.id).cmp(&(a.weight.abs(), &b.id)));
    found
}

/// Returns where the first observed ground of a rule stands.
fn origin<'a>(rule: &Rule, observed: &Observed<'a>) -> Option<Origin<'a>> {
    rule.grounds.iter().find_map(|&id| observed.origin(id))
}
