//! Apps that a user removed and that are there again: an update or the maker brought them back. The run that removed them
//! stands in a journal; whether they are there is what the device says of that user.

use crate::audit::Case;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};

pub(super) fn check(case: &Case<'_>) -> Option<Finding> {
    let mut packages = Vec::new();
    let mut evidence = Vec::new();
    for app in &case.apps {
        let removed = case.removed.iter().filter(|removed| removed.package == *app.name);
        let before = evidence.len();
        for removed in removed {
            let back = app.folders().find(|(package, _, _)| {
                package.states.iter().any(|state| state.user == removed.user && state.installed == Some(true))
            });
            evidence.extend(back.map(|(package, _, _)| FindingEvidence {
                subject: app.name.to_string(),
                fact: "removed before, installed again".to_owned(),
                origin: format!("user {}, {}", removed.user, package.path),
            }));
        }
        if evidence.len() > before {
            packages.push(app.name.clone());
        }
    }
    (!packages.is_empty()).then_some(Finding {
        code: FindingCode::RestoredAfterUpdate,
        requirement: None,
        outcome: if case.drift_fails { Outcome::Fail } else { Outcome::Informational },
        group: None,
        packages,
        evidence,
        waived: None,
    })
}
