//! The probes of `config/groups.toml` put to our matcher and to the framework's `IntentFilter.match`, filter by filter.

use std::collections::{BTreeMap, BTreeSet};

use keepone::classify::Groups;
use keepone::classify::filter::{Match, matches};
use keepone::classify::signal::{ComponentKind, Probe};
use keepone::source::snapshot::{Component, PackageFacts};
use serde_json::{Value, json};

/// Returns the probes as the framework is asked; the data as text, for our own form of it is part of what is tested.
pub(crate) fn asked() -> Vec<Value> {
    let ask = |(id, probe): (&str, &Probe)| {
        json!({
            "id": id, "component": probe.component, "action": probe.intent.action,
            "categories": probe.intent.categories, "data": probe.uri, "mime-type": probe.intent.mime_type,
        })
    };
    Groups::built_in().probes().map(ask).collect()
}

/// How the answers of both came out.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Filters that were asked.
    pub(crate) asked: usize,
    /// Filters that both let a probe through.
    pub(crate) passed: usize,
    /// Filters whose answer hangs on an unresolved reference for us.
    pub(crate) unresolved: usize,
    /// Where the answers differ.
    pub(crate) differences: Vec<String>,
}

/// Puts every probe to every filter of `facts` and compares with the framework's `answers`.
pub(crate) fn compare(
    facts: &PackageFacts,
    answers: &BTreeMap<String, BTreeSet<(usize, usize)>>,
    outcome: &mut Outcome,
) {
    let none = BTreeSet::new();
    for (id, probe) in Groups::built_in().probes() {
        let theirs = answers.get(id).unwrap_or(&none);
        for (at, component) in components(facts, probe).iter().enumerate() {
            for (position, filter) in component.filters.iter().enumerate() {
                outcome.asked += 1;
                let passes = theirs.contains(&(at, position));
                match matches(filter, &probe.intent) {
                    Match::Perhaps => outcome.unresolved += 1,
                    ours if (ours == Match::Yes) != passes => outcome.differences.push(format!(
                        "{id}: {} filter {position}: ours {ours:?}, the framework's {passes}: {filter:?}",
                        component.name
                    )),
                    Match::Yes => outcome.passed += 1,
                    Match::No => {}
                }
            }
        }
    }
}

fn components<'a>(facts: &'a PackageFacts, probe: &Probe) -> &'a [Component] {
    match probe.component {
        ComponentKind::Activity => &facts.activities,
        ComponentKind::Receiver => &facts.receivers,
        ComponentKind::Service => &facts.services,
    }
}
