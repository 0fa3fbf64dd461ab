//! What is to be done: tasks in their order, each one value for one cell, with what must hold when it runs.
//!
//! An [`Order`] is made from the run-time form of a plan, or from a change of a control. It is complete in itself, so that a
//! journal that holds it can be resumed without anything else.

use serde::{Deserialize, Serialize};

use crate::enforce::cell::{Cell, Value};
use crate::language::Text;
use crate::package::PackageName;
use crate::plan::run_time::{GroupApps, RunTime, RunTimeKind, RunTimeStep};
use crate::plan::step::{Applicability, Precondition};

/// Everything one run is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Order {
    /// What kind of run this is.
    pub kind: RunKind,
    /// When it was asked for, RFC 3339, as the caller says.
    pub now: String,
    /// The tasks, in order.
    pub tasks: Vec<Task>,
    /// What no task may do, whatever it says.
    #[serde(default)]
    pub guard: Guard,
}

/// The framework itself.
const FRAMEWORK: &str = "android";

/// What is known of the device that forbids tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Guard {
    /// Packages the platform needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<PackageName>,
    /// The apps of each group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupApps>,
}

impl Guard {
    /// Takes the bounds of a plan.
    pub fn of_plan(plan: &RunTime) -> Self {
        Self { required: plan.required.clone(), groups: plan.groups.clone() }
    }

    /// Whether the platform needs a package.
    pub(super) fn requires(&self, package: &PackageName) -> bool {
        package.as_str() == FRAMEWORK || self.required.contains(package)
    }
}

/// What kind of run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// Carries out the run-time form of a plan.
    Enforce,
    /// Sets a switch for the user.
    Control,
    /// Sets switches again to what the user chose before.
    Reapply,
    /// Puts back what stood before.
    Undo,
}

impl RunKind {
    /// Returns the words for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Enforce => Text::new("a plan was carried out", "执行方案"),
            Self::Control => Text::new("a switch was set", "设置开关"),
            Self::Reapply => Text::new("choices were applied again", "重新执行用户选择"),
            Self::Undo => Text::new("changes were undone", "撤销更改"),
        }
    }
}

/// One value for one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Task {
    /// What the task is for.
    pub purpose: Purpose,
    /// The package it is about; for a role, the one that holds it before.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What is to stand in it.
    pub to: Value,
    /// What must hold when it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Precondition>,
    /// Whether it may be done.
    pub consent: Consent,
}

/// What a task is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "for", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Purpose {
    /// A step of a plan.
    Step {
        /// Which kind.
        kind: RunTimeKind,
    },
    /// A switch of the user.
    Switch {
        /// The area, `auto-start`.
        area: String,
        /// The switch, `self-start`.
        switch: String,
    },
    /// Putting back what stood before a change.
    Undo {
        /// The number of the change in the journal.
        change: u64,
    },
}

/// Whether a task may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Nothing is lost; nobody has to be asked.
    NotNeeded,
    /// Something is lost, and the user agreed.
    Given,
    /// Something is lost, and nobody agreed.
    Missing,
    /// It is only told.
    DisplayOnly,
}

/// What a person asks for when a plan is to be carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The user of the phone.
    pub user: u32,
    /// Packages for which the user agreed to what is lost.
    pub consent: &'a [PackageName],
    /// The packages to deal with; `None`: all of the plan.
    pub only: Option<&'a [PackageName]>,
    /// The kinds of steps to do; `None`: all of the plan.
    pub kinds: Option<&'a [RunTimeKind]>,
    /// When, RFC 3339.
    pub now: &'a str,
}

impl Order {
    /// Makes the order that carries out the run-time form of a plan. Steps for packages and of kinds that are not asked for
    /// are left out.
    pub fn of_plan(plan: &RunTime, wish: &Wish<'_>) -> Self {
        let asked = |step: &&RunTimeStep| {
            wish.only.is_none_or(|only| only.contains(&step.package))
                && wish.kinds.is_none_or(|kinds| kinds.contains(&step.kind))
        };
        Self {
            kind: RunKind::Enforce,
            now: wish.now.to_owned(),
            tasks: plan.steps.iter().filter(asked).filter_map(|step| task(step, wish)).collect(),
            guard: Guard::of_plan(plan),
        }
    }

    /// Makes the order that brings packages back from the image for a user, whoever took them away. Nothing is lost by it;
    /// undoing it takes them away again, under the bounds of the plan.
    pub fn bringing_back(plan: &RunTime, packages: &[PackageName], user: u32, now: &str) -> Self {
        let task = |package: &PackageName| Task {
            purpose: Purpose::Step { kind: RunTimeKind::InstallForUser },
            package: package.clone(),
            cell: Cell::Installed { package: package.clone(), user },
            to: Value::Flag(true),
            conditions: Vec::new(),
            consent: Consent::NotNeeded,
        };
        Self {
            kind: RunKind::Enforce,
            now: now.to_owned(),
            tasks: packages.iter().map(task).collect(),
            guard: Guard::of_plan(plan),
        }
    }
}

/// Turns a step into a task. A step that hands over a role without naming it asks for nothing.
fn task(step: &RunTimeStep, wish: &Wish<'_>) -> Option<Task> {
    let user = wish.user;
    let package = step.package.clone();
    let (cell, to) = match step.kind {
        RunTimeKind::HandOverRole => {
            (Cell::RoleHolder { role: step.role.clone()?, user }, Value::Packages(vec![step.to.clone()?]))
        }
        RunTimeKind::BlockUninstall => (Cell::BlockUninstall { package, user }, Value::Flag(true)),
        RunTimeKind::UnblockUninstall => (Cell::BlockUninstall { package, user }, Value::Flag(false)),
        RunTimeKind::UninstallForUser => (Cell::Installed { package, user }, Value::Flag(false)),
        RunTimeKind::InstallForUser => (Cell::Installed { package, user }, Value::Flag(true)),
    };
    let agreed = wish.consent.contains(&step.package);
    let consent = match step.applicability {
        Applicability::DisplayOnly => Consent::DisplayOnly,
        _ if agreed => Consent::Given,
        Applicability::NeedsConsent => Consent::Missing,
        Applicability::Safe if step.destroys_data => Consent::Missing,
        Applicability::Safe => Consent::NotNeeded,
    };
    Some(Task {
        purpose: Purpose::Step { kind: step.kind },
        package: step.package.clone(),
        cell,
        to,
        conditions: step.preconditions.clone(),
        consent,
    })
}
