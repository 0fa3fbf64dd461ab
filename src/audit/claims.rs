//! The maker's own word about an app's function, held against the facts. A claim decides nothing; one that the facts
//! contradict is told aloud.

use std::collections::BTreeSet;

use crate::audit::Case;
use crate::audit::app::App;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::classify::Groups;
use crate::inventory::Inventory;
use crate::package::{Group, PackageName};

pub(super) fn check(case: &Case<'_>, inventory: &Inventory) -> Vec<Finding> {
    let find = |name: &PackageName| {
        let place = case.apps.binary_search_by(|app| app.name.cmp(name)).ok()?;
        case.apps.get(place)
    };
    let of_files = inventory
        .snapshot()
        .claims
        .iter()
        .filter_map(|claim| contradicted(find(&claim.package)?, &claim.groups, &claim.path));
    let of_layers = case.profile.claims.iter().filter_map(|claim| {
        let origin = format!("{}:{}", claim.origin.file, claim.origin.line);
        contradicted(find(&claim.package)?, &claim.groups, &origin)
    });
    of_files.chain(of_layers).chain(case.apps.iter().filter_map(category)).collect()
}

/// Compares groups a package is said to serve with those it was found to serve.
fn contradicted(app: &App<'_>, claimed: &[Group], origin: &str) -> Option<Finding> {
    let claimed: BTreeSet<Group> = claimed.iter().copied().collect();
    let known: BTreeSet<Group> = app.members.union(&app.possible).copied().collect();
    let empty = claimed.difference(&known).map(|group| (*group, "claimed, not found"));
    let hidden = app.members.difference(&claimed).map(|group| (*group, "found, not claimed"));
    finding(app, empty.chain(hidden).collect(), origin)
}

/// Compares `android:appCategory` with the groups a package was found to serve.
fn category(app: &App<'_>) -> Option<Finding> {
    let (package, _, _) = app.folders().next()?;
    let (name, fits) = Groups::built_in().category(package.application.category.as_deref()?)?;
    let against = app.members.iter().filter(|group| !fits.contains(group));
    let against = against.map(|group| (*group, "does not fit its android:appCategory")).collect();
    finding(app, against, &format!("android:appCategory={name} in {}", package.file))
}

fn finding(app: &App<'_>, differences: Vec<(Group, &str)>, origin: &str) -> Option<Finding> {
    let group = differences.first()?.0;
    Some(Finding {
        code: FindingCode::ClaimContradicted,
        requirement: None,
        outcome: Outcome::Informational,
        group: Some(group),
        packages: vec![app.name.clone()],
        evidence: differences
            .into_iter()
            .map(|(group, fact)| FindingEvidence {
                subject: app.name.to_string(),
                fact: format!("{group}: {fact}"),
                origin: origin.to_owned(),
            })
            .collect(),
        waived: None,
    })
}
