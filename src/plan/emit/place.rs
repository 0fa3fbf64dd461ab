//! Where a path of the device lies inside the source: a system-as-root image holds `/system/app` in `system/system/app`,
//! an image with slots `/product/app` in `product_a/app`.

use std::collections::BTreeMap;

use crate::inventory::Inventory;

/// Where the source keeps the partitions of the device, learnt from the packages in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The folder of each partition inside the source, by the first segment of its device paths.
    roots: BTreeMap<String, String>,
    /// Files that lie where no such folder puts them, by device path.
    odd: BTreeMap<String, String>,
}

impl Layout {
    /// Learns the layout. Where packages of one partition disagree, what most of them say is used for new paths.
    pub(super) fn new(inventory: &Inventory) -> Self {
        let mut votes: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        let mut places = BTreeMap::new();
        for package in inventory.packages() {
            let Some((partition, rest)) = split(&package.file) else { continue };
            let inside = rooted(package.source_path.as_deref().unwrap_or(&package.file));
            if let Some(root) = inside.strip_suffix(rest) {
                *votes.entry(partition).or_default().entry(root.to_owned()).or_default() += 1;
            }
            places.insert(package.file.clone(), inside);
        }
        let most = |votes: BTreeMap<String, usize>| {
            let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
            best.map_or_else(String::new, |(root, _)| root)
        };
        let roots = votes.into_iter().map(|(partition, votes)| (partition.to_owned(), most(votes))).collect();
        let mut layout = Self { roots, odd: BTreeMap::new() };
        places.retain(|file, inside| layout.by_root(file).as_ref() != Some(inside));
        layout.odd = places;
        layout
    }

    /// Returns where `path` lies inside the source, starting with `/`; `None` when something below it lies in a place
    /// of its own.
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        if let Some(known) = self.odd.get(path) {
            return Some(known.clone());
        }
        let below = |file: &String| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        if self.odd.keys().any(below) { None } else { self.by_root(path) }
    }

    fn by_root(&self, path: &str) -> Option<String> {
        let (partition, rest) = split(path)?;
        let root = self.roots.get(partition).cloned().unwrap_or_else(|| format!("/{partition}"));
        Some(root + rest)
    }
}

/// The first segment of a device path, and what follows it.
fn split(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('/')?;
    let (partition, rest) = path.split_at(path.find('/')?);
    (!partition.is_empty()).then_some((partition, rest))
}

/// A path inside the source, starting with `/`.
fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::count;
    use crate::source::snapshot::Snapshot;

    fn layout(files: &[(&str, Option<&str>)]) -> Layout {
        let package = |(n, (file, source)): (usize, &(&str, Option<&str>))| {
            let mut package = serde_json::json!({ "name": format!("a.p{n}"), "path": file, "file": file });
            if let Some(source) = source {
                package["source-path"] = serde_json::json!(source);
            }
            package
        };
        let packages: Vec<_> = files.iter().enumerate().map(package).collect();
        let snapshot = serde_json::json!({
            "schema-version": 1, "tool": "t", "source": { "kind": "tree", "name": "t" }, "device": {},
            "packages": packages, "totals": { "packages": 0, "unread": 0, "facts": 0 },
        });
        let mut snapshot: Snapshot = serde_json::from_value(snapshot).unwrap();
        count::seal(&mut snapshot);
        Layout::new(&Inventory::new(snapshot))
    }

    #[test]
    fn partitions_are_found_where_their_packages_lie() {
        let layout = layout(&[
            ("/system/app/A/A.apk", Some("system/system/app/A/A.apk")),
            ("/system/app/B/B.apk", Some("system/system/app/B/B.apk")),
            ("/system/app/C/C.apk", Some("extra/C.apk")),
            ("/product/app/D/D.apk", Some("product_a/app/D/D.apk")),
            ("/vendor/app/E.apk", None),
        ]);
        let inside = |path| layout.inside(path);
        assert_eq!(inside("/system/data-app/A").as_deref(), Some("/system/system/data-app/A"));
        assert_eq!(inside("/product/data-app/D").as_deref(), Some("/product_a/data-app/D"));
        assert_eq!(inside("/vendor/app/E.apk").as_deref(), Some("/vendor/app/E.apk"));
        assert_eq!(inside("/odm/etc/x").as_deref(), Some("/odm/etc/x"));
        assert_eq!(inside("/system/app/C/C.apk").as_deref(), Some("/extra/C.apk"));
        assert_eq!(inside("/system/app/C"), None);
        assert_eq!(inside("nowhere"), None);
    }
}
