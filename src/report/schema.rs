//! The JSON Schemas of everything the program writes for programs, generated from the types.

use schemars::{Schema, schema_for};
use serde_json::Value;

use crate::choices::ReapplyResult;
use crate::choices::answer::ChoicesResult;
use crate::choices::ask::CameBackResult;
use crate::control::{SetResult, Sheet};
use crate::enforce::answer::JournalResult;
use crate::enforce::{Foreseen, RunResult};
use crate::record::{LastResult, Page, VerifyResult};
use crate::report::result::{
    AuditResult, ClassifyResult, ControlsResult, DiffResult, EnforceResult, PlanResult, ProfileList,
    ProfileResult, RecordsResult,
};
use crate::source::snapshot::Snapshot;

/// Returns every schema with the name of its file in `config/schema`, without the ending `.schema.json`.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let schemas = [
        ("audit", schema_for!(AuditResult)),
        ("choices", schema_for!(ChoicesResult)),
        ("classify", schema_for!(ClassifyResult)),
        ("control-came-back", schema_for!(CameBackResult)),
        ("control-reapply", schema_for!(ReapplyResult)),
        ("control-set", schema_for!(SetResult)),
        ("control-sheet", schema_for!(Sheet)),
        ("controls", schema_for!(ControlsResult)),
        ("diff", schema_for!(DiffResult)),
        ("enforce", schema_for!(RunResult)),
        ("enforce-foresee", schema_for!(Vec<Foreseen>)),
        ("enforce-phone", schema_for!(EnforceResult)),
        ("journal", schema_for!(JournalResult)),
        ("plan", schema_for!(PlanResult)),
        ("profile-list", schema_for!(ProfileList)),
        ("profile-show", schema_for!(ProfileResult)),
        ("records", schema_for!(RecordsResult)),
        ("records-last", schema_for!(LastResult)),
        ("records-list", schema_for!(Page)),
        ("records-verify", schema_for!(VerifyResult)),
        ("snapshot", schema_for!(Snapshot)),
    ];
    schemas.into_iter().map(|(name, schema)| (name, described(schema))).collect()
}

/// Takes the links out of the descriptions: they lead to places in the program's own documentation.
fn described(schema: Schema) -> Value {
    fn walk(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(walk),
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(text) if name == "description" => *text = without_links(text),
                        field => walk(field),
                    }
                }
            }
            _ => {}
        }
    }
    let mut value = schema.to_value();
    walk(&mut value);
    value
}

/// Returns `text` with every `[shown](target)` and `[shown]` of a code word replaced by what it shows.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((shown, after)) = link.split_once("`]") else { break };
        plain.extend([before, "`", shown, "`"]);
        let target = after.strip_prefix('(').and_then(|after| after.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn descriptions_keep_their_words_and_lose_their_links() {
        assert_eq!(without_links("see [`A`] and [`B`](super::B), a [c]"), "see `A` and `B`, a [c]");
        assert_eq!(without_links("open [`A"), "open [`A");
    }
}
