//! The result of `keepone enforce`.

use serde::{Deserialize, Serialize};

use crate::enforce::{Foreseen, RunResult};
use crate::inventory::Inventory;
use crate::plan::run_time::Leaves;
use crate::report::result::Head;

/// What was to be done on a phone, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct EnforceResult {
    /// Who says it, of what.
    #[serde(flatten)]
    pub head: Head,
    /// The id of the profile.
    pub profile: String,
    /// The user of the phone.
    pub user: u32,
    /// Whether anything was to be changed; `false`: a dry run.
    pub applied: bool,
    /// The journal, as a path of the computer; `null` for a dry run.
    pub journal: Option<String>,
    /// What was to be done, as it stood before; empty when an interrupted run was taken up.
    pub steps: Vec<Foreseen>,
    /// What was done; `null` for a dry run, and when nothing was to be done.
    pub result: Option<RunResult>,
    /// Failures that a running phone does not repair: they are left to the build.
    pub leaves: Vec<Leaves>,
}

impl EnforceResult {
    /// Begins the result of a run for a user.
    pub fn new(inventory: &Inventory, profile: &str, user: u32, leaves: Vec<Leaves>) -> Self {
        Self {
            head: Head::of(inventory),
            profile: profile.to_owned(),
            user,
            applied: false,
            journal: None,
            steps: Vec::new(),
            result: None,
            leaves,
        }
    }
}
