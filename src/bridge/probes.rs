//! Entry `probes`: the intents that Java asks the platform for. Java holds none itself, and learns neither weights nor
//! groups.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::classify::Groups;
use crate::classify::question::{Question, questions};
use crate::classify::signal::ComponentKind;
use crate::removability::intents;

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Probes {
    schema_version: u32,
    probes: BTreeSet<Question>,
}

/// Lists every question of classification and of removability, each once.
pub(super) fn probes() -> Probes {
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
    Probes { schema_version: 1, probes }
}
