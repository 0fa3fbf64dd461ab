//! What the configuration of an image says about single packages.
//!
//! Takes the statements as read, in the order of their files, and finds those about one package. Images state thousands
//! of things and a plan asks about few packages, so what is said is put in order when it is asked for.

use std::collections::HashMap;

use crate::package::PackageName;
use crate::source::snapshot::{Statement, StatementKind, SystemConfig};

/// What the image's configuration says about one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub(super) privileged: Vec<&'a str>,
    pub(super) granted: Vec<&'a str>,
    pub(super) keeps_enabled: bool,
    pub(super) roles: Vec<&'a str>,
    pub(super) preferred: Vec<&'a str>,
}

/// Everything that is said, by package.
pub(super) struct Sayings<'a>(HashMap<&'a str, Heard<'a>>);

/// What is said about one package, as it was met.
#[derive(Default)]
struct Heard<'a> {
    /// Runs of statements: a file says all it has to say about a package in one place.
    statements: Vec<&'a [Statement]>,
    roles: Vec<&'a str>,
    preferred: Vec<&'a str>,
}

impl<'a> Sayings<'a> {
    pub(super) fn new(config: &'a SystemConfig) -> Self {
        let mut all: HashMap<&str, Heard<'_>> = HashMap::new();
        for run in config.statements.chunk_by(|a, b| a.package == b.package) {
            if let Some(first) = run.first() {
                all.entry(&first.package).or_default().statements.push(run);
            }
        }
        for holder in &config.default_holders {
            all.entry(&holder.package).or_default().roles.push(&holder.role);
        }
        for activity in &config.preferred {
            all.entry(&activity.package).or_default().preferred.push(&activity.component);
        }
        Self(all)
    }

    /// Returns what is said about one package.
    pub(super) fn of(&self, package: &PackageName) -> Said<'a> {
        let Some(heard) = self.0.get(package.as_str()) else { return Said::default() };
        let statements = || heard.statements.iter().copied().flatten();
        let told = |kind: StatementKind| {
            let of_kind = statements().filter(|statement| statement.says == kind);
            each_once(of_kind.filter_map(|statement| statement.of.as_deref()))
        };
        Said {
            privileged: told(StatementKind::PrivappPermission),
            granted: told(StatementKind::DefaultPermission),
            keeps_enabled: statements().any(|statement| statement.says == StatementKind::PreventDisable),
            roles: each_once(heard.roles.iter().copied()),
            preferred: each_once(heard.preferred.iter().copied()),
        }
    }
}

/// Returns every item once, in order: several partitions may say the same.
fn each_once<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut items: Vec<&str> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}
