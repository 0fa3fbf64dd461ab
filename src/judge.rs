//! The stages in their order over one inventory: the way everyone judges who judges, the command line and the JNI edge.
//!
//! Takes an inventory, a rule and what was not to be looked at; gives everything the stages said, ready for a report. Pure.

use crate::audit::{self, Audit, AuditOptions};
use crate::classify::{Classification, Classifier, Groups, Options};
use crate::cores::{in_parts, joined};
use crate::inventory::Inventory;
use crate::maker::Conventions;
use crate::plan::{self, Plan, StepCosts};
use crate::profile::Profile;
use crate::removability::outcome::Removability;
use crate::removability::{Ground, Rules};
use crate::report::result::{AuditResult, Basis, ClassifyResult, PlanResult};

/// Everything the stages said about one source.
#[derive(Debug)]
pub struct Judged {
    /// The facts.
    pub inventory: Inventory,
    /// What each package is for, in the order of the inventory.
    pub classifications: Vec<Classification>,
    /// Whether each package can be removed, in the order of the inventory.
    pub removabilities: Vec<Removability>,
    /// Whether the rule is kept.
    pub audit: Audit,
    basis: Basis,
}

/// Judges an inventory by a rule.
pub fn judge(
    inventory: Inventory,
    profile: &Profile,
    options: &Options,
    audit_options: AuditOptions,
) -> Judged {
    let groups = Groups::built_in();
    let (classifications, removabilities) = packages(&inventory, groups, options, Conventions::built_in());
    let audit = audit::audit(&inventory, &classifications, &removabilities, profile, &audit_options);
    let basis = Basis {
        profile_sha256: profile.digest(),
        layers: profile.layers.clone(),
        waivers: profile.waivers.len(),
        keepers: profile.keepers.len(),
        groups_sha256: groups.digest().clone(),
        today: audit_options.today,
    };
    Judged { inventory, classifications, removabilities, audit, basis }
}

/// Says of each package what it is for and whether it can be removed, in the order of the inventory: what
/// [`classify`](crate::classify::classify) and [`removability`](crate::removability::removability) give, of one look at its facts.
pub fn packages(
    inventory: &Inventory,
    groups: &Groups,
    options: &Options,
    conventions: &Conventions,
) -> (Vec<Classification>, Vec<Removability>) {
    let classifier = Classifier::new(inventory, groups, options);
    let ground = Ground::new(inventory, conventions);
    let parts = in_parts(inventory.packages(), |part| {
        let rules = Rules::new(&ground);
        let mut both = (Vec::with_capacity(part.len()), Vec::with_capacity(part.len()));
        both.extend(part.iter().map(|package| (classifier.classify(package), rules.judge(package))));
        both
    });
    let (classifications, removabilities): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    (joined(classifications), joined(removabilities))
}

/// Tells whether a rule has an end date, so that a result depends on the day it is made.
pub fn asks_the_day(profile: &Profile) -> bool {
    profile.waivers.iter().any(|waiver| waiver.until.is_some())
}

impl Judged {
    /// Puts everything together for a report.
    pub fn result(&self, profile: &Profile) -> AuditResult {
        AuditResult::new(
            &self.inventory,
            &self.classifications,
            &self.removabilities,
            profile,
            self.audit.clone(),
            self.basis.clone(),
        )
    }

    /// Puts what the apps are for together for a report; `options` are those of the judging.
    pub fn classify_result(&self, options: &Options) -> ClassifyResult {
        let ignored = options.ignore.iter().copied().collect();
        ClassifyResult::new(&self.inventory, &self.classifications, self.basis.groups_sha256.clone(), ignored)
    }

    /// Finds the least repair.
    pub fn plan(&self, profile: &Profile) -> Plan {
        let judged = plan::Judged {
            inventory: &self.inventory,
            classifications: &self.classifications,
            removabilities: &self.removabilities,
            profile,
            audit: &self.audit,
        };
        plan::plan(&judged, Conventions::built_in(), StepCosts::built_in())
    }

    /// Puts a plan together for a report.
    pub fn plan_result(&self, plan: &Plan) -> PlanResult {
        PlanResult::new(&self.inventory, plan, self.basis.clone(), self.audit.summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::classify;
    use crate::package::PackageName;
    use crate::removability::removability;
    use crate::source::count;
    use crate::source::snapshot::Snapshot;

    #[test]
    fn thousands_of_packages_are_judged_as_each_is_by_itself() {
        let phone = include_str!("../tests/data/devices/lenovo-tb-x6c6l.json");
        let mut phone: Snapshot = serde_json::from_str(phone).unwrap();
        let known = std::mem::take(&mut phone.packages);
        phone.packages = (0..5_000)
            .zip(known.iter().cycle())
            .map(|(number, package)| {
                let name = PackageName::new(&format!("{}.n{number}", package.name)).unwrap();
                crate::source::snapshot::PackageFacts { name, ..package.clone() }
            })
            .collect();
        count::seal(&mut phone);
        let inventory = Inventory::new(phone);
        let (groups, conventions, options) =
            (Groups::built_in(), Conventions::built_in(), Options::default());
        let (classifications, removabilities) = packages(&inventory, groups, &options, conventions);
        assert_eq!(classifications, classify(&inventory, groups, &options));
        assert_eq!(removabilities, removability(&inventory, conventions));
        let classifier = Classifier::new(&inventory, groups, &options);
        let ground = Ground::new(&inventory, conventions);
        let rules = Rules::new(&ground);
        for (index, package) in inventory.packages().iter().enumerate() {
            assert_eq!(classifications[index], classifier.classify(package), "{}", package.name);
            assert_eq!(removabilities[index], rules.judge(package), "{}", package.name);
        }
    }
}
