//! Computes the state of a device after the build-time form of a plan. Takes an inventory and a plan, gives a snapshot
//! marked as derived; changes nothing.

use std::collections::BTreeMap;

use crate::diagnostic::DiagnosticCode;
use crate::inventory::Inventory;
use crate::package::Sha256Digest;
use crate::plan::kind::StepKind;
use crate::plan::outcome::Plan;
use crate::plan::step::{Edit, Step};
use crate::source::count;
use crate::source::snapshot::{Derived, MakerList, MakerListEntry, PackageFacts, Property, Snapshot};

/// Returns the snapshot of the device after every step that this program can do; `from` is the digest of the snapshot
/// the inventory was made from, where there is one. Steps that are only displayed change nothing.
pub fn apply(inventory: &Inventory, plan: &Plan, from: Option<Sha256Digest>) -> Snapshot {
    let mut snapshot = inventory.snapshot().clone();
    for step in &plan.steps {
        match (step.kind, &step.edit) {
            (StepKind::AddToRemovableList, Some(edit)) => add(&mut snapshot.maker_lists, edit),
            (StepKind::RemoveFromFixedList, Some(edit)) => take_out(&mut snapshot.maker_lists, edit),
            (StepKind::SetProperty, Some(edit)) => {
                let property =
                    Property { value: edit.says.clone().unwrap_or_default(), path: edit.file.clone() };
                snapshot.device.properties.insert(edit.subject.clone(), property);
            }
            _ => {}
        }
    }
    move_packages(&mut snapshot.packages, &plan.steps);
    // The inventory notes these itself; those it noted tell of places before the moves.
    snapshot.diagnostics.retain(|diagnostic| diagnostic.code != DiagnosticCode::DuplicatePackage);
    snapshot.derived = Some(Derived { by: "plan applied".to_owned(), profile: plan.profile.clone(), from });
    count::seal(&mut snapshot);
    snapshot
}

fn add(lists: &mut Vec<MakerList>, edit: &Edit) {
    let entry = MakerListEntry { subject: edit.subject.clone(), says: edit.says.clone(), condition: None };
    if let Some(list) = lists.iter_mut().find(|list| list.path == edit.file) {
        list.entries.push(entry);
        // The digest is that of the file before.
        list.sha256 = None;
    } else if let Some(id) = &edit.list {
        let place = lists.partition_point(|list| list.path < edit.file);
        let list =
            MakerList { list: id.clone(), path: edit.file.clone(), sha256: None, entries: vec![entry] };
        lists.insert(place, list);
    }
}

fn take_out(lists: &mut [MakerList], edit: &Edit) {
    for list in lists.iter_mut().filter(|list| list.path == edit.file) {
        list.entries.retain(|entry| entry.subject != edit.subject || entry.says != edit.says);
        list.sha256 = None;
    }
}

fn move_packages(packages: &mut [PackageFacts], steps: &[Step]) {
    let moves = steps.iter().filter(|step| step.kind == StepKind::MoveToRemovableLocation);
    let by_package: BTreeMap<_, _> =
        moves.map(|step| ((&step.package, step.from.as_deref()), step)).collect();
    for package in packages {
        let Some(step) = by_package.get(&(&package.name, Some(package.path.as_str()))) else { continue };
        let to =
            |file: &str| step.files.iter().find(|moved| moved.from == file).map(|moved| moved.to.clone());
        package.path = step.to.clone().unwrap_or_default();
        package.file = to(&package.file).unwrap_or_default();
        // The source does not hold the file at its new place.
        package.source_path = None;
        for split in &mut package.splits {
            split.file = to(&split.file).unwrap_or_default();
        }
    }
}
