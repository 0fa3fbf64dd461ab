//! Entry `probes`: the intents that Java asks the platform for. Java holds none itself, and learns neither weights nor
//! groups.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::classify::Groups;
use crate::classify::question::{Question, questions};
use crate::classify::signal::ComponentKind;
use crate::removability::intents;
use crate::source::property;

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Wanted {
    schema_version: u32,
    probes: BTreeSet<Question>,
    /// What the names of the system properties to tell begin with.
    properties: BTreeSet<&'static str>,
}

/// Lists every question of classification and of removability, each once.
pub(super) fn probes() -> Wanted {
    let mut probes = questions(Groups::built_in());
    for (kind, action, category) in intents() {
        let component = match kind {
            "service" => ComponentKind::Service,
            "receiver" => ComponentKind::Receiver,
            _ => ComponentKind::Activity,
        };
        let question = Question::of_action(component, action);
        probes.insert(match category {
            Some(category) => question.with_category(category),
            None => question,
        });
    }
    Wanted { schema_version: 1, probes, properties: property::beginnings() }
}
