//! Where an app moves so that its user may remove it, in the way of the maker whose software the device runs.
//!
//! Takes the makers recognised and the folders the device has, gives one destination; never moves anything.

use crate::maker::Conventions;
use crate::maker::rule::{DestinationRule, Maker, Way};
use crate::maker::site::{Folders, Recognised};
use crate::source::snapshot::{MakerList, PackageFacts};

/// What makes one app removable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    /// Whose way this is.
    pub maker: &'a Maker,
    /// The change.
    pub change: Change,
    /// Where the convention was read.
    pub source: &'a str,
}

/// The change that makes an app removable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its folder moves to this path on the device.
    Move {
        /// The new path of the app's folder.
        to: String,
        /// Whether that is in the user-data image.
        user_data: bool,
    },
    /// It stays where it is, and a list gains a line.
    ListEntry {
        /// The id of the list.
        list: String,
        /// The file, as a path on the device.
        file: String,
        /// Whether the image has the file.
        present: bool,
        /// The line.
        entry: String,
        /// The property to set, with its value, unless it is set already.
        switch: Option<(String, String)>,
    },
}

impl Conventions {
    /// Returns the way of the first maker recognised that has one, for `package`; Android's own is moving the app to the
    /// user-data image. `makers` and `folders` are those of [`Conventions::recognise`], `lists` the snapshot's.
    ///
    /// Among the places of a maker the first one the device has is taken, else the first whose partition it has.
    pub fn destination<'a>(
        &'a self,
        makers: &[Recognised<'a>],
        folders: &Folders,
        lists: &[MakerList],
        package: &PackageFacts,
    ) -> Option<Destination<'a>> {
        makers.iter().find_map(|recognised| {
            let rule = self.destinations.iter().find(|rule| rule.maker == recognised.maker.id)?;
            let change = change(rule, folders, lists, package)?;
            Some(Destination { maker: recognised.maker, change, source: &rule.source })
        })
    }
}

/// Works out what one rule asks for; `None` when it names no place.
fn change(
    rule: &DestinationRule,
    folders: &Folders,
    lists: &[MakerList],
    package: &PackageFacts,
) -> Option<Change> {
    match &rule.way {
        Way::Move { to, user_data } => {
            let partition_of = |place: &str| place.split('/').nth(1).map(|name| format!("/{name}"));
            let known = to.iter().find(|place| folder_of(place).is_some_and(|folder| folders.have(folder)));
            let possible =
                || to.iter().find(|place| partition_of(place).is_some_and(|name| folders.have(&name)));
            let place = known.or_else(possible).or_else(|| to.first())?;
            let to = place.replace("{folder}", &folder_name(package));
            Some(Change::Move { to, user_data: *user_data })
        }
        Way::Entry { list, file, entry, switch } => {
            let present = lists.iter().find(|found| found.list == *list);
            let entry = entry.replace("{package}", package.name.as_str()).replace("{path}", &package.path);
            Some(Change::ListEntry {
                list: list.clone(),
                file: present.map_or_else(|| file.clone(), |found| found.path.clone()),
                present: present.is_some(),
                entry,
                switch: switch.clone(),
            })
        }
    }
}

/// Returns the folder of a place, without the app's own part.
fn folder_of(place: &str) -> Option<&str> {
    place.rsplit_once('/').map(|(folder, _)| folder)
}

/// Returns the name of the app's own folder, or of its APK where it has none.
fn folder_name(package: &PackageFacts) -> String {
    let name = package.path.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".apk").unwrap_or(name);
    if name.is_empty() { package.name.to_string() } else { name.to_owned() }
}
