//! What a running device is asked, where manifests are not at hand: every intent that a signal of `config/groups.toml` looks
//! for, and those by which a launcher finds entries. Pure data: no weight and no group goes out with a question.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::classify::entry::{ENTRY_CATEGORIES, MAIN};
use crate::classify::groups::Groups;
use crate::classify::signal::{ComponentKind, Signal};

/// Does this package have a component that answers this intent?
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Question {
    /// Which kind of component is asked.
    pub component: ComponentKind,
    /// The action.
    pub action: String,
    /// The categories.
    pub categories: Vec<String>,
    /// The data URI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// The MIME type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
}

impl Question {
    /// Asks for an action alone.
    pub fn of_action(component: ComponentKind, action: &str) -> Self {
        Self { component, action: action.to_owned(), categories: Vec::new(), data: None, mime_type: None }
    }

    /// Asks for a category too.
    #[must_use]
    pub fn with_category(mut self, category: &str) -> Self {
        self.categories.push(category.to_owned());
        self
    }
}

/// Returns every question, each once, in order.
pub fn questions(groups: &Groups) -> BTreeSet<Question> {
    let entries = ENTRY_CATEGORIES
        .map(|category| Question::of_action(ComponentKind::Activity, MAIN).with_category(category));
    let mut asked = BTreeSet::from(entries);
    for signal in &groups.signals {
        match signal {
            Signal::Probe(probe) => {
                asked.insert(Question {
                    component: probe.component,
                    action: probe.intent.action.clone(),
                    categories: probe.intent.categories.clone(),
                    data: probe.uri.clone(),
                    mime_type: probe.intent.mime_type.clone(),
                });
            }
            Signal::ManyActions { known, .. } => {
                asked.extend(known.iter().map(|action| Question::of_action(ComponentKind::Activity, action)));
            }
            _ => {}
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_every_listed_action_and_the_launcher_are_asked_for() {
        let asked = questions(Groups::built_in());
        for (id, probe) in Groups::built_in().probes() {
            let found = asked.iter().any(|question| {
                question.component == probe.component
                    && question.action == probe.intent.action
                    && question.categories == probe.intent.categories
                    && question.data == probe.uri
                    && question.mime_type == probe.intent.mime_type
            });
            assert!(found, "{id}");
        }
        let launcher = asked.iter().filter(|question| {
            question.categories.iter().any(|category| category == "android.intent.category.LAUNCHER")
        });
        assert_eq!(launcher.count(), 1);
        let settings = asked.iter().filter(|question| question.action.starts_with("android.settings."));
        assert!(settings.count() > 80);
    }
}
