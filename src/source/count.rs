//! Counts the facts of a record, so that a thinned snapshot can be told from a whole one.

use serde::Serialize;
use serde_json::Value;

use crate::source::snapshot::{PackageFacts, Snapshot, Totals};

/// Returns how many facts `record` holds: the leaf values of its JSON form.
///
/// The `facts` field of the record itself must be 0 when it is counted, and counts as one leaf when it is written with
/// another value; [`of_package`] takes care of that.
fn leaves(record: &impl Serialize) -> u32 {
    fn walk(value: &Value) -> u32 {
        match value {
            Value::Array(items) => items.iter().map(walk).fold(0, u32::saturating_add),
            Value::Object(fields) => fields.values().map(walk).fold(0, u32::saturating_add),
            _ => 1,
        }
    }
    // A record of ours always has a JSON form; one that had none would hold no fact.
    serde_json::to_value(record).map_or(0, |value| walk(&value))
}

/// Returns how many facts `package` holds, its own `facts` field left out.
pub fn of_package(package: &PackageFacts) -> u32 {
    leaves(package).saturating_sub(1)
}

/// Returns the totals that belong to `snapshot` as it stands, its packages' `facts` fields left out.
pub fn totals(snapshot: &Snapshot) -> Totals {
    let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let facts = [
        leaves(&snapshot.schema_version),
        leaves(&snapshot.tool),
        leaves(&snapshot.source),
        leaves(&snapshot.captured),
        leaves(&snapshot.derived),
        leaves(&snapshot.device),
        leaves(&snapshot.users),
        leaves(&snapshot.unread),
        leaves(&snapshot.system_config),
        leaves(&snapshot.maker_lists),
        leaves(&snapshot.claims),
        leaves(&snapshot.profile_layers),
        leaves(&snapshot.diagnostics),
    ];
    Totals {
        packages: length(snapshot.packages.len()),
        unread: length(snapshot.unread.len()),
        facts: facts.into_iter().fold(0, u32::saturating_add),
    }
}

/// Writes the counts into `snapshot`. Every source calls this last.
pub fn seal(snapshot: &mut Snapshot) {
    for package in &mut snapshot.packages {
        package.facts = of_package(package);
    }
    snapshot.totals = totals(snapshot);
}
