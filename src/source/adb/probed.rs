//! What the platform says of components: the filters of its tables, and who answers a probe. It stands in for a manifest that
//! was not read, and is held against those that were.

use std::collections::{BTreeMap, BTreeSet};

use crate::package::PackageName;
use crate::source::adb::dump::{Dump, Table};
use crate::source::adb::probe;
use crate::source::adb::{Probe, unread};
use crate::source::snapshot::{Component, Filter, PackageFacts, Provider, Snapshot, Stated, StatementKind};
use crate::source::unread::{Unread, UnreadReason};

/// `Intent.ACTION_MAIN` and `Intent.CATEGORY_LAUNCHER`.
const MAIN: &str = "android.intent.action.MAIN";
const LAUNCHER: &str = "android.intent.category.LAUNCHER";

/// Stands for a value that neither a table nor a probe tells.
const NOT_TOLD: &str = "?";

/// The components that the platform speaks of, by package.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    components: BTreeMap<String, BTreeMap<(Table, String), Component>>,
    providers: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The packages that answer the launcher, where it was asked.
    launched: Option<BTreeSet<String>>,
}

impl Spoken {
    /// Takes what the tables of a dump say.
    pub(super) fn of_dump(dump: &Dump<'_>) -> Self {
        let mut spoken = Self::default();
        for answering in &dump.answering {
            if let Some(component) = spoken.component(answering.table, answering.component) {
                component.filters.push(answering.filter.clone());
            }
        }
        for (authority, component) in &dump.authorities {
            if let Some((package, class)) = probe::names(component) {
                let classes = spoken.providers.entry(package.to_owned()).or_default();
                classes.entry(class).or_default().push((*authority).to_owned());
            }
        }
        spoken
    }

    /// Takes who answers a probe.
    pub(super) fn answer(&mut self, asked: &Probe, components: &[&str]) {
        if asked.action == MAIN && asked.categories == [LAUNCHER] {
            let packages = components.iter().filter_map(|component| probe::names(component));
            self.launched = Some(packages.map(|(package, _)| package.to_owned()).collect());
        }
        for component in components {
            if let Some(component) = self.component(asked.component, component) {
                component.enabled = Some(Stated::Value(true));
                if !component
                    .filters
                    .iter()
                    .any(|known| known.actions.contains(&asked.action) && !known.has_references)
                {
                    component.filters.push(filter(asked));
                }
            }
        }
    }

    fn component(&mut self, table: Table, printed: &str) -> Option<&mut Component> {
        let (package, class) = probe::names(printed)?;
        let components = self.components.entry(package.to_owned()).or_default();
        let not_told = || Some(Stated::Reference { reference: NOT_TOLD.to_owned() });
        Some(components.entry((table, class.clone())).or_insert_with(|| Component {
            name: class,
            enabled: not_told(),
            exported: not_told(),
            ..Component::default()
        }))
    }

    /// Gives a package whose manifest was not read the components that the platform speaks of.
    pub(super) fn enter(&self, package: &mut PackageFacts) {
        for ((table, _), component) in self.components.get(package.name.as_str()).into_iter().flatten() {
            let into = match table {
                Table::Activities => &mut package.activities,
                Table::Receivers => &mut package.receivers,
                Table::Services => &mut package.services,
            };
            into.push(component.clone());
        }
        for (class, authorities) in self.providers.get(package.name.as_str()).into_iter().flatten() {
            package.providers.push(Provider {
                name: class.clone(),
                authorities: authorities.clone(),
                enabled: Some(Stated::Reference { reference: NOT_TOLD.to_owned() }),
                exported: Some(Stated::Reference { reference: NOT_TOLD.to_owned() }),
                permission: None,
            });
        }
    }

    /// Lists packages that have an entry for the launcher by all that is known of them, and that the platform does not name
    /// when it is asked for entries: something is hidden.
    pub(super) fn hidden(
        &self,
        snapshot: &Snapshot,
        user: u32,
        without: &BTreeSet<PackageName>,
    ) -> Vec<Unread> {
        let Some(launched) = &self.launched else { return Vec::new() };
        let overridden = snapshot.system_config.statements.iter();
        let overridden: BTreeSet<&str> = overridden
            .filter(|said| said.says == StatementKind::ComponentDisabled)
            .map(|said| said.package.as_str())
            .collect();
        let hides = |package: &&PackageFacts| {
            !launched.contains(package.name.as_str())
                && !without.contains(&package.name)
                && !overridden.contains(package.name.as_str())
                && has_entry(package, user)
        };
        let reason = UnreadReason::CountDiffers { counted: 1, found: 0 };
        let hidden: BTreeSet<&PackageName> =
            snapshot.packages.iter().filter(hides).map(|package| &package.name).collect();
        hidden.into_iter().map(|name| unread("launcher entries", Some(name), reason.clone())).collect()
    }
}

/// A filter that lets through what was asked for, and is not known to let through more.
fn filter(asked: &Probe) -> Filter {
    let (schemes, hosts) = match asked.data.as_deref().and_then(|data| data.split_once(':')) {
        Some((scheme, rest)) => {
            let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
            let host = host.filter(|host| !host.is_empty()).map(str::to_owned);
            (vec![scheme.to_owned()], host.into_iter().collect())
        }
        None => (Vec::new(), Vec::new()),
    };
    Filter {
        actions: vec![asked.action.clone()],
        categories: asked.categories.clone(),
        schemes,
        hosts,
        types: asked.mime_type.iter().cloned().collect(),
        ..Filter::default()
    }
}

/// Tells whether a package surely has an enabled entry for the launcher of a user.
fn has_entry(package: &PackageFacts, user: u32) -> bool {
    let Some(state) = package.states.iter().find(|state| state.user == user) else { return false };
    let is_there = state.installed == Some(true)
        && state.hidden != Some(true)
        && state.enabled == Some(true)
        && package.overlay_target.is_none();
    is_there
        && package.activities.iter().any(|activity| {
            let is_entry = activity.filters.iter().any(|filter| {
                filter.actions.iter().any(|action| action == MAIN)
                    && filter.categories.iter().any(|category| category == LAUNCHER)
                    && filter.schemes.is_empty()
                    && filter.types.is_empty()
                    && !filter.has_references
            });
            let on = activity.enabled.as_ref().is_none_or(|enabled| enabled.value() == Some(&true));
            is_entry && on && !state.disabled_components.contains(&activity.name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::adb::dump;

    fn launcher() -> Probe {
        let categories = vec![LAUNCHER.to_owned()];
        Probe {
            component: Table::Activities,
            action: MAIN.to_owned(),
            categories,
            data: None,
            mime_type: None,
        }
    }

    #[test]
    fn tables_and_probes_stand_in_for_a_manifest() {
        let text = "Activity Resolver Table:\n  Non-Data Actions:\n      a.GO:\n        1 a.b/.Go filter 2\n          Action: \"a.GO\"\n";
        let mut spoken = Spoken::of_dump(&dump::parse(text));
        spoken.answer(&launcher(), &["a.b/.Main", "c.d/.Main"]);
        let mut package = crate::source::apk::manifest::empty(PackageName::new("a.b").unwrap());
        spoken.enter(&mut package);
        let [go, main] = &package.activities[..] else { panic!("{:?}", package.activities) };
        assert_eq!((go.name.as_str(), go.enabled.as_ref().unwrap().value()), ("a.b.Go", None));
        assert_eq!((main.name.as_str(), main.enabled.as_ref().unwrap().value()), ("a.b.Main", Some(&true)));
        assert_eq!(main.filters[0].categories, [LAUNCHER]);
    }
}
