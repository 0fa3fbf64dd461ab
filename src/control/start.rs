//! Which components start an app that nobody opened: by a broadcast of the platform, or because another app calls them.

use crate::control::table::broadcast::{BIND, PLATFORM_GUARDS, STARTS};
use crate::source::snapshot::{Component, PackageFacts, Stated};

/// What the names of the platform's own actions begin with.
const PLATFORM: [&str; 2] = ["android.", "com.android."];

/// A component that starts its app.
pub(super) struct Starter<'a> {
    /// The component.
    pub(super) component: &'a Component,
    /// What it answers to.
    pub(super) answers: Vec<String>,
}

/// Returns what the manifest says of a component's `enabled`; `None` when that is a reference.
pub(super) fn declared(component: &Component) -> Option<bool> {
    match &component.enabled {
        None => Some(true),
        Some(enabled) => enabled.value().copied(),
    }
}

/// Receivers that the platform's broadcasts start.
pub(super) fn by_itself(facts: &PackageFacts) -> impl Iterator<Item = Starter<'_>> {
    facts.receivers.iter().filter(|receiver| !is_for_the_platform(receiver)).filter_map(|component| {
        let answers = started_by(component);
        (!answers.is_empty()).then_some(Starter { component, answers })
    })
}

/// Services and receivers that other apps start: exported, and not there for the platform alone.
pub(super) fn by_others(facts: &PackageFacts) -> impl Iterator<Item = Starter<'_>> {
    let receivers = facts.receivers.iter().filter(|receiver| started_by(receiver).is_empty());
    let open = facts.services.iter().chain(receivers).filter(|component| {
        is_exported(component) && !is_for_the_platform(component) && answers_others(component)
    });
    open.map(|component| Starter { component, answers: actions(component).cloned().collect() })
}

fn actions(component: &Component) -> impl Iterator<Item = &String> {
    component.filters.iter().flat_map(|filter| &filter.actions)
}

fn started_by(component: &Component) -> Vec<String> {
    let mut starts: Vec<String> =
        actions(component).filter(|action| STARTS.contains(&action.as_str())).cloned().collect();
    starts.dedup();
    starts
}

fn is_for_the_platform(component: &Component) -> bool {
    component
        .permission
        .as_deref()
        .is_some_and(|guard| guard.starts_with(BIND) || PLATFORM_GUARDS.contains(&guard))
}

/// Not stated, a component is exported exactly when it has a filter (`ParsedActivityUtils`, below API 31).
fn is_exported(component: &Component) -> bool {
    match &component.exported {
        Some(Stated::Value(exported)) => *exported,
        Some(Stated::Reference { .. }) => true,
        None => !component.filters.is_empty(),
    }
}

/// Whether something else than the platform's own actions reaches it: an action of an app, or only its name.
fn answers_others(component: &Component) -> bool {
    let mut actions = actions(component).peekable();
    actions.peek().is_none() || actions.any(|action| !PLATFORM.iter().any(|own| action.starts_with(own)))
}
