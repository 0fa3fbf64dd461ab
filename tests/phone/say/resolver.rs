//! The resolver tables of `dumpsys package`: every filter under each of its types, schemes and actions
//! (`IntentResolver.dump`).

use std::collections::BTreeMap;
use std::fmt::Write;

use keepone::source::snapshot::{Component, Filter};

use crate::model::Package;
use crate::model::query::Kind;
use crate::say::filter::details;
use crate::say::text::{identity, short_name};

/// A filter of a component of a package, with its number among those of the component.
type Row<'a> = (&'a Package, &'a Component, &'a Filter, usize);

/// One part of a table: a heading, and rows by key.
type Part<'a> = (&'static str, BTreeMap<String, Vec<Row<'a>>>);

pub(crate) fn table(said: &mut String, kind: Kind, packages: &[&Package], with_details: bool, api: u32) {
    let title = match kind {
        Kind::Activity => "Activity Resolver Table:",
        Kind::Receiver => "Receiver Resolver Table:",
        Kind::Service => "Service Resolver Table:",
    };
    let parts = parts(kind, packages);
    if parts.iter().all(|(_, rows)| rows.is_empty()) {
        return;
    }
    let _ = writeln!(said, "\n{title}");
    let mut first = true;
    for (heading, keys) in parts.iter().filter(|(_, keys)| !keys.is_empty()) {
        let _ = writeln!(said, "{}  {heading}:", if first { "" } else { "\n" });
        first = false;
        for (key, rows) in keys {
            let _ = writeln!(said, "      {key}:");
            if with_details {
                for row in rows {
                    whole(said, row, api);
                }
            } else {
                brief(said, rows);
            }
        }
    }
}

/// Each filter with what it lets through.
fn whole(said: &mut String, (package, component, filter, number): &Row, api: u32) {
    let name = short_name(package.facts.name.as_str(), &component.name);
    let of = identity(&name);
    let _ = writeln!(said, "        {of} {name} filter {}", identity(&format!("{name} {number}")));
    details(said, filter, api);
}

/// Each component once, with the number of its filters where there are several.
fn brief(said: &mut String, rows: &[Row]) {
    for same in rows.chunk_by(|a, b| std::ptr::eq(a.1, b.1)) {
        let Some((package, component, ..)) = same.first() else { continue };
        let name = short_name(package.facts.name.as_str(), &component.name);
        let _ = write!(said, "        {} {name}", identity(&name));
        let _ = if same.len() > 1 { writeln!(said, " ({} filters)", same.len()) } else { writeln!(said) };
    }
}

fn parts<'a>(kind: Kind, packages: &[&'a Package]) -> [Part<'a>; 6] {
    let mut parts: [Part; 6] = [
        ("Full MIME Types", BTreeMap::new()),
        ("Base MIME Types", BTreeMap::new()),
        ("Wild MIME Types", BTreeMap::new()),
        ("Schemes", BTreeMap::new()),
        ("Non-Data Actions", BTreeMap::new()),
        ("MIME Typed Actions", BTreeMap::new()),
    ];
    for package in packages {
        for component in kind.of(package) {
            for (number, filter) in component.filters.iter().enumerate() {
                let row = (*package, component, filter, number);
                for (part, key) in keys(filter) {
                    parts[part].1.entry(key).or_default().push(row);
                }
            }
        }
    }
    parts
}

/// Where a filter stands: by type in full, by the base of a partial type, by scheme, and by action where it has neither, or
/// types.
fn keys(filter: &Filter) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    for kind in &filter.types {
        match kind.split_once('/') {
            Some((base, "*")) => {
                keys.push((1, base.to_owned()));
                keys.push((2, base.to_owned()));
            }
            Some((base, _)) => {
                keys.push((0, kind.clone()));
                keys.push((2, base.to_owned()));
            }
            None => keys.push((0, kind.clone())),
        }
    }
    keys.extend(filter.schemes.iter().map(|scheme| (3, scheme.clone())));
    if filter.types.is_empty() && filter.schemes.is_empty() {
        keys.extend(filter.actions.iter().map(|action| (4, action.clone())));
    }
    if !filter.types.is_empty() {
        keys.extend(filter.actions.iter().map(|action| (5, action.clone())));
    }
    keys.dedup();
    keys
}
