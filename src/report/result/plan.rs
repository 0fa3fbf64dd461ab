//! The result of `keepone plan`.

use serde::{Deserialize, Serialize};

use crate::audit::Summary;
use crate::inventory::Inventory;
use crate::package::Sha256Digest;
use crate::plan::Plan;
use crate::plan::outcome::{CannotRepair, GroupPlan, LeftAlone};
use crate::plan::run_time::RunTime;
use crate::plan::step::Step;
use crate::report::result::{Basis, Head};

/// The least repair of one device under one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PlanResult {
    /// Who says it, of what.
    #[serde(flatten)]
    pub head: Head,
    /// The id of the profile.
    pub profile: String,
    /// What the plan rests on besides the device.
    pub basis: Basis,
    /// Digest of the costs of steps (`config/step-costs.toml`).
    pub step_costs_sha256: Sha256Digest,
    /// What the steps cost together, with the penalties of groups that keep no app.
    pub cost: u64,
    /// The groups in which a choice was made: what stays and why, what else could have stayed.
    pub groups: Vec<GroupPlan>,
    /// The steps at build time, in the order in which they are done.
    pub steps: Vec<Step>,
    /// What stays broken, and why.
    pub cannot_repair: Vec<CannotRepair>,
    /// Packages that are not touched because something about them is not known.
    pub left_alone: Vec<LeftAlone>,
    /// What a running phone can do instead, and what that leaves.
    pub run_time: RunTime,
    /// The counts of the audit before the plan.
    pub summary: Summary,
}

impl PlanResult {
    /// Puts a plan together with what it is about.
    pub fn new(inventory: &Inventory, plan: &Plan, basis: Basis, summary: Summary) -> Self {
        Self {
            head: Head::of(inventory),
            profile: plan.profile.clone(),
            basis,
            step_costs_sha256: plan.step_costs.clone(),
            cost: plan.cost,
            groups: plan.groups.clone(),
            steps: plan.steps.clone(),
            cannot_repair: plan.cannot_repair.clone(),
            left_alone: plan.left_alone.clone(),
            run_time: plan.run_time.clone(),
            summary,
        }
    }
}
