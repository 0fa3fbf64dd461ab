//! Each non-uninstallable app in scope belongs to a group that the profile allows (TC260-002 clause 4.2, notice 269
//! clause 4).

use std::collections::BTreeSet;

use crate::audit::Case;
use crate::audit::app::{App, Hold};
use crate::audit::outcome::{Finding, FindingCode, Outcome};
use crate::package::Group;
use crate::profile::Check;

pub(super) fn check(case: &mut Case<'_>) -> Vec<Finding> {
    let Some(requirement) = case.requirement(Check::AllowedGroups) else { return Vec::new() };
    let allowed: BTreeSet<Group> = case.profile.groups.iter().map(|rule| rule.id).collect();
    let mut findings = Vec::new();
    for app in case.apps.iter().filter(|app| app.may_count() && app.members.is_disjoint(&allowed)) {
        let mut finding = judge(app, &allowed, &requirement);
        if finding.outcome == Outcome::Fail
            && let Some(reason) = case.waivers.accepts(app, &requirement)
        {
            finding.outcome = Outcome::Informational;
            finding.waived = Some(reason);
        }
        findings.push(finding);
    }
    findings
}

/// Says what an app is that may be held and is a member of no allowed group.
fn judge(app: &App<'_>, allowed: &BTreeSet<Group>, requirement: &str) -> Finding {
    let may_be_allowed = app.possible.intersection(allowed).next().copied();
    let (code, outcome, group) = if app.hold == Hold::Unknown {
        (FindingCode::RemovabilityUnknown, Outcome::Unknown, may_be_allowed)
    } else if app.in_scope.is_none() || may_be_allowed.is_some() {
        (FindingCode::ClassificationUnknown, Outcome::Unknown, may_be_allowed)
    } else if let Some(&group) = app.members.first() {
        (FindingCode::OutsideAllowedGroups, Outcome::Fail, Some(group))
    } else {
        (FindingCode::UnclassifiedNonUninstallable, Outcome::Fail, None)
    };
    let mut evidence = app.hold_evidence();
    evidence.extend(group.and_then(|group| app.group_evidence(group)));
    Finding {
        code,
        requirement: Some(requirement.to_owned()),
        outcome,
        group,
        packages: vec![app.name.clone()],
        evidence,
        waived: None,
    }
}
