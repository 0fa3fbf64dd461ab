//! What the platform says of components: the filters of its tables, and who answers a probe. It stands in for a manifest that
//! was not read, and is held against those that were.

use std::collections::{BTreeMap, BTreeSet};

use ahash::AHashMap;

use crate::package::PackageName;
use crate::source::adb::dump::{Dump, Table};
use crate::source::adb::{Probe, unread};
use crate::source::snapshot::{Component, Filter, PackageFacts, Provider, Snapshot, Stated, StatementKind};
use crate::source::unread::{Unread, UnreadReason};

/// `Intent.ACTION_MAIN` and `Intent.CATEGORY_LAUNCHER`.
const MAIN: &str = "android.intent.action.MAIN";
const LAUNCHER: &str = "android.intent.category.LAUNCHER";

/// Stands for a value that neither a table nor a probe tells.
const NOT_TOLD: &str = "?";

/// Who answered which probe.
#[derive(Debug, Default)]
pub(super) struct Answers {
    given: Vec<(Probe, Vec<String>)>,
    /// The packages that answer the launcher, where it was asked.
    launched: Option<BTreeSet<String>>,
}

/// The components that the platform speaks of, by package.
#[derive(Debug, Default)]
pub(super) struct Spoken<'a> {
    components: AHashMap<&'a str, Vec<Met<'a>>>,
    /// Where a component stands among those of its package.
    places: AHashMap<(Table, &'a str, &'a str), usize>,
    providers: AHashMap<&'a str, BTreeMap<&'a str, Vec<&'a str>>>,
}

/// A component, with what it is told apart by from others of its package.
#[derive(Debug)]
struct Met<'a> {
    table: Table,
    class: &'a str,
    component: Component,
}

impl<'a> Spoken<'a> {
    /// Takes what a dump and the probes say of the packages whose manifests were not read. The filters of the dump are
    /// moved out of it: there are thousands.
    pub(super) fn of(
        dump: &mut Dump<'a>,
        answers: &'a Answers,
        without: impl Iterator<Item = &'a PackageName>,
    ) -> Self {
        let mut spoken = Self::default();
        for name in without {
            spoken.components.insert(name.as_str(), Vec::new());
        }
        if spoken.components.is_empty() {
            return spoken;
        }
        for answering in std::mem::take(&mut dump.answering) {
            if let Some(component) = spoken.component(answering.table, answering.component) {
                component.filters.push(answering.filter);
            }
        }
        for (asked, components) in &answers.given {
            for component in components {
                if let Some(component) = spoken.component(asked.component, component) {
                    component.enabled = Some(Stated::Value(true));
                    let knows =
                        |known: &Filter| known.actions.contains(&asked.action) && !known.has_references;
                    if !component.filters.iter().any(knows) {
                        component.filters.push(filter(asked));
                    }
                }
            }
        }
        for (authority, component) in &dump.authorities {
            if let Some((package, class)) = component.split_once('/')
                && spoken.components.contains_key(package)
            {
                spoken.providers.entry(package).or_default().entry(class).or_default().push(authority);
            }
        }
        spoken
    }

    /// The component that is printed so, made where it is met for the first time; `None` for a package that is not wanted.
    fn component(&mut self, table: Table, printed: &'a str) -> Option<&mut Component> {
        let (package, class) = printed.split_once('/')?;
        let all = self.components.get_mut(package)?;
        // `com.x/.Y` and `com.x/com.x.Y` are one.
        let short = class.strip_prefix(package).filter(|rest| rest.starts_with('.')).unwrap_or(class);
        let place = *self.places.entry((table, package, short)).or_insert(all.len());
        if place == all.len() {
            let name = full(package, class);
            let (enabled, exported) = (Some(not_told()), Some(not_told()));
            let component = Component { name, enabled, exported, ..Component::default() };
            all.push(Met { table, class: short, component });
        }
        all.get_mut(place).map(|met| &mut met.component)
    }

    /// Gives a package whose manifest was not read the components that the platform speaks of.
    pub(super) fn enter(&mut self, package: &mut PackageFacts) {
        let name = package.name.clone();
        let mut all = self.components.remove(name.as_str()).unwrap_or_default();
        all.sort_by(|a, b| (a.table, a.class).cmp(&(b.table, b.class)));
        for Met { table, component, .. } in all {
            let into = match table {
                Table::Activities => &mut package.activities,
                Table::Receivers => &mut package.receivers,
                Table::Services => &mut package.services,
            };
            into.push(component);
        }
        for (class, authorities) in self.providers.remove(name.as_str()).into_iter().flatten() {
            package.providers.push(Provider {
                name: full(name.as_str(), class),
                authorities: authorities.into_iter().map(str::to_owned).collect(),
                enabled: Some(not_told()),
                exported: Some(not_told()),
                permission: None,
            });
        }
    }
}

fn full(package: &str, class: &str) -> String {
    if class.starts_with('.') { format!("{package}{class}") } else { class.to_owned() }
}

fn not_told() -> Stated<bool> {
    Stated::Reference { reference: NOT_TOLD.to_owned() }
}

impl Answers {
    /// Takes who answers a probe.
    pub(super) fn add(&mut self, asked: &Probe, components: &[&str]) {
        if asked.action == MAIN && asked.categories == [LAUNCHER] {
            let packages = components.iter().filter_map(|component| component.split_once('/'));
            self.launched = Some(packages.map(|(package, _)| package.to_owned()).collect());
        }
        let components = components.iter().map(|&component| component.to_owned()).collect();
        self.given.push((asked.clone(), components));
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
        let mut answers = Answers::default();
        answers.add(&launcher(), &["a.b/.Main", "a.b/a.b.Main", "c.d/.Main"]);
        let name = PackageName::new("a.b").unwrap();
        let mut dump = dump::parse(text);
        let mut spoken = Spoken::of(&mut dump, &answers, [&name].into_iter());
        let mut package = crate::source::apk::manifest::empty(name.clone());
        spoken.enter(&mut package);
        let [go, main] = &package.activities[..] else { panic!("{:?}", package.activities) };
        assert_eq!((go.name.as_str(), go.enabled.as_ref().unwrap().value()), ("a.b.Go", None));
        assert_eq!((main.name.as_str(), main.enabled.as_ref().unwrap().value()), ("a.b.Main", Some(&true)));
        assert_eq!(main.filters[0].categories, [LAUNCHER]);
    }
}
