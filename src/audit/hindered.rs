//! No entry hinders its own removal by a blank name (MIIT notice 26 of 2023, measure on easy uninstallation). Whether
//! an icon is transparent nobody can tell from facts. Where the device told that an entry is switched off at run time,
//! that is told: an app may hide itself, and so may its user.

use crate::audit::Case;
use crate::audit::app::App;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::classify::entry;
use crate::profile::Check;
use crate::source::snapshot::Label;

pub(super) fn check(case: &mut Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = switched_off(case).into_iter().collect();
    let Some(requirement) = case.requirement(Check::HinderedRemoval) else { return findings };
    let mut blank = Vec::new();
    let mut unknown = Vec::new();
    for app in case.apps.iter().filter(|app| app.in_scope == Some(true)) {
        match named(app) {
            Some(true) => {}
            Some(false) if case.waivers.accepts(app, &requirement).is_some() => {}
            Some(false) => blank.push(app),
            None => unknown.push(app),
        }
    }
    let finding = |outcome, fact: &str, apps: &[&App<'_>]| Finding {
        code: FindingCode::HinderedRemoval,
        requirement: Some(requirement.clone()),
        outcome,
        group: None,
        packages: apps.iter().map(|app| app.name.clone()).collect(),
        evidence: apps
            .iter()
            .map(|app| FindingEvidence {
                subject: app.name.to_string(),
                fact: fact.to_owned(),
                origin: app.folders().next().map_or_else(String::new, |(package, _, _)| package.file.clone()),
            })
            .collect(),
        waived: None,
    };
    if !blank.is_empty() {
        findings.push(finding(Outcome::Fail, "blank label", &blank));
    }
    if !unknown.is_empty() {
        findings.push(finding(Outcome::NotChecked, "label not resolved", &unknown));
    }
    findings
}

/// Apps whose entry is switched off at run time for a user.
fn switched_off(case: &Case<'_>) -> Option<Finding> {
    let mut packages = Vec::new();
    let mut evidence = Vec::new();
    for app in case.apps.iter().filter(|app| app.in_scope != Some(false)) {
        let before = evidence.len();
        for (package, _, _) in app.folders() {
            evidence.extend(entry::switched_off(package).into_iter().map(|(user, class)| FindingEvidence {
                subject: app.name.to_string(),
                fact: format!("entry switched off at run time: user {user}"),
                origin: class.to_owned(),
            }));
        }
        if evidence.len() > before {
            packages.push(app.name.clone());
        }
    }
    (!packages.is_empty()).then_some(Finding {
        code: FindingCode::HinderedRemoval,
        requirement: None,
        outcome: Outcome::Informational,
        group: None,
        packages,
        evidence,
        waived: None,
    })
}

/// Returns whether an app shows a name; `None` when its labels are unresolved references.
fn named(app: &App<'_>) -> Option<bool> {
    let shows = |label: &Label| {
        let mut texts = [&label.en, &label.zh].into_iter().flatten();
        texts.any(|text| text.chars().any(is_visible))
    };
    // The label of the application lies nearest, and one that shows is enough.
    if app.folders().any(|(package, _, _)| package.application.label.as_ref().is_some_and(shows)) {
        return Some(true);
    }
    let labels: Vec<&Label> = app
        .folders()
        .flat_map(|(package, _, _)| {
            let own = package.activities.iter().filter_map(|activity| activity.label.as_ref());
            own.chain(&package.application.label)
        })
        .collect();
    let mut texts = labels.iter().flat_map(|label| [&label.en, &label.zh]).flatten();
    // Without any label the platform shows the package name, which is a name.
    if labels.is_empty() || labels.iter().any(|label| shows(label)) {
        Some(true)
    } else if labels.iter().any(|label| label.reference.is_some()) || texts.next().is_none() {
        None
    } else {
        Some(false)
    }
}

/// Returns whether a character leaves a mark on the screen.
fn is_visible(c: char) -> bool {
    let is_blank = c.is_whitespace() || c.is_control();
    // Zero-width and filler characters that are drawn as nothing.
    let is_filler = matches!(c, '\u{00ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}');
    !is_blank && !is_filler
}

#[cfg(test)]
mod tests {
    use super::is_visible;

    #[test]
    fn fillers_are_no_name() {
        assert!("\u{200b}\u{3164} \t\u{2800}".chars().all(|c| !is_visible(c)));
        assert!("设".chars().all(is_visible));
    }
}
