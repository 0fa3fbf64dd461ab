//! A maker that declares which app of a group stays is held to it.

use crate::audit::Case;
use crate::audit::app::Hold;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::profile::{Check, Keeper};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let requirement = case.requirement(Check::Cap);
    case.profile
        .keepers
        .iter()
        .filter_map(|keeper| {
            let (outcome, fact) = differs(case, keeper)?;
            Some(Finding {
                code: FindingCode::DeclaredKeeperDiffers,
                requirement: requirement.clone(),
                outcome,
                group: Some(keeper.group),
                packages: vec![keeper.package.clone()],
                evidence: vec![FindingEvidence {
                    subject: keeper.package.to_string(),
                    fact: fact.to_owned(),
                    origin: format!("{}:{}", keeper.origin.file, keeper.origin.line),
                }],
                waived: None,
            })
        })
        .collect()
}

/// Returns how the device differs from a declaration; `None` when it does not.
fn differs(case: &Case<'_>, keeper: &Keeper) -> Option<(Outcome, &'static str)> {
    let Some(app) = case.apps.iter().find(|app| *app.name == keeper.package) else {
        // Among what was not read it may well be.
        return Some(if case.unread.is_empty() {
            (Outcome::Fail, "not on the device")
        } else {
            (Outcome::Unknown, "not read")
        });
    };
    let is_member = app.members.contains(&keeper.group);
    let may_be = app.possible.contains(&keeper.group);
    match (app.hold, is_member) {
        (_, false) if may_be => Some((Outcome::Unknown, "not surely of this group")),
        (_, false) => Some((Outcome::Fail, "not of this group")),
        (Hold::Fixed, true) => None,
        (Hold::Unknown, true) => Some((Outcome::Unknown, "not known whether it can be removed")),
        (Hold::Removable | Hold::Idle, true) => Some((Outcome::Fail, "can be removed")),
    }
}
