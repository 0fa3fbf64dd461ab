//! No group has more non-uninstallable apps than the profile allows (TC260-002 clause 4.3, notice 269 clause 4).

use crate::audit::Case;
use crate::audit::app::{App, Hold};
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::package::Group;
use crate::profile::{Check, GroupRule};

pub(super) fn check(case: &mut Case<'_>) -> Vec<Finding> {
    let Some(requirement) = case.requirement(Check::Cap) else { return Vec::new() };
    let of_a_group = |app: &&App<'_>| !(app.members.is_empty() && app.possible.is_empty());
    let apps: Vec<&App<'_>> = case.apps.iter().filter(|app| app.may_count()).filter(of_a_group).collect();
    let rules = case.profile.groups.iter();
    rules.filter_map(|rule| judge(&apps, &mut case.waivers, rule, &requirement)).collect()
}

/// Holds one group against its rule; `apps` are those of any group that could count.
fn judge(
    apps: &[&App<'_>],
    waivers: &mut super::waivers::Waivers<'_>,
    rule: &GroupRule,
    requirement: &str,
) -> Option<Finding> {
    let limit = usize::try_from(rule.max_non_uninstallable).unwrap_or(usize::MAX);
    let counts = |app: &App<'_>| app.counts() && app.members.contains(&rule.id);
    let counted: Vec<&App<'_>> = apps.iter().copied().filter(|app| counts(app)).collect();
    let could: Vec<&App<'_>> = apps.iter().copied().filter(|app| could_count(app, rule.id)).collect();
    if could.len() <= limit {
        return None;
    }
    let mut held = Vec::new();
    let mut accepted = Vec::new();
    for app in &counted {
        // A waiver is only used up where the group is over its limit.
        match (counted.len() > limit).then(|| waivers.accepts(app, requirement)).flatten() {
            Some(reason) => accepted.push((*app, reason)),
            None => held.push(*app),
        }
    }
    let open = could.iter().filter(|app| !counts(app));
    let (code, outcome, concerned): (_, _, Vec<&App<'_>>) = if held.len() > limit {
        (FindingCode::TooManyNonUninstallable, Outcome::Fail, held)
    } else if held.len() + open.clone().count() > limit {
        let unknown_hold = open.clone().any(|app| app.hold == Hold::Unknown);
        let code =
            if unknown_hold { FindingCode::RemovabilityUnknown } else { FindingCode::ClassificationUnknown };
        (code, Outcome::Unknown, held.into_iter().chain(open.copied()).collect())
    } else {
        (FindingCode::TooManyNonUninstallable, Outcome::Informational, counted.clone())
    };
    Some(finding(rule.id, requirement, code, outcome, &concerned, &accepted))
}

/// Returns whether an app counts in the group or could turn out to.
fn could_count(app: &App<'_>, group: Group) -> bool {
    app.may_count() && (app.members.contains(&group) || app.possible.contains(&group))
}

fn finding(
    group: Group,
    requirement: &str,
    code: FindingCode,
    outcome: Outcome,
    concerned: &[&App<'_>],
    accepted: &[(&App<'_>, String)],
) -> Finding {
    let mut evidence: Vec<FindingEvidence> = Vec::new();
    for app in concerned {
        evidence.extend(app.hold_evidence());
        evidence.extend(app.group_evidence(group));
    }
    evidence.extend(accepted.iter().map(|(app, reason)| FindingEvidence {
        subject: app.name.to_string(),
        fact: "waived".to_owned(),
        origin: reason.clone(),
    }));
    let waived: Vec<&str> = accepted.iter().map(|(_, reason)| reason.as_str()).collect();
    Finding {
        code,
        requirement: Some(requirement.to_owned()),
        outcome,
        group: Some(group),
        packages: concerned.iter().map(|app| app.name.clone()).collect(),
        evidence,
        waived: (outcome == Outcome::Informational).then(|| waived.join("; ")),
    }
}
