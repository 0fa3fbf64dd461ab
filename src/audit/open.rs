//! Open tests: the text gives no list, so each app that cannot be removed is put before a person with the evidence
//! (DMA Art. 6(3): essential, and not to be had from others; Korea: needed for the device's own function).

use crate::audit::Case;
use crate::audit::outcome::{Finding, FindingCode, Outcome};
use crate::profile::Check;

pub(super) fn check(case: &mut Case<'_>) -> Vec<Finding> {
    let Some(requirement) = case.requirement(Check::Open) else { return Vec::new() };
    let mut findings = Vec::new();
    for app in case.apps.iter().filter(|app| app.may_count()) {
        let waived = case.waivers.accepts(app, &requirement);
        let mut evidence = app.hold_evidence();
        evidence.extend(app.members.iter().filter_map(|group| app.group_evidence(*group)));
        findings.push(Finding {
            code: FindingCode::OpenTest,
            requirement: Some(requirement.clone()),
            outcome: if waived.is_some() { Outcome::Informational } else { Outcome::Unknown },
            group: app.members.first().copied(),
            packages: vec![app.name.clone()],
            evidence,
            waived,
        });
    }
    findings
}
