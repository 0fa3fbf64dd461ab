//! What the planned device is: whose software it runs, what its configuration says of each package, who signed it.
//!
//! Takes an inventory and the makers' conventions; decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::inventory::Inventory;
use crate::maker::destination::Change;
use crate::maker::rule::Says;
use crate::maker::site::Recognised;
use crate::maker::{Conventions, ListRule};
use crate::package::{PackageName, Sha256Digest};
use crate::plan::listed::condition_holds;
use crate::plan::said::{Said, Sayings};
use crate::plan::way::partition;
use crate::source::snapshot::{DefaultHolder, MakerList, MakerListEntry, PackageFacts, Property};
use crate::source::unread::UnreadKind;

/// A device as a plan sees it.
pub(super) struct Platform<'a> {
    inventory: &'a Inventory,
    conventions: &'a Conventions,
    /// Whose software it runs; asked for only where something has to change.
    makers: OnceLock<Vec<Recognised<'a>>>,
    sayings: OnceLock<Sayings<'a>>,
    key: Option<&'a [Sha256Digest]>,
    /// Facts that were not read and by which needs of the platform are told, by package; the empty name stands for all.
    unread: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Names of the facts by which needs of the platform are told.
const TELLING: [&str; 6] = ["manifest", "activities", "services", "receivers", "providers", "permissions"];

impl<'a> Platform<'a> {
    pub(super) fn new(inventory: &'a Inventory, conventions: &'a Conventions) -> Self {
        let platform = PackageName::new("android").ok();
        Self {
            inventory,
            conventions,
            makers: OnceLock::new(),
            sayings: OnceLock::new(),
            key: platform
                .and_then(|name| inventory.package(&name).first())
                .and_then(|package| package.signers.as_deref())
                .filter(|signers| !signers.is_empty()),
            unread: unread(inventory),
        }
    }

    /// Returns the facts of `package` that were not read and could tell that the platform needs it.
    pub(super) fn unread_of(&self, package: &PackageName) -> Vec<String> {
        let all = [package.as_str(), ""].into_iter().filter_map(|name| self.unread.get(name)).flatten();
        all.map(|what| (*what).to_owned()).collect()
    }

    fn makers(&self) -> &[Recognised<'a>] {
        let recognise = || self.conventions.recognise(self.inventory.device(), self.inventory.folders());
        self.makers.get_or_init(recognise)
    }

    /// Returns what makes `package` removable in the maker's own way; `None` when no way is known.
    pub(super) fn change(&self, package: &PackageFacts) -> Option<Change> {
        let lists = self.lists_in_image();
        self.makers().chunks(1).find_map(|maker| {
            let destination =
                self.conventions.destination(maker, self.inventory.folders(), lists, package)?;
            self.has_effect(&destination.change).then_some(destination.change)
        })
    }

    /// Returns whether a change makes its own app removable, and no other: the device must have the partition it moves
    /// to (releases of one maker differ in theirs), its release must read the list it edits, and a switch that is off may
    /// not turn on what others the list names.
    fn has_effect(&self, change: &Change) -> bool {
        let (list, switch) = match change {
            Change::Move { user_data: true, .. } => return true,
            Change::Move { to, .. } => {
                let folders = self.inventory.folders();
                return partition(to).is_some_and(|partition| folders.have(&format!("/{partition}")));
            }
            Change::ListEntry { list, switch, .. } => (list, switch),
        };
        let is_on = |(name, value): &(String, String)| {
            self.property(name).is_some_and(|property| property.value == *value)
        };
        let names_others =
            self.lists_in_image().iter().any(|known| known.list == *list && !known.entries.is_empty());
        if names_others && switch.as_ref().is_some_and(|switch| !is_on(switch)) {
            return false;
        }
        let Some(rule) = self.list(list) else { return false };
        let Some(sdk) = self.inventory.device().sdk else {
            return rule.min_sdk.is_none() && rule.max_sdk.is_none();
        };
        rule.min_sdk.is_none_or(|min| sdk >= min) && rule.max_sdk.is_none_or(|max| sdk <= max)
    }

    /// Returns whether an app must stay a file without a folder of its own: before Android 5.0 (API 21) the platform
    /// scans the files of an app folder only (`PackageManagerService.scanDirLI`).
    pub(super) fn is_flat(&self, package: &PackageFacts) -> bool {
        package.path == package.file && self.inventory.device().sdk.is_none_or(|sdk| sdk < 21)
    }

    /// Returns the rule of a list.
    pub(super) fn list(&self, id: &str) -> Option<&'a ListRule> {
        self.conventions.list(id)
    }

    /// Returns the makers' lists that the image has.
    pub(super) fn lists_in_image(&self) -> &'a [MakerList] {
        &self.inventory.snapshot().maker_lists
    }

    /// Returns whether an entry counts on this device.
    pub(super) fn holds(&self, entry: &MakerListEntry) -> bool {
        condition_holds(entry, self.inventory.device())
    }

    /// Returns whether a maker puts what users may remove where `path` lies.
    pub(super) fn is_removable_place(&self, path: &str) -> bool {
        let recognised = |maker: &str| self.makers().iter().any(|recognised| recognised.maker.id == maker);
        let locations = self.conventions.locations().iter();
        path.starts_with("/data/")
            || locations
                .filter(|location| location.says == Says::Removable)
                .filter(|location| location.everywhere || recognised(&location.maker))
                .any(|location| location.folders.iter().any(|folder| folder.holds(path).is_some()))
    }

    /// Returns a property of the device.
    pub(super) fn property(&self, name: &str) -> Option<&'a Property> {
        self.inventory.device().properties.get(name)
    }

    /// Returns what the image's configuration says of a package.
    pub(super) fn said_of(&self, package: &PackageName) -> Said<'a> {
        self.sayings.get_or_init(|| Sayings::new(&self.inventory.snapshot().system_config)).of(package)
    }

    /// Returns the file that makes `package` the default holder of a role.
    pub(super) fn holder_file(&self, role: &str, package: &PackageName) -> &'a str {
        let mut holders = self.inventory.snapshot().system_config.default_holders.iter();
        let is = |holder: &&DefaultHolder| holder.role == role && holder.package == package.as_str();
        holders.find(is).map_or("", |holder| holder.path.as_str())
    }

    /// Returns whether a package is known to carry the key of the framework's own package.
    pub(super) fn signed_by_platform(&self, package: &PackageFacts) -> bool {
        let signed = |signers: &Vec<Sha256Digest>| self.key.is_some_and(|key| key == signers.as_slice());
        package.signers.as_ref().is_some_and(signed)
    }
}

fn unread(inventory: &Inventory) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut unread: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let facts = inventory.unread().iter().filter(|entry| entry.kind == UnreadKind::Facts);
    for entry in facts.filter(|entry| TELLING.contains(&entry.path.as_str())) {
        let name = entry.package.as_ref().map_or("", PackageName::as_str);
        unread.entry(name).or_default().insert(&entry.path);
    }
    unread
}
