//! Changes that were made on the phone and do not stand any more. What was changed stands in a journal; what stands now was
//! read by whoever asks.

use crate::audit::Case;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};

/// Returns a finding for what was taken back, and one for what could not be read. Apps of `restored` are told there.
pub(super) fn check(case: &Case<'_>, restored: Option<&Finding>) -> Vec<Finding> {
    let told = |package| restored.is_some_and(|finding| finding.packages.contains(package));
    let found = || case.reverted.iter().filter(|reverted| !(reverted.removal && told(&reverted.package)));
    let finding = |outcome, known: bool| {
        let of = || found().filter(move |reverted| reverted.stands.is_some() == known);
        let mut packages: Vec<_> = of().map(|reverted| reverted.package.clone()).collect();
        packages.sort();
        packages.dedup();
        let evidence = of().map(|reverted| FindingEvidence {
            subject: reverted.package.to_string(),
            fact: match &reverted.stands {
                Some(stands) => format!("{}: {} was set, {stands} stands", reverted.what, reverted.set),
                None => format!("{}: {} was set, what stands could not be read", reverted.what, reverted.set),
            },
            origin: format!("journal, number {}", reverted.seq),
        });
        (!packages.is_empty()).then(|| Finding {
            code: FindingCode::ChangeReverted,
            requirement: None,
            outcome,
            group: None,
            packages,
            evidence: evidence.collect(),
            waived: None,
        })
    };
    let outcome = if case.drift_fails { Outcome::Fail } else { Outcome::Informational };
    [finding(outcome, true), finding(Outcome::Unknown, false)].into_iter().flatten().collect()
}
