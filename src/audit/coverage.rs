//! Everything the device has was read. What was not is listed here and keeps the whole from passing.

use std::collections::BTreeMap;

use crate::audit::Case;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::inventory::Inventory;
use crate::language::{Language, Localized};
use crate::profile::Check;
use crate::source::unread::{Unread, UnreadKind};

pub(super) fn check(case: &Case<'_>, inventory: &Inventory) -> Vec<Finding> {
    let mut by_kind: BTreeMap<(UnreadKind, &'static str), Vec<&Unread>> = BTreeMap::new();
    for unread in case.unread {
        by_kind.entry((unread.kind, unread.reason.id())).or_default().push(unread);
    }
    let requirement = case.requirement(Check::Inventory);
    let mut findings: Vec<Finding> =
        by_kind.into_values().map(|unread| incomplete(&unread, requirement.clone())).collect();
    findings.extend(nothing_in_scope(case, inventory, requirement));
    findings.extend(duplicates(inventory));
    findings.extend(idle(case));
    findings
}

/// One finding for everything of one kind that was not read for one reason.
fn incomplete(unread: &[&Unread], requirement: Option<String>) -> Finding {
    let evidence = unread.iter().map(|entry| FindingEvidence {
        subject: entry.package.as_ref().map_or_else(|| entry.path.clone(), ToString::to_string),
        fact: entry.reason.localized(Language::English),
        origin: entry.path.clone(),
    });
    let mut packages: Vec<_> = unread.iter().filter_map(|entry| entry.package.clone()).collect();
    packages.sort();
    packages.dedup();
    Finding {
        code: FindingCode::IncompleteInventory,
        requirement,
        outcome: Outcome::NotChecked,
        group: None,
        packages,
        evidence: evidence.collect(),
        waived: None,
    }
}

/// A phone has apps that its launcher shows. Where none was found, the part that holds them is missing.
fn nothing_in_scope(case: &Case<'_>, inventory: &Inventory, requirement: Option<String>) -> Option<Finding> {
    case.apps.iter().all(|app| app.in_scope == Some(false)).then(|| Finding {
        code: FindingCode::IncompleteInventory,
        requirement,
        outcome: Outcome::NotChecked,
        group: None,
        packages: Vec::new(),
        evidence: vec![FindingEvidence {
            subject: inventory.snapshot().source.name.clone(),
            fact: "no app with a launcher entry".to_owned(),
            origin: inventory.snapshot().source.name.clone(),
        }],
        waived: None,
    })
}

/// Packages that lie in several folders: a device shows one of them, and every folder was judged.
fn duplicates(inventory: &Inventory) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (name, group) in inventory.by_name().filter(|(_, group)| group.len() > 1) {
        findings.push(Finding {
            code: FindingCode::DuplicatePackage,
            requirement: None,
            outcome: Outcome::Informational,
            group: None,
            packages: vec![name.clone()],
            evidence: group
                .iter()
                .map(|package| FindingEvidence {
                    subject: package.name.to_string(),
                    fact: package.version_code.map_or_else(String::new, |version| version.to_string()),
                    origin: package.path.clone(),
                })
                .collect(),
            waived: None,
        });
    }
    findings
}

/// Apps whose state the profile counts as uninstalled: told, because another profile would not.
fn idle(case: &Case<'_>) -> Option<Finding> {
    let idle: Vec<_> =
        case.apps.iter().filter(|app| app.hold == super::Hold::Idle && app.in_scope != Some(false)).collect();
    (!idle.is_empty()).then(|| Finding {
        code: FindingCode::DisabledOnly,
        requirement: None,
        outcome: Outcome::Informational,
        group: None,
        packages: idle.iter().map(|app| app.name.clone()).collect(),
        evidence: idle.iter().flat_map(|app| app.hold_evidence()).collect(),
        waived: None,
    })
}
