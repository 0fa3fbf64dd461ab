//! Stage 2: the snapshot, validated and put in order. Takes a [`Snapshot`], gives an [`Inventory`] that every later
//! stage reads; never judges and never drops anything.
//!
//! A record that holds fewer facts than its writer counted is moved to the unread entries: nothing is concluded from
//! it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::maker::place::is_of_framework;
use crate::maker::site::Folders;
use crate::package::PackageName;
use crate::source::count;
use crate::source::snapshot::{Device, PackageFacts, Snapshot};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// A validated snapshot: packages sorted by name and path, thinned records set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Inventory {
    snapshot: Snapshot,
    by_name: BTreeMap<PackageName, Range<usize>>,
    folders: Folders,
}

impl Inventory {
    /// Validates a snapshot that its source has just made, or that was read from a file.
    pub fn new(mut snapshot: Snapshot) -> Self {
        set_aside_thinned(&mut snapshot);
        Self::fresh(snapshot)
    }

    /// Puts a snapshot in order that has not left this process since its source made it: nothing can have been lost of it,
    /// so what its writer counted is not counted again. It need not be sealed.
    pub(crate) fn fresh(mut snapshot: Snapshot) -> Self {
        snapshot.packages.sort_by(|a, b| (&a.name, &a.path, &a.file).cmp(&(&b.name, &b.path, &b.file)));
        snapshot.maker_lists.sort_by(|a, b| (&a.path, &a.list).cmp(&(&b.path, &b.list)));
        snapshot.unread.sort();
        snapshot.unread.dedup();
        let mut by_name: BTreeMap<PackageName, Range<usize>> = BTreeMap::new();
        for (index, package) in snapshot.packages.iter().enumerate() {
            by_name.entry(package.name.clone()).or_insert(index..index).end = index + 1;
        }
        for (name, range) in &by_name {
            if range.len() > 1 {
                for package in &snapshot.packages[range.clone()] {
                    snapshot.diagnostics.push(Diagnostic {
                        path: package.path.clone(),
                        at: 0,
                        code: DiagnosticCode::DuplicatePackage,
                        detail: name.to_string(),
                    });
                }
            }
        }
        snapshot.diagnostics.sort();
        snapshot.diagnostics.dedup();
        let folders = folders(&snapshot);
        Self { snapshot, by_name, folders }
    }

    /// Keeps, of what is told per user of the phone, what is told of one. `None`: the phone has no such user.
    ///
    /// Who holds a role stays as it is: a source tells it of one user, the first unless it was asked for another.
    pub fn of_user(mut self, user: u32) -> Option<Self> {
        let snapshot = &mut self.snapshot;
        snapshot.users.retain(|known| known.id == user);
        if snapshot.users.is_empty() {
            return None;
        }
        snapshot.administrators.retain(|administrator| administrator.user == user);
        for package in &mut snapshot.packages {
            package.states.retain(|state| state.user == user);
        }
        snapshot.unread.retain(|unread| unread.user().is_none_or(|of| of == user));
        Some(self)
    }

    /// Returns the facts, in order.
    pub const fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Returns every package in every folder it was found in, sorted by name and path.
    pub fn packages(&self) -> &[PackageFacts] {
        &self.snapshot.packages
    }

    /// Returns the entries of one package: several where it lies in several folders, none where it was not read.
    pub fn package(&self, name: &PackageName) -> &[PackageFacts] {
        self.by_name.get(name).map_or(&[], |range| &self.snapshot.packages[range.clone()])
    }

    /// Returns every name with the entries of its package, in the order of [`Inventory::packages`].
    pub fn by_name(&self) -> impl Iterator<Item = (&PackageName, &[PackageFacts])> {
        self.by_name.iter().map(|(name, range)| (name, &self.snapshot.packages[range.clone()]))
    }

    /// Returns the folders of every path that the source knows of the device.
    pub const fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Returns what could not be read, sorted.
    pub fn unread(&self) -> &[Unread] {
        &self.snapshot.unread
    }

    /// Returns which device this is.
    pub const fn device(&self) -> &Device {
        &self.snapshot.device
    }
}

/// Returns the folders of every path that a snapshot tells.
fn folders(snapshot: &Snapshot) -> Folders {
    // apps share few folders, their own folders are many: what lies above them is enough, but for resource packages of
    // a framework, whose file names tell whose it is
    let packages = snapshot.packages.iter().map(|package| {
        if is_of_framework(&package.file) { package.file.as_str() } else { package.path.as_str() }
    });
    let unread = snapshot.unread.iter().map(|unread| unread.path.as_str());
    let lists = || snapshot.maker_lists.iter().map(|list| list.path.as_str());
    let properties = snapshot.device.properties.values().map(|property| property.path.as_str());
    Folders::of(packages.chain(unread).chain(lists()).chain(properties)).with_lists(lists())
}

/// Moves package records that hold fewer facts than counted to the unread entries, and notes missing records.
fn set_aside_thinned(snapshot: &mut Snapshot) {
    let stated = snapshot.totals;
    let found = count::totals(snapshot);
    let mut thinned = Vec::new();
    snapshot.packages.retain(|package| {
        let facts = count::of_package(package);
        let whole = facts >= package.facts && package.facts > 0;
        if !whole {
            thinned.push(Unread {
                kind: UnreadKind::Package,
                path: package.path.clone(),
                package: Some(package.name.clone()),
                reason: UnreadReason::Thinned { stated: package.facts, found: facts },
            });
        }
        whole
    });
    let differs = [
        ("packages", stated.packages, found.packages),
        ("unread", stated.unread, found.unread),
        ("facts", stated.facts, found.facts),
    ];
    for (what, stated, found) in differs {
        if found < stated {
            thinned.push(Unread {
                kind: UnreadKind::Config,
                path: what.to_owned(),
                package: None,
                reason: UnreadReason::Thinned { stated, found },
            });
        }
    }
    snapshot.unread.append(&mut thinned);
}
