//! Unites what the platform said of a package with what its manifest says. Takes both, changes the first.
//!
//! The manifest is the authority on what is declared: permissions, features, filters, meta-data. The platform is the
//! authority on what it computes, with the overlays and the configuration of the device applied: whether a component is
//! enabled and exported, what guards it, what it is called, which version runs.

use std::collections::HashMap;

use crate::package::PackageName;
use crate::source::snapshot::{Component, Filter, Label, MetaData, PackageFacts, Provider, Stated};

/// Which lists of a package the platform told in full.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    activities: bool,
    receivers: bool,
    services: bool,
}

impl Known {
    /// Everything.
    pub(super) const ALL: Self = Self { activities: true, receivers: true, services: true };

    /// Returns what is still known when `what` was not read.
    pub(super) fn without(mut self, what: &str) -> Self {
        self.activities &= !matches!(what, "activities" | "probes");
        self.receivers &= !matches!(what, "receivers" | "probes");
        self.services &= !matches!(what, "services" | "probes");
        self
    }
}

/// Tells whether a manifest is that of `package`, or of one the platform still knows by its former name
/// (`<original-package>`).
pub(crate) fn is_of(manifest: &PackageFacts, package: &PackageName) -> bool {
    manifest.name == *package || manifest.original_packages.iter().any(|name| name == package.as_str())
}

/// Unites both; `known` tells which of the platform's lists are whole.
pub(super) fn unite(told: &mut PackageFacts, manifest: PackageFacts, known: Known) {
    told.permissions = manifest.permissions;
    told.features = manifest.features;
    told.original_packages = manifest.original_packages;
    told.overlay_target = manifest.overlay_target.or(told.overlay_target.take());
    told.core_app = manifest.core_app.or(told.core_app.take());
    told.shared_user_id = literal_first(manifest.shared_user_id, told.shared_user_id.take());
    told.min_sdk = literal_first(manifest.min_sdk, told.min_sdk.take());
    told.target_sdk = literal_first(manifest.target_sdk, told.target_sdk.take());
    told.version_name = literal_first(told.version_name.take(), manifest.version_name);
    told.version_code = told.version_code.or(manifest.version_code);
    let (application, declared) = (&mut told.application, manifest.application);
    // the platform mixes the state of the user who asks into this one
    application.enabled = literal_first(declared.enabled, application.enabled.take());
    application.label = label(application.label.take(), declared.label);
    application.icon = declared.icon.or(application.icon.take());
    application.permission = declared.permission.or(application.permission.take());
    application.category = declared.category.or(application.category.take());
    application.persistent = literal_first(declared.persistent, application.persistent.take());
    application.has_code = literal_first(declared.has_code, application.has_code.take());
    application.required_for_all_users =
        literal_first(declared.required_for_all_users, application.required_for_all_users.take());
    application.library = declared.library.or(application.library.take());
    meta_data(&mut application.meta_data, declared.meta_data);
    components(&mut told.activities, manifest.activities, known.activities);
    components(&mut told.receivers, manifest.receivers, known.receivers);
    components(&mut told.services, manifest.services, known.services);
    providers(&mut told.providers, manifest.providers);
}

/// Returns the first value that is not an unresolved reference; without any, what is there.
fn literal_first<T>(first: Option<Stated<T>>, second: Option<Stated<T>>) -> Option<Stated<T>> {
    match (first, second) {
        (Some(Stated::Value(value)), _) | (_, Some(Stated::Value(value))) => Some(Stated::Value(value)),
        (first, second) => first.or(second),
    }
}

/// Returns the platform's label, its missing languages filled from the manifest.
fn label(told: Option<Label>, declared: Option<Label>) -> Option<Label> {
    let (Some(told), declared) = (told, declared.clone()) else { return declared };
    let Some(declared) = declared else { return Some(told) };
    let (en, zh) = (told.en.or(declared.en), told.zh.or(declared.zh));
    // a reference that was resolved is no longer one
    let reference = if en.is_none() && zh.is_none() { told.reference.or(declared.reference) } else { None };
    Some(Label { en, zh, reference })
}

/// Takes the manifest's meta-data; of values given by a reference, the platform's.
fn meta_data(told: &mut Vec<MetaData>, declared: Vec<MetaData>) {
    let resolved = std::mem::replace(told, declared);
    for entry in told.iter_mut().filter(|entry| entry.value.as_deref().is_none_or(is_reference)) {
        let known = resolved.iter().find(|known| known.name == entry.name);
        if let Some(value) = known.and_then(|known| known.value.as_ref()) {
            entry.value = Some(value.clone());
        }
    }
}

fn is_reference(value: &str) -> bool {
    value.starts_with(['@', '?'])
}

/// Unites the components of one kind, in the order of the manifest; `whole`: the platform told of all of them.
fn components(told: &mut Vec<Component>, declared: Vec<Component>, whole: bool) {
    let mut known: HashMap<String, Component> =
        std::mem::take(told).into_iter().map(|component| (component.name.clone(), component)).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for component in &declared {
        *times.entry(component.name.clone()).or_default() += 1;
    }
    let mut order = Vec::new();
    for mut component in declared {
        let of_platform = known.remove(&component.name);
        // Of a class that is declared twice the platform's answer does not tell which it means: the manifest stands.
        let alone = times.get(&component.name) == Some(&1);
        if let Some(of_platform) = of_platform.filter(|_| alone) {
            component.enabled = literal_first(of_platform.enabled, component.enabled);
            component.exported = literal_first(of_platform.exported, component.exported);
            component.permission = of_platform.permission.or(component.permission);
            component.alias_of = component.alias_of.or(of_platform.alias_of);
            component.label = label(of_platform.label, component.label);
            filters(&mut component.filters, of_platform.filters, whole);
            meta_data_of(&mut component, of_platform.meta_data);
        }
        order.push(component);
    }
    // what the platform knows of and the manifest does not: a component it added itself
    let mut rest: Vec<Component> = known.into_values().collect();
    rest.sort_by(|a, b| a.name.cmp(&b.name));
    order.append(&mut rest);
    *told = order;
}

fn meta_data_of(component: &mut Component, resolved: Vec<MetaData>) {
    let declared = std::mem::replace(&mut component.meta_data, resolved);
    meta_data(&mut component.meta_data, declared);
}

/// Adds the filters that answered the platform's probes: they have the values that a manifest only refers to, or leaves to
/// run time. Where the platform answered for all, a filter given by references matches what it said and nothing else.
fn filters(declared: &mut Vec<Filter>, answered: Vec<Filter>, whole: bool) {
    if whole {
        for filter in declared.iter_mut() {
            filter.has_references = false;
        }
    }
    for filter in answered {
        if !declared.iter().any(|known| same(known, &filter)) {
            declared.push(filter);
        }
    }
}

/// Tells whether two filters let the same intents through; the order of their parts does not matter.
fn same(a: &Filter, b: &Filter) -> bool {
    fn all<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        a.iter().all(|part| b.contains(part)) && b.iter().all(|part| a.contains(part))
    }
    a.priority == b.priority
        && all(&a.actions, &b.actions)
        && all(&a.categories, &b.categories)
        && all(&a.schemes, &b.schemes)
        && all(&a.scheme_specific_parts, &b.scheme_specific_parts)
        && all(&a.hosts, &b.hosts)
        && all(&a.paths, &b.paths)
        && all(&a.types, &b.types)
}

/// Unites the providers, in the order of the manifest.
fn providers(told: &mut Vec<Provider>, declared: Vec<Provider>) {
    let mut known: HashMap<String, Provider> =
        std::mem::take(told).into_iter().map(|provider| (provider.name.clone(), provider)).collect();
    for mut provider in declared {
        if let Some(of_platform) = known.remove(&provider.name) {
            provider.enabled = literal_first(of_platform.enabled, provider.enabled);
            provider.exported = literal_first(of_platform.exported, provider.exported);
            provider.permission = of_platform.permission.or(provider.permission);
            if !of_platform.authorities.is_empty() {
                provider.authorities = of_platform.authorities;
            }
        }
        told.push(provider);
    }
    let mut rest: Vec<Provider> = known.into_values().collect();
    rest.sort_by(|a, b| a.name.cmp(&b.name));
    told.append(&mut rest);
}
