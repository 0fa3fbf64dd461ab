//! The JSON Schemas of everything the program writes for programs, generated from the types.

use schemars::{Schema, schema_for};

use crate::report::result::{
    AuditResult, ClassifyResult, DiffResult, PlanResult, ProfileList, ProfileResult,
};
use crate::source::snapshot::Snapshot;

/// Returns every schema with the name of its file in `config/schema`, without the ending `.schema.json`.
pub fn schemas() -> Vec<(&'static str, Schema)> {
    vec![
        ("audit", schema_for!(AuditResult)),
        ("classify", schema_for!(ClassifyResult)),
        ("diff", schema_for!(DiffResult)),
        ("plan", schema_for!(PlanResult)),
        ("profile-list", schema_for!(ProfileList)),
        ("profile-show", schema_for!(ProfileResult)),
        ("snapshot", schema_for!(Snapshot)),
    ]
}
