//! Stage 4: does the device keep the rule? Takes what every package is for and whether it can be removed, and a
//! profile; gives an [`Audit`]: an outcome per requirement and the findings behind it. Pure, and never an error: what
//! is missing was said by earlier stages and comes out as `unknown` or `notchecked`.
//!
//! No requirement passes on a fact that is not known. Each check is a file; a check takes the `Case` and gives
//! findings.

mod allowed;
mod app;
mod cap;
mod claims;
mod coverage;
pub mod explain;
mod hindered;
mod keepers;
mod open;
pub mod outcome;
mod restored;
mod reverted;
mod waivers;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::classify::Classification;
use crate::inventory::Inventory;
use crate::package::PackageName;
use crate::profile::{Check, Profile};
use crate::removability::outcome::Removability;
use crate::source::unread::Unread;

pub use app::{App, Hold, apps};
pub use outcome::{Finding, FindingCode, FindingEvidence, Outcome};

/// What an audit needs to know from outside the device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditOptions {
    /// The day the audit is made, `YYYY-MM-DD`, for end dates of waivers. `None`: waivers with an end date do not hold.
    pub today: Option<String>,
    /// Apps that were removed for a user before, as a journal or an earlier snapshot says.
    pub removed: Vec<Removed>,
    /// Changes of a journal that do not stand any more, or are not known to.
    pub reverted: Vec<Reverted>,
    /// Whether what came back fails the audit: it was asked for what came back. Else it is only told.
    pub drift_fails: bool,
}

/// A change that a journal says was made, and what stands now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reverted {
    /// The package it is about.
    pub package: PackageName,
    /// The number of the change in the journal.
    pub seq: u64,
    /// What was changed, in Android's words.
    pub what: String,
    /// What was set.
    pub set: String,
    /// What stands now; `None`: that could not be read.
    pub stands: Option<String>,
    /// Whether it removed an app for a user: such an app that is there again is told once.
    pub removal: bool,
}

/// An app that was removed for a user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Removed {
    /// The package.
    pub package: PackageName,
    /// The user of the phone.
    pub user: u32,
}

/// The result of an audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Audit {
    /// One entry per requirement of the profile, in its order.
    pub requirements: Vec<RequirementOutcome>,
    /// What is worth telling, worst first.
    pub findings: Vec<Finding>,
    /// The counts, and the outcome of the whole.
    pub summary: Summary,
}

/// How one requirement came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RequirementOutcome {
    /// The requirement's id.
    pub id: String,
    /// How it came out.
    pub outcome: Outcome,
}

/// The counts of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// `fail` when any requirement failed, else `unknown` when any could not be decided, else `pass`.
    pub outcome: Outcome,
    /// Apps in scope, each counted once.
    pub in_scope: usize,
    /// Of these, apps that the user cannot remove.
    pub non_uninstallable: usize,
    /// How many findings there are.
    pub findings: usize,
    /// How many of them say that something is not known or was not read.
    pub unknown: usize,
}

/// Everything the checks look at.
struct Case<'a> {
    apps: Vec<App<'a>>,
    unread: &'a [Unread],
    profile: &'a Profile,
    waivers: waivers::Waivers<'a>,
    removed: &'a [Removed],
    reverted: &'a [Reverted],
    drift_fails: bool,
}

impl Case<'_> {
    /// Returns the id of the first requirement of the profile that is checked in this way.
    fn requirement(&self, check: Check) -> Option<String> {
        let requirement = self.profile.requirements.iter().find(|requirement| requirement.check == check);
        requirement.map(|requirement| requirement.id.clone())
    }
}

/// Holds a device against a profile. `classifications` and `removabilities` are in the order of
/// [`Inventory::packages`].
pub fn audit(
    inventory: &Inventory,
    classifications: &[Classification],
    removabilities: &[Removability],
    profile: &Profile,
    options: &AuditOptions,
) -> Audit {
    let mut case = Case {
        apps: app::apps(inventory, classifications, removabilities, profile.switches),
        unread: inventory.unread(),
        profile,
        waivers: waivers::Waivers::new(profile, options.today.as_deref()),
        removed: &options.removed,
        reverted: &options.reverted,
        drift_fails: options.drift_fails,
    };
    let mut findings = coverage::check(&case, inventory);
    findings.extend(allowed::check(&mut case));
    findings.extend(cap::check(&mut case));
    findings.extend(open::check(&mut case));
    findings.extend(hindered::check(&mut case));
    findings.extend(keepers::check(&case));
    findings.extend(claims::check(&case, inventory));
    let restored = restored::check(&case);
    findings.extend(reverted::check(&case, restored.as_ref()));
    findings.extend(restored);
    findings.extend(case.waivers.leftovers());
    findings.sort_by(|a, b| (gravity(a.outcome), a).cmp(&(gravity(b.outcome), b)));
    findings.dedup();
    let requirements = requirements(&case, &findings);
    let summary = summary(&case, &findings, &requirements);
    Audit { requirements, findings, summary }
}

/// Orders outcomes from the worst to the harmless.
const fn gravity(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Fail => 0,
        Outcome::Error => 1,
        Outcome::Unknown => 2,
        Outcome::NotChecked => 3,
        Outcome::Informational => 4,
        Outcome::Fixed => 5,
        Outcome::Pass => 6,
        Outcome::NotApplicable => 7,
        Outcome::NotSelected => 8,
    }
}

/// Whether an outcome keeps a requirement, and the whole, from passing.
const fn is_open(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Unknown | Outcome::NotChecked | Outcome::Error)
}

/// Says how each requirement came out; `findings` are sorted, the worst first.
fn requirements(case: &Case<'_>, findings: &[Finding]) -> Vec<RequirementOutcome> {
    let unread = !case.unread.is_empty();
    let mut worst: BTreeMap<&str, Outcome> = BTreeMap::new();
    for finding in findings {
        if let Some(requirement) = &finding.requirement {
            // the worst finding comes first
            worst.entry(requirement).or_insert(finding.outcome);
        }
    }
    let outcome = |id: &str, check: Check| match (check, worst.get(id).copied()) {
        (Check::Person, _) => Outcome::NotSelected,
        (_, Some(worst)) if worst == Outcome::Fail || is_open(worst) => worst,
        // What was not read could hold an app that breaks the requirement.
        _ if unread => Outcome::NotChecked,
        _ => Outcome::Pass,
    };
    let entry = |requirement: &crate::profile::Requirement| RequirementOutcome {
        id: requirement.id.clone(),
        outcome: outcome(&requirement.id, requirement.check),
    };
    case.profile.requirements.iter().map(entry).collect()
}

fn summary(case: &Case<'_>, findings: &[Finding], requirements: &[RequirementOutcome]) -> Summary {
    let outcomes = || findings.iter().map(|f| f.outcome).chain(requirements.iter().map(|r| r.outcome));
    let outcome = if outcomes().any(|outcome| outcome == Outcome::Fail) {
        Outcome::Fail
    } else if outcomes().any(is_open) {
        Outcome::Unknown
    } else {
        Outcome::Pass
    };
    let in_scope = || case.apps.iter().filter(|app| app.in_scope == Some(true));
    Summary {
        outcome,
        in_scope: in_scope().count(),
        non_uninstallable: in_scope().filter(|app| app.hold == Hold::Fixed).count(),
        findings: findings.len(),
        unknown: findings.iter().filter(|finding| is_open(finding.outcome)).count(),
    }
}
