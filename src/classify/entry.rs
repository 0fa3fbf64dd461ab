//! Which activities a launcher shows: the user-visible entries of a package.
//!
//! A launcher lists enabled, exported activities and aliases that answer `MAIN` with `LAUNCHER` (`LauncherAppsService`
//! on phones; `LEANBACK_LAUNCHER` on television sets). An entry that is `enabled="false"` is none; one whose `enabled`
//! is an unresolved reference may be one.
//!
//! On a running device a component may be switched on for a user, and is then an entry whatever its manifest says. One
//! that is switched off for a user stays an entry: what switched it off can switch it on again
//! ([`switched_off`] names it).

use std::collections::BTreeMap;

use crate::classify::outcome::Scope;
use crate::package::is_on_data;
use crate::source::snapshot::{Component, PackageFacts, Stated, UserState};

pub(super) const MAIN: &str = "android.intent.action.MAIN";
pub(super) const ENTRY_CATEGORIES: [&str; 2] =
    ["android.intent.category.LAUNCHER", "android.intent.category.LEANBACK_LAUNCHER"];

/// Components that the image's sysconfig switches on or off.
#[derive(Clone, Debug, Default)]
pub struct Overrides<'a>(BTreeMap<&'a str, Switched<'a>>);

/// The components of one package that the image switches on or off, by class.
pub type Switched<'a> = BTreeMap<&'a str, bool>;

impl<'a> Overrides<'a> {
    /// Notes that the image switches a component of `package` on or off; the last word counts.
    pub fn set(&mut self, package: &'a str, class: &'a str, enabled: bool) {
        self.0.entry(package).or_default().insert(class, enabled);
    }

    /// Returns what is switched in `package`; `None` when nothing is.
    pub fn of(&self, package: &PackageFacts) -> Option<&Switched<'a>> {
        self.0.get(package.name.as_str())
    }
}

/// One launcher entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The activity or alias that carries the filter.
    pub component: &'a Component,
    /// Whether it is enabled; `None` when that hangs on an unresolved reference.
    pub enabled: Option<bool>,
}

/// Returns the entries of `package` that are enabled or may be, in the order of the manifest.
pub fn entries<'a>(package: &'a PackageFacts, overrides: &Overrides<'_>) -> Vec<Entry<'a>> {
    if package.overlay_target.is_some() {
        return Vec::new();
    }
    let stated = enabled(package.application.enabled.as_ref());
    let switched_on = package.states.iter().any(|state| state.enabled == Some(true));
    let application = if switched_on { Some(true) } else { stated };
    if application == Some(false) {
        return Vec::new();
    }
    let switched = overrides.of(package);
    package
        .activities
        .iter()
        .filter(|activity| is_entry(activity))
        .filter_map(|component| {
            let own = component_enabled(package, component, switched);
            let enabled = if own == Some(false) { own } else { own.and(application) };
            (enabled != Some(false)).then_some(Entry { component, enabled })
        })
        .collect()
}

/// Returns whether the rule looks at `package`, from its entries; `whole` tells whether all its activities were read.
pub fn scope(package: &PackageFacts, entries: &[Entry<'_>], whole: bool) -> Scope {
    let shipped = is_shipped(package);
    if package.overlay_target.is_some() || package.application.library.is_some() {
        Scope::NotAnApp
    } else if shipped == Some(false) {
        Scope::NotShipped
    } else if shipped == Some(true) && entries.iter().any(|entry| entry.enabled == Some(true)) {
        Scope::InScope
    } else if entries.is_empty() && whole {
        Scope::NoEntry
    } else {
        Scope::Unknown
    }
}

/// Returns whether the device was shipped with `package`; `None` when that cannot be told.
///
/// A running platform says of a package on the data partition whether it is a system app or the update of one. What it
/// calls neither was installed later: by the user, or from a place of the maker that its user may empty. What nobody is
/// named as the installer of and cannot be uninstalled is taken for neither.
pub fn is_shipped(package: &PackageFacts) -> Option<bool> {
    if !is_on_data(&package.path) || package.update.is_some() || package.system != Some(false) {
        return Some(true);
    }
    let held = package.states.iter().any(|state| state.block_uninstall == Some(true));
    if held && package.installer.is_none() { None } else { Some(false) }
}

/// Returns the entries of `package` that are switched off at run time, each with the user they are off for.
pub fn switched_off(package: &PackageFacts) -> Vec<(u32, &str)> {
    let off = |state: &UserState, entry: &Component| state.disabled_components.contains(&entry.name);
    let entries = || package.activities.iter().filter(|activity| is_entry(activity));
    let of = |state| {
        entries().filter(move |entry| off(state, entry)).map(|entry| (state.user, entry.name.as_str()))
    };
    package.states.iter().flat_map(of).collect()
}

/// Returns whether a component of `package` is enabled: switched on for a user, as `switched` by the image, else as its
/// manifest states, by default yes; `None` for an unresolved reference.
pub fn component_enabled(
    package: &PackageFacts,
    component: &Component,
    switched: Option<&Switched<'_>>,
) -> Option<bool> {
    if package.states.iter().any(|state| state.enabled_components.contains(&component.name)) {
        return Some(true);
    }
    match switched.and_then(|switched| switched.get(component.name.as_str())) {
        Some(&set) => Some(set),
        None => enabled(component.enabled.as_ref()),
    }
}

/// Returns whether other packages may reach a component: as stated, else exactly when it has a filter
/// (`ParsedMainComponentUtils`, below API 31; from 31 on it must be stated).
pub fn is_exported(component: &Component) -> bool {
    match &component.exported {
        Some(stated) => stated.value().copied().unwrap_or(true),
        None => !component.filters.is_empty(),
    }
}

const fn enabled(stated: Option<&Stated<bool>>) -> Option<bool> {
    match stated {
        None => Some(true),
        Some(Stated::Value(value)) => Some(*value),
        Some(Stated::Reference { .. }) => None,
    }
}

fn is_entry(activity: &Component) -> bool {
    activity.filters.iter().any(|filter| {
        filter.categories.iter().any(|category| ENTRY_CATEGORIES.contains(&category.as_str()))
            && filter.actions.iter().any(|action| action == MAIN)
    }) && !matches!(activity.exported, Some(Stated::Value(false)))
}
