//! Which components answer an intent, as the platform resolves it for a user.

use keepone::classify::filter::{Intent, Match, matches};
use keepone::source::snapshot::{Component, Filter, Stated};

use crate::model::state::Enabled;
use crate::model::{Package, Phone};

/// `PackageManager.MATCH_*`.
const DISABLED_COMPONENTS: u32 = 0x200;
const UNINSTALLED: u32 = 0x2000;
const DISABLED_UNTIL_USED: u32 = 0x8000;
const DEFAULT_ONLY: u32 = 0x1_0000;
const SYSTEM_ONLY: u32 = 0x10_0000;

const CATEGORY_DEFAULT: &str = "android.intent.category.DEFAULT";

/// A kind of component that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Activity,
    Receiver,
    Service,
}

impl Kind {
    pub(crate) fn of(self, package: &Package) -> &[Component] {
        match self {
            Self::Activity => &package.facts.activities,
            Self::Receiver => &package.facts.receivers,
            Self::Service => &package.facts.services,
        }
    }
}

/// A component that answers, and the filter by which it does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answering<'a> {
    pub(crate) package: &'a Package,
    pub(crate) component: &'a Component,
    pub(crate) filter: &'a Filter,
}

impl Phone {
    /// Asks all packages of a user; each component answers once, highest priority first.
    pub(crate) fn answering(&self, kind: Kind, intent: &Intent, user: u32, flags: u32) -> Vec<Answering<'_>> {
        let mut answering = Vec::new();
        for package in self.packages.values() {
            let there = package.users.get(&user).is_some_and(|app| app.installed && !app.hidden);
            if !there && flags & UNINSTALLED == 0 || flags & SYSTEM_ONLY != 0 && !package.system {
                continue;
            }
            for component in kind.of(package) {
                if !enabled(package, component, user, flags) {
                    continue;
                }
                let passed = component.filters.iter().filter(|filter| passes(filter, intent, kind, flags));
                if let Some(filter) = passed.max_by_key(|filter| filter.priority) {
                    answering.push(Answering { package, component, filter });
                }
            }
        }
        answering.sort_by_key(|answering| std::cmp::Reverse(answering.filter.priority));
        answering
    }
}

fn passes(filter: &Filter, intent: &Intent, kind: Kind, flags: u32) -> bool {
    if kind == Kind::Activity && flags & DEFAULT_ONLY != 0 && !is_default(filter) {
        return false;
    }
    // An attribute given by a resource that the APK lacks is, to the platform, not given.
    let literal = Filter { has_references: false, ..filter.clone() };
    matches(&literal, intent) == Match::Yes
}

pub(crate) fn is_default(filter: &Filter) -> bool {
    filter.categories.iter().any(|category| category == CATEGORY_DEFAULT)
}

/// `PackageUserStateUtils.isEnabled`.
fn enabled(package: &Package, component: &Component, user: u32, flags: u32) -> bool {
    if flags & DISABLED_COMPONENTS != 0 {
        return true;
    }
    let Some(app) = package.users.get(&user) else { return false };
    let application = match app.enabled {
        Enabled::Default => stated(package.facts.application.enabled.as_ref()),
        Enabled::On => true,
        Enabled::Off | Enabled::OffByUser => false,
        Enabled::OffUntilUsed => flags & DISABLED_UNTIL_USED != 0,
    };
    if !application {
        return false;
    }
    match app.components.get(&component.name).or_else(|| package.overrides.get(&component.name)) {
        Some(switched) => *switched,
        None => stated(component.enabled.as_ref()),
    }
}

/// A boolean given by a resource that the APK lacks is its default.
fn stated(stated: Option<&Stated<bool>>) -> bool {
    stated.and_then(Stated::value).copied().unwrap_or(true)
}
