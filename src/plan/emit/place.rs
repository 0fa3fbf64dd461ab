//! Where a path of the device lies inside the source: a system-as-root image holds `/system/app` in `system/system/app`.

use std::collections::BTreeMap;

use crate::inventory::Inventory;

/// How the source lays out the partitions of the device, learnt from the packages in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// What stands before a device path inside the source, by the path's first segment.
    before: BTreeMap<String, String>,
    /// Files that lie where no such rule puts them, by device path.
    odd: BTreeMap<String, String>,
}

impl Layout {
    /// Learns the layout. Where packages of one partition disagree, what most of them say is used for new paths.
    pub(super) fn new(inventory: &Inventory) -> Self {
        let mut votes: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        let mut odd = BTreeMap::new();
        for package in inventory.packages() {
            let Some(partition) = partition(&package.file) else { continue };
            let inside = package.source_path.as_deref().unwrap_or(&package.file);
            let inside = rooted(inside);
            match inside.strip_suffix(package.file.as_str()) {
                Some(before) => {
                    *votes.entry(partition).or_default().entry(before.to_owned()).or_default() += 1;
                }
                None => {
                    odd.insert(package.file.clone(), inside);
                }
            }
        }
        let most = |votes: BTreeMap<String, usize>| {
            let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
            best.map_or_else(String::new, |(before, _)| before)
        };
        let before =
            votes.into_iter().map(|(partition, votes)| (partition.to_owned(), most(votes))).collect();
        Self { before, odd }
    }

    /// Returns where `path` lies inside the source, starting with `/`; `None` when the source keeps its folder in a
    /// place that tells nothing about other paths.
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        if let Some(known) = self.odd.get(path) {
            return Some(known.clone());
        }
        let before = self.before.get(partition(path)?).map_or("", String::as_str);
        let is_odd =
            self.odd.keys().any(|file| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
        (!is_odd).then(|| format!("{before}{path}"))
    }
}

/// The first segment of a device path.
pub(super) fn partition(path: &str) -> Option<&str> {
    path.strip_prefix('/')?.split('/').next().filter(|segment| !segment.is_empty())
}

/// A path inside the source, starting with `/`.
fn rooted(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}
