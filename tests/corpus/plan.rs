//! Plans for real trees: after the plan is applied nothing fails but what it says it cannot repair, what was unknown is
//! unknown still, and nothing the platform needs was touched.

use std::collections::{BTreeMap, BTreeSet};

use keepone::audit::{self, Audit, AuditOptions, Finding, FindingCode, Hold, Outcome};
use keepone::classify::{self, Classification, Groups};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::package::PackageName;
use keepone::plan::kind::StepKind;
use keepone::plan::outcome::Plan;
use keepone::plan::{self, Judged, StepCosts};
use keepone::profile::{self, Profile};
use keepone::removability::outcome::Removability;
use keepone::removability::{removability, required};
use keepone::source::{self, ReadOptions, Silent};

use crate::devices;

/// A device with everything the stages say of it.
struct Device {
    inventory: Inventory,
    classifications: Vec<Classification>,
    removabilities: Vec<Removability>,
}

impl Device {
    fn new(inventory: Inventory) -> Self {
        let classifications =
            classify::classify(&inventory, Groups::built_in(), &classify::Options::default());
        let removabilities = removability(&inventory, Conventions::built_in());
        Self { inventory, classifications, removabilities }
    }

    fn audit(&self, profile: &Profile) -> Audit {
        let options = AuditOptions::default();
        audit::audit(&self.inventory, &self.classifications, &self.removabilities, profile, &options)
    }

    fn plan(&self, profile: &Profile, audit: &Audit) -> Plan {
        let judged = Judged {
            inventory: &self.inventory,
            classifications: &self.classifications,
            removabilities: &self.removabilities,
            profile,
            audit,
        };
        plan::plan(&judged, Conventions::built_in(), StepCosts::built_in())
    }

    /// What is not known of each app, in its own words.
    fn unknowns(&self, profile: &Profile) -> BTreeMap<PackageName, String> {
        let apps =
            audit::apps(&self.inventory, &self.classifications, &self.removabilities, profile.switches);
        apps.iter()
            .filter(|app| app.in_scope != Some(false) && matches!(app.hold, Hold::Fixed | Hold::Unknown))
            .filter(|app| app.in_scope.is_none() || app.hold == Hold::Unknown || !app.possible.is_empty())
            .map(|app| (app.name.clone(), format!("{:?} {:?} {:?}", app.in_scope, app.hold, app.possible)))
            .collect()
    }
}

#[test]
fn after_its_plan_nothing_fails_but_what_it_lists() {
    let mut problems = Vec::new();
    for path in devices() {
        let device = path.file_name().unwrap().to_str().unwrap();
        let snapshot = match source::read(&path.join("root"), &ReadOptions::default(), &Silent) {
            Ok(snapshot) => snapshot,
            Err(source::Error::NoApk { .. }) => continue,
            Err(error) => panic!("{device}: {error}"),
        };
        let before = Device::new(Inventory::new(snapshot));
        for id in profile::built_in_ids() {
            let profile = profile::built_in(id).unwrap();
            if profile.groups.is_empty() {
                continue;
            }
            let audit = before.audit(&profile);
            let plan = before.plan(&profile, &audit);
            let after = Device::new(Inventory::new(plan::apply(&before.inventory, &plan, None)));
            let audit_after = after.audit(&profile);
            let fails = |audit: &Audit| audit.findings.iter().filter(|f| f.outcome == Outcome::Fail).count();
            println!(
                "{device:42} {id:22} fails {:3} -> {:3} steps {:3} cost {:6} cannot {:3} left {:3} unknown {:3} -> {:3}",
                fails(&audit),
                fails(&audit_after),
                plan.steps.len(),
                plan.cost,
                plan.cannot_repair.len(),
                plan.left_alone.len(),
                before.unknowns(&profile).len(),
                after.unknowns(&profile).len()
            );
            for finding in audit_after.findings.iter().filter(|f| f.outcome == Outcome::Fail) {
                let listed = plan.cannot_repair.iter().any(|c| {
                    c.code == finding.code
                        && c.group == finding.group
                        && finding.packages.contains(&c.package)
                });
                if !listed {
                    problems.push(format!("{device} {id} {finding:?}"));
                }
            }
            let moved: BTreeSet<_> = plan
                .steps
                .iter()
                .filter(|s| s.kind != StepKind::MakeRemovableByHand)
                .map(|s| &s.package)
                .collect();
            for (name, unknown) in after.unknowns(&profile) {
                if before.unknowns(&profile).get(&name) != Some(&unknown) {
                    problems.push(format!(
                        "{device} {id} new unknown {name} {unknown} moved {}",
                        moved.contains(&name)
                    ));
                }
            }
        }
    }
    println!("{}", problems.join("\n"));
    assert!(problems.is_empty(), "{}", problems.len());
}
