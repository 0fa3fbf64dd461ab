//! Stage 5: what would repair the device, at least cost. Takes an inventory, what the earlier stages say of it and the
//! costs of steps; gives a [`Plan`]. Pure, and never an error: what cannot be repaired is part of the plan.
//!
//! A group may keep so many non-uninstallable apps, the others become removable in the maker's own way. [`choose`] finds
//! the cheapest lawful choice exactly. What the platform needs is never touched; what is not known is left alone; what a
//! maker declared stays where the rule lets it.
//!
//! The build-time form of a plan changes the image: [`apply`] computes the state after it, [`emit()`] writes it for a
//! build. The run-time form is what a running phone can do, with the failures that leaves ([`run_time`]).

mod apply;
mod assemble;
mod broken;
pub mod choose;
pub mod cost;
pub mod emit;
mod explain;
pub mod group_set;
mod hindrance;
pub mod kind;
mod listed;
mod on_device;
pub mod outcome;
mod platform;
mod reason;
mod repair;
pub mod run_time;
mod said;
pub mod step;
mod way;

use crate::audit::{self, Audit};
use crate::classify::Classification;
use crate::inventory::Inventory;
use crate::maker::Conventions;
use crate::plan::choose::Search;
use crate::plan::kind::StepKind;
use crate::profile::Profile;
use crate::removability::outcome::Removability;

pub use apply::apply;
pub use cost::StepCosts;
pub use emit::{EmitError, Form, emit};
pub use outcome::Plan;

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The device.
    pub inventory: &'a Inventory,
    /// What each package is for, in the order of [`Inventory::packages`].
    pub classifications: &'a [Classification],
    /// Whether each package can be removed, in the same order.
    pub removabilities: &'a [Removability],
    /// The rule.
    pub profile: &'a Profile,
    /// How the device stands under the rule.
    pub audit: &'a Audit,
}

/// Finds the least repair of a device.
pub fn plan(judged: &Judged<'_>, conventions: &Conventions, costs: &StepCosts) -> Plan {
    let apps =
        audit::apps(judged.inventory, judged.classifications, judged.removabilities, judged.profile.switches);
    let platform = platform::Platform::new(judged.inventory, conventions);
    let repair = repair::Repair::new(&apps, judged.profile, judged.audit, &platform, costs);
    let candidates = repair.candidates();
    let search = Search::new(&candidates, repair.limits.clone());
    let choice = search.best();
    let groups = explain::groups(&repair, &search, &choice);
    let steps = assemble::Assembly::new(&repair, &choice, judged.inventory).steps();
    let run_time = on_device::run_time(&repair, &choice, &groups);
    Plan {
        schema_version: outcome::SCHEMA_VERSION,
        tool: concat!("keepone ", env!("CARGO_PKG_VERSION")).to_owned(),
        device: device(judged.inventory),
        profile: judged.profile.id.clone(),
        step_costs: costs.sha256.clone(),
        cost: cost(&repair, &choice, &steps),
        groups,
        steps,
        cannot_repair: repair.cannot_repair(&choice),
        left_alone: repair.left_alone(),
        run_time,
    }
}

/// The cost of the whole: that of the choice, of what lies outside every group, and of properties set once.
fn cost(repair: &repair::Repair<'_>, choice: &choose::Choice, steps: &[step::Step]) -> u64 {
    let outside = repair.outside.iter().filter_map(|outside| outside.way.as_ref().ok()).map(way::Way::cost);
    let once = steps.iter().filter(|step| step.kind == StepKind::SetProperty).map(|step| step.cost);
    outside.chain(once).fold(choice.cost, u64::saturating_add)
}

fn device(inventory: &Inventory) -> outcome::PlannedDevice {
    let device = inventory.device();
    outcome::PlannedDevice {
        fingerprint: device.fingerprint.clone(),
        android_release: device.android_release.clone(),
        sdk: device.sdk,
    }
}

#[cfg(test)]
mod tests;
