//! How well classification does on labelled real phones. The tables are committed, so that every change of a weight
//! shows its effect; `KEEPONE_UPDATE=1` writes them anew.

mod held_out;
mod labels;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use keepone::classify::{Classification, EvidenceKind, Groups, Options, Scope, Status, classify, weigh_all};
use keepone::inventory::Inventory;
use keepone::source::{ReadOptions, Silent, read};

use labels::{Labels, Truth};
use table::Table;

/// One device, read once.
struct Device {
    name: String,
    inventory: Inventory,
    /// What is known of each package of the inventory, in its order, with its number of launcher entries.
    truths: Vec<Option<(Truth, u32)>>,
}

fn devices(labels: &Labels) -> Vec<Device> {
    let read_device = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        // A tree of paths only holds no APK to classify.
        let snapshot = read(&path.join("root"), &ReadOptions::default(), &Silent).ok()?;
        let inventory = Inventory::new(snapshot);
        let entries = labels::entries(&path);
        let truth = |package: &keepone::source::snapshot::PackageFacts| {
            let count = entries.get(package.name.as_str()).copied().unwrap_or(0);
            labels.truth(&name, package.name.as_str(), count).map(|truth| (truth, count))
        };
        let truths = inventory.packages().iter().map(truth).collect();
        Some(Device { name, inventory, truths })
    };
    let devices: Vec<Device> = crate::devices().into_iter().filter_map(read_device).collect();
    assert!(devices.len() >= 47, "only {} devices could be read", devices.len());
    devices
}

/// Counts the answers for one device against labels of one confidence.
fn count(device: &Device, answers: &[Classification], confidence: &str) -> Table {
    let mut table = Table::default();
    for (answer, truth) in answers.iter().zip(&device.truths) {
        let Some((truth, entries)) = truth else { continue };
        let says = answer.groups.iter().any(|membership| membership.status == Status::Member);
        if truth.confidence == confidence && (*entries > 0 || says) {
            table.count(truth, *entries, answer);
        }
    }
    table
}

/// Trees put together from single manifests, apart from trees of real phones.
fn is_mixed(device: &Device) -> bool {
    device.name.starts_with("mixed_") || device.name.starts_with("apps_")
}

struct Run {
    all: Table,
    retail: Table,
    mixed: Table,
    unsure: Table,
    in_scope: usize,
    in_review: usize,
}

fn run(devices: &[Device], options: &Options) -> Run {
    let mut run = Run {
        all: Table::default(),
        retail: Table::default(),
        mixed: Table::default(),
        unsure: Table::default(),
        in_scope: 0,
        in_review: 0,
    };
    for device in devices {
        let answers = classify(&device.inventory, Groups::built_in(), options);
        let table = count(device, &answers, "high");
        run.all.add(&table);
        if is_mixed(device) { &mut run.mixed } else { &mut run.retail }.add(&table);
        run.unsure.add(&count(device, &answers, "medium"));
        run.unsure.add(&count(device, &answers, "low"));
        for answer in answers.iter().filter(|answer| answer.scope == Scope::InScope) {
            run.in_scope += 1;
            let is_review = |membership: &keepone::classify::Membership| membership.status == Status::Review;
            run.in_review += usize::from(answer.groups.iter().any(is_review));
        }
    }
    run
}

fn write(title: &str, run: &Run, out: &mut String) {
    run.all.write(&format!("## {title}: all trees, labels of high confidence"), out);
    run.retail.write(&format!("## {title}: trees of real phones, high confidence"), out);
    run.mixed.write(&format!("## {title}: trees put together from single apps, high confidence"), out);
    run.unsure.write(&format!("## {title}: all trees, labels of medium and low confidence"), out);
    writeln!(out, "In scope: {}, for a person to look at: {}\n", run.in_scope, run.in_review).unwrap();
}

#[test]
fn classification_is_as_good_as_the_committed_tables_say() {
    let labels = Labels::read(&crate::corpus());
    let devices = devices(&labels);
    let full = run(&devices, &Options::default());
    let nameless =
        run(&devices, &Options { ignore: BTreeSet::from([EvidenceKind::Name, EvidenceKind::Label]) });

    let mut out = String::from("# Accuracy of classification on the labelled corpus\n\n");
    write("All evidence", &full, &mut out);
    write("Without names and labels", &nameless, &mut out);
    let [device_out, package_out] = leave_one_out(&devices);
    device_out
        .write("## All evidence, each device judged without what only this device speaks for", &mut out);
    package_out.write("## The same, also without what only packages of the names it has speak for", &mut out);
    crate::committed("accuracy.md", &out);

    let (total, nameless) = (full.all.total(), nameless.all.total());
    assert!(total.precision() >= Some(990) && total.recall() >= Some(970), "{total:?}");
    assert!(nameless.precision() >= Some(970) && nameless.recall() >= Some(800), "{nameless:?}");
    assert!(full.in_review * 20 <= full.in_scope, "{} of {} for review", full.in_review, full.in_scope);
}

/// Judges each device with groups that could have been made without it, and without its packages.
fn leave_one_out(devices: &[Device]) -> [Table; 2] {
    let text = include_str!("../../../config/groups.toml");
    let mut support = held_out::Support::new();
    let mut members = BTreeSet::new();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for device in devices {
        for (package, truth) in device.inventory.packages().iter().zip(&device.truths) {
            let name = package.name.to_string();
            names.entry(device.name.clone()).or_default().insert(name.clone());
            let Some((truth, entries)) = truth else { continue };
            if *entries == 0 {
                continue;
            }
            if !truth.accepted.is_empty() {
                members.insert((device.name.clone(), name.clone()));
            }
            for (group, _, evidence) in
                weigh_all(package, &device.inventory, Groups::built_in(), &Options::default())
            {
                // Evidence for a group is shown by its members, evidence against it by all others.
                let is_member = truth.accepted.contains(group.id());
                for entry in evidence.iter().filter(|entry| (entry.weight > 0) == is_member) {
                    let shown = support.entry((group.to_string(), entry.id.clone())).or_default();
                    shown.insert((device.name.clone(), name.clone()));
                }
            }
        }
    }
    [BTreeMap::new(), names].map(|names| {
        let mut table = Table::default();
        for device in devices {
            let own = names.get(&device.name).cloned().unwrap_or_default();
            let groups = held_out::groups_without(&device.name, text, &support, &members, &own);
            let answers = classify(&device.inventory, &groups, &Options::default());
            table.add(&count(device, &answers, "high"));
        }
        table
    })
}
