//! Plans for real trees: after the plan nothing fails but what it says it cannot repair, what was unknown is unknown
//! still, nothing the platform needs was touched; and its script makes the tree what the plan said, and undoes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use keepone::audit::{self, Audit, AuditOptions, Finding, FindingCode, Hold, Outcome};
use keepone::classify::{self, Classification, Groups};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::package::PackageName;
use keepone::plan::kind::StepKind;
use keepone::plan::outcome::Plan;
use keepone::plan::{self, Form, Judged, StepCosts};
use keepone::profile::{self, Profile};
use keepone::removability::outcome::Removability;
use keepone::removability::{removability, required};
use keepone::source::snapshot::Snapshot;
use keepone::source::{self, ReadOptions, Silent, count};

use crate::devices;

/// A device with everything the stages say of it.
struct Device {
    inventory: Inventory,
    classifications: Vec<Classification>,
    removabilities: Vec<Removability>,
}

impl Device {
    fn new(snapshot: Snapshot) -> Self {
        let inventory = Inventory::new(snapshot);
        let classifications =
            classify::classify(&inventory, Groups::built_in(), &classify::Options::default());
        let removabilities = removability(&inventory, Conventions::built_in());
        Self { inventory, classifications, removabilities }
    }

    fn audit(&self, profile: &Profile) -> Audit {
        let options = AuditOptions::default();
        audit::audit(&self.inventory, &self.classifications, &self.removabilities, profile, &options)
    }

    fn plan(&self, profile: &Profile) -> Plan {
        let judged = Judged {
            inventory: &self.inventory,
            classifications: &self.classifications,
            removabilities: &self.removabilities,
            profile,
            audit: &self.audit(profile),
        };
        plan::plan(&judged, Conventions::built_in(), StepCosts::built_in())
    }

    /// What is not known of each app that the device holds on to, or may.
    fn unknowns(&self, profile: &Profile) -> BTreeMap<PackageName, String> {
        let apps =
            audit::apps(&self.inventory, &self.classifications, &self.removabilities, profile.switches);
        let unknown = |app: &&audit::App<'_>| {
            let held = matches!(app.hold, Hold::Fixed | Hold::Unknown) && app.in_scope != Some(false);
            held && (app.in_scope.is_none() || app.hold == Hold::Unknown || !app.possible.is_empty())
        };
        let said = |app: &audit::App<'_>| format!("{:?} {:?} {:?}", app.in_scope, app.hold, app.possible);
        apps.iter().filter(unknown).map(|app| (app.name.clone(), said(app))).collect()
    }
}

/// Every tree of the corpus that holds an APK, with its name and root.
fn trees() -> impl Iterator<Item = (String, std::path::PathBuf, Snapshot)> {
    devices().into_iter().filter_map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match source::read(&path.join("root"), &ReadOptions::default(), &Silent) {
            Ok(snapshot) => Some((name, path.join("root"), snapshot)),
            Err(source::Error::NoApk { .. }) => None,
            Err(error) => panic!("{name}: {error}"),
        }
    })
}

/// The profiles that cap groups.
fn capped() -> Vec<Profile> {
    let all = profile::built_in_ids().map(|id| profile::built_in(id).unwrap());
    let capped: Vec<Profile> = all.filter(|profile| !profile.groups.is_empty()).collect();
    assert_eq!(capped.len(), 4);
    capped
}

fn failing(audit: &Audit) -> impl Iterator<Item = &Finding> {
    audit.findings.iter().filter(|finding| finding.outcome == Outcome::Fail)
}

#[test]
fn after_its_plan_nothing_fails_but_what_it_lists() {
    println!(
        "{:38} {:18} {:>11} {:>5} {:>5} {:>5} {:>6} {:>10}",
        "device", "profile", "fails", "steps", "cost", "stays", "alone", "not known"
    );
    let mut plans = 0;
    for (name, _, snapshot) in trees() {
        let before = Device::new(snapshot);
        for profile in capped() {
            let plan = before.plan(&profile);
            let after = Device::new(plan::apply(&before.inventory, &plan, None));
            let audits = [before.audit(&profile), after.audit(&profile)];
            let unknowns = [before.unknowns(&profile), after.unknowns(&profile)];
            println!(
                "{name:38} {:18} {:4} -> {:3} {:5} {:5} {:5} {:6} {:3} -> {:3}",
                profile.id,
                failing(&audits[0]).count(),
                failing(&audits[1]).count(),
                plan.steps.len(),
                plan.cost,
                plan.cannot_repair.len(),
                plan.left_alone.len(),
                unknowns[0].len(),
                unknowns[1].len()
            );
            let at = format!("{name}, {}", profile.id);
            assert_only_listed_failures(&at, &plan, &audits[1]);
            assert_unknowns_unchanged(&at, &plan, unknowns, &audits);
            assert_nothing_needed_is_touched(&at, &plan, &before);
            let again = after.plan(&profile);
            assert!(again.steps.is_empty(), "{at}: {:#?}", again.steps);
            assert_eq!(again.cannot_repair, plan.cannot_repair, "{at}");
            plans += 1;
        }
    }
    assert!(plans >= 4 * 40, "{plans}");
}

fn assert_only_listed_failures(at: &str, plan: &Plan, after: &Audit) {
    for finding in failing(after) {
        let listed = plan.cannot_repair.iter().any(|stays| {
            stays.code == finding.code
                && stays.group == finding.group
                && finding.packages.contains(&stays.package)
        });
        assert!(listed, "{at}: {finding:#?}");
    }
    for stays in &plan.cannot_repair {
        let fails = failing(after)
            .any(|finding| finding.code == stays.code && finding.packages.contains(&stays.package));
        assert!(fails, "{at}: {stays:#?}");
    }
}

/// Apart from what users may now remove, the same is unknown; and what was not read is not read still.
fn assert_unknowns_unchanged(
    at: &str,
    plan: &Plan,
    [mut before, after]: [BTreeMap<PackageName, String>; 2],
    audits: &[Audit; 2],
) {
    let changed: BTreeSet<&PackageName> = plan.steps.iter().map(|step| &step.package).collect();
    before.retain(|name, _| !changed.contains(name));
    assert_eq!(before, after, "{at}");
    let [before, after] = audits.each_ref().map(|audit| {
        let of_reading =
            audit.findings.iter().filter(|finding| finding.code == FindingCode::IncompleteInventory);
        of_reading.collect::<Vec<_>>()
    });
    assert_eq!(before, after, "{at}");
}

fn assert_nothing_needed_is_touched(at: &str, plan: &Plan, device: &Device) {
    let keepers: BTreeSet<&PackageName> =
        plan.groups.iter().flat_map(|group| &group.keepers).map(|keeper| &keeper.package).collect();
    for step in &plan.steps {
        let folders = device.inventory.package(&step.package);
        assert!(
            !folders.is_empty() && folders.iter().all(|package| required(package).is_none()),
            "{at}: {step:#?}"
        );
        assert!(!keepers.contains(&step.package), "{at}: {step:#?}");
    }
}

#[test]
fn the_order_of_a_real_tree_does_not_matter() {
    for (name, _, snapshot) in trees() {
        let mut turned = snapshot.clone();
        turned.packages.reverse();
        turned.system_config.statements.reverse();
        turned.system_config.default_holders.reverse();
        turned.maker_lists.reverse();
        let [one, other] = [snapshot, turned].map(Device::new);
        for profile in capped() {
            assert_eq!(one.plan(&profile), other.plan(&profile), "{name}, {}", profile.id);
        }
    }
}

/// A snapshot without what a computed state cannot have.
fn comparable(mut snapshot: Snapshot) -> Snapshot {
    snapshot.derived = None;
    for package in &mut snapshot.packages {
        package.source_path = None;
        // Whether a folder of no usual name is one app's own is told by what else lies in it; a move may change that.
        package.path.clone_from(&package.file);
    }
    snapshot.maker_lists.iter_mut().for_each(|list| list.sha256 = None);
    count::seal(&mut snapshot);
    Inventory::new(snapshot).snapshot().clone()
}

/// Compares part by part, so that what differs can be read.
fn assert_same(name: &str, read: &Snapshot, said: &Snapshot) {
    let [read, said] = [read, said].map(|snapshot| serde_json::to_value(snapshot).unwrap());
    let keys: BTreeSet<&String> =
        [&read, &said].iter().flat_map(|value| value.as_object().unwrap().keys()).collect();
    for key in keys {
        let [read, said] = [&read[key], &said[key]];
        let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
        for (read, said) in list(read).iter().zip(&list(said)) {
            let file = &said["file"];
            assert!(
                read == said,
                "{name}: {key}: {file} {:.300} {:.300}",
                read.to_string(),
                said.to_string()
            );
        }
        assert!(read == said, "{name}: {key}: {:.300} {:.300}", read.to_string(), said.to_string());
    }
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").args(["-a", "--"]).arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

/// Every path below a folder with its bytes.
fn contents(folder: &Path, all: &mut BTreeMap<std::path::PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap();
        let bytes = if kind.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        all.insert(path.clone(), bytes);
        if kind.is_dir() {
            contents(&path, all);
        }
    }
}

#[test]
fn the_script_makes_each_tree_what_the_plan_said_and_undoes_it() {
    let profile = profile::built_in(profile::DEFAULT_ID).unwrap();
    let (mut scripts, mut steps) = (0, 0);
    for (name, root, snapshot) in trees() {
        let before = Device::new(snapshot);
        let plan = before.plan(&profile);
        let changes = plan.steps.iter().filter(|step| step.kind != StepKind::HandOverRole).count();
        if changes == 0 {
            continue;
        }
        let bench = tempfile::tempdir().unwrap();
        let (tree, script) = (bench.path().join("root"), bench.path().join("plan.sh"));
        copy(&root, &tree);
        let text = plan::emit(&plan, &before.inventory, Form::Script)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        fs::write(&script, text).unwrap();
        let run = |words: &[&str]| {
            let output = Command::new("sh").arg(&script).args(words).arg(&tree).output().unwrap();
            assert!(output.status.success(), "{name} {words:?}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let mut original = BTreeMap::new();
        contents(&tree, &mut original);
        run(&["--apply"]);
        let read = source::read(&tree, &ReadOptions::default(), &Silent).unwrap();
        let said = plan::apply(&before.inventory, &plan, None);
        assert_same(&name, &comparable(read), &comparable(said));
        run(&["--undo", "--apply"]);
        let mut undone = BTreeMap::new();
        contents(&tree, &mut undone);
        assert_eq!(original, undone, "{name}");
        scripts += 1;
        steps += changes;
    }
    println!("{scripts} scripts with {steps} steps run and undone");
    assert!(scripts >= 30 && steps >= 300, "{scripts} scripts, {steps} steps");
}
