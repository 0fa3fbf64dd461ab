//! Who may become the app for text messages: our evidence `sms-role` beside what the framework's `SmsApplication` says
//! of the app alone on a phone (`getApplicationCollectionInternal`: the four components, enabled, three of them
//! guarded).

use std::path::Path;

use keepone::classify::{Groups, Options, weigh_all};
use keepone::inventory::Inventory;
use keepone::package::Group;
use keepone::source::{ReadOptions, Silent};

/// Returns whether we find evidence `sms-role` in the APK at `path`.
pub(crate) fn have_evidence(path: &Path) -> bool {
    let inventory = Inventory::new(keepone::source::read(path, &ReadOptions::default(), &Silent).unwrap());
    let [package] = inventory.packages() else { panic!("{} holds no package", path.display()) };
    weigh_all(package, &inventory, Groups::built_in(), &Options::default())
        .iter()
        .find(|(group, _, _)| *group == Group::TextMessages)
        .is_some_and(|(_, _, evidence)| evidence.iter().any(|one| one.id == "sms-role"))
}
