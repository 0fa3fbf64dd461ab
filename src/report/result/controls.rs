//! The result of `keepone controls`.

use serde::{Deserialize, Serialize};

use crate::choices::{Imported, ReapplyResult};
use crate::control::Sheet;
use crate::control::set::CannotSet;
use crate::enforce::{Foreseen, RunResult};
use crate::inventory::Inventory;
use crate::report::result::Head;

/// The switches of apps on a phone, and what became of setting some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ControlsResult {
    /// Who says it, of what.
    #[serde(flatten)]
    pub head: Head,
    /// The user of the phone.
    pub user: u32,
    /// Whether anything was to be changed; `false`: only looked at.
    pub applied: bool,
    /// The journal, as a path of the computer; `null` when nothing was to be changed.
    pub journal: Option<String>,
    /// The switches of each app as they stand at the end.
    pub sheets: Vec<Sheet>,
    /// For `--set`: what is to be written, as it stood before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Foreseen>,
    /// For `--set`: what could not be tried, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cannot: Vec<CannotSet>,
    /// For `--set`: what was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<RunResult>,
    /// For `--import`: what became of each item of the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imported: Vec<Imported>,
    /// For `--import`: what became of each choice on the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<ReapplyResult>,
    /// For `--export`: how many choices were written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<usize>,
}

impl ControlsResult {
    /// Begins the result for a user.
    pub fn new(inventory: &Inventory, user: u32) -> Self {
        Self {
            head: Head::of(inventory),
            user,
            applied: false,
            journal: None,
            sheets: Vec::new(),
            steps: Vec::new(),
            cannot: Vec::new(),
            result: None,
            imported: Vec::new(),
            chosen: None,
            exported: None,
        }
    }
}
