//! Holds what the platform says in one way against what it says in another. Takes lists and the dump, gives what differs:
//! who hides something has to hide it everywhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::package::PackageName;
use crate::source::adb::listing::Listing;
use crate::source::adb::told::Told;
use crate::source::adb::unread;
use crate::source::unread::{Unread, UnreadReason};

/// The lists of packages of one user.
#[derive(Debug)]
pub(super) struct Lists<'a> {
    /// The user.
    pub(super) user: u32,
    /// Packages that are installed for the user.
    pub(super) installed: Result<Listing<'a>, UnreadReason>,
    /// All packages that are known, with places and versions.
    pub(super) all: Result<Listing<'a>, UnreadReason>,
    /// Packages of the system.
    pub(super) system: Result<Listing<'a>, UnreadReason>,
    /// Packages that are disabled for the user.
    pub(super) disabled: Result<Listing<'a>, UnreadReason>,
}

/// The most packages that are named one by one.
const MOST_NAMED: usize = 200;

/// Enters what lists say into `told`: packages that only they know, places, and states where there is no dump.
pub(super) fn enter(
    lists: &Lists<'_>,
    has_dump: bool,
    told: &mut BTreeMap<PackageName, Told>,
    found: &mut Vec<Unread>,
) {
    let Ok(all) = &lists.all else { return };
    for listed in &all.packages {
        let name = match PackageName::new(listed.name) {
            Ok(name) => name,
            Err(error) => {
                found.push(Unread {
                    kind: crate::source::unread::UnreadKind::Package,
                    path: listed.file.unwrap_or_default().chars().take(300).collect(),
                    package: None,
                    reason: UnreadReason::BadName { name: error.name.chars().take(300).collect() },
                });
                continue;
            }
        };
        let told = told.entry(name).or_default();
        told.file = told.file.take().or_else(|| listed.file.map(str::to_owned));
        told.version_code = told.version_code.or(listed.version_code);
        told.installer = told.installer.take().or_else(|| listed.installer.map(str::to_owned));
        told.system = told.system.or_else(|| contains(&lists.system, listed.name));
        if !has_dump {
            told.set(lists.user, |state| {
                state.installed = contains(&lists.installed, listed.name);
                state.enabled = contains(&lists.disabled, listed.name).map(|disabled| !disabled);
            });
        }
    }
}

fn contains(listing: &Result<Listing<'_>, UnreadReason>, name: &str) -> Option<bool> {
    listing.as_ref().ok().map(|listing| listing.packages.iter().any(|listed| listed.name == name))
}

/// Lists what could not be asked and where the answers for one user differ.
pub(super) fn differences(
    lists: &Lists<'_>,
    has_dump: bool,
    told: &BTreeMap<PackageName, Told>,
) -> Vec<Unread> {
    let what = format!("user {}", lists.user);
    let mut found = Vec::new();
    for (listing, name) in
        [(&lists.installed, "count"), (&lists.all, "packages"), (&lists.disabled, "disabled packages")]
    {
        match listing {
            Err(reason) => found.push(unread(&format!("{name}, {what}"), None, reason.clone())),
            Ok(listing) => found.extend(strange(listing, &format!("{name}, {what}"))),
        }
    }
    let (Ok(installed), Ok(all)) = (&lists.installed, &lists.all) else { return found };
    let installed: BTreeSet<&str> = installed.packages.iter().map(|listed| listed.name).collect();
    let all: BTreeSet<&str> = all.packages.iter().map(|listed| listed.name).collect();
    let mut differing: BTreeSet<&str> = installed.difference(&all).copied().collect();
    if has_dump {
        differing.extend(told.iter().filter_map(|(name, told)| {
            let mut states = told.users.iter().filter(|state| state.state.user == lists.user);
            let of_dump = states.find_map(|state| state.state.installed);
            let listed = installed.contains(name.as_str());
            // Static libraries are in the dump and in no list.
            let differs = if told.is_static_library { false } else { of_dump != Some(listed) };
            let known = all.contains(name.as_str()) || of_dump.is_some();
            (differs && known).then_some(name.as_str())
        }));
        if let Ok(disabled) = &lists.disabled {
            differing.extend(enabled_differs(lists.user, disabled, told));
        }
    }
    found.extend(name_them(&what, &differing));
    found
}

/// Packages that the dump calls switched on or off and the list of disabled packages does not.
fn enabled_differs<'a>(
    user: u32,
    disabled: &Listing<'_>,
    told: &'a BTreeMap<PackageName, Told>,
) -> impl Iterator<Item = &'a str> {
    let disabled: BTreeSet<String> = disabled.packages.iter().map(|listed| listed.name.to_owned()).collect();
    told.iter().filter_map(move |(name, told)| {
        let state = told.users.iter().find(|state| state.state.user == user)?;
        let is_listed = disabled.contains(name.as_str());
        let differs = match (state.enabled?, state.state.installed?) {
            (1, true) => is_listed,
            (2..=4, true) => !is_listed,
            _ => false,
        };
        differs.then_some(name.as_str())
    })
}

/// Names packages of which the platform says one thing here and another there; of very many, how many.
fn name_them(what: &str, differing: &BTreeSet<&str>) -> Vec<Unread> {
    if differing.len() > MOST_NAMED {
        let found = u32::try_from(differing.len()).unwrap_or(u32::MAX);
        return vec![unread(what, None, UnreadReason::CountDiffers { counted: 0, found })];
    }
    let named = differing.iter().filter_map(|name| PackageName::new(name).ok());
    named.map(|name| unread(what, Some(&name), UnreadReason::CountDiffers { counted: 1, found: 0 })).collect()
}

/// A list with lines of no known form is not all understood.
fn strange(listing: &Listing<'_>, what: &str) -> Option<Unread> {
    let line = listing.strange.first()?;
    // Warnings of the runtime go where errors go.
    if listing.strange.iter().all(|line| line.starts_with("WARNING")) {
        return None;
    }
    let expected =
        format!("lines that begin with 'package:', not {:?}", line.chars().take(100).collect::<String>());
    Some(unread(what, None, UnreadReason::Malformed { part: "text".to_owned(), at: 0, expected }))
}
