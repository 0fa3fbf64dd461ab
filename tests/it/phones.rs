//! The committed facts of real phones, and judging them.

use std::path::PathBuf;

use keepone::audit::{Audit, AuditOptions, audit};
use keepone::classify::{Groups, Options, classify};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::profile::{Profile, built_in};
use keepone::removability::removability;
use keepone::source::count;
use keepone::source::snapshot::Snapshot;

/// A phone whose every folder was read but for a few APKs, with a maker's own layout: Android 4.0.
pub(crate) const ZTE: &str = "zte-u930hd";

/// A tablet with a chip maker's removability lists switched on: Android 12.
pub(crate) const LENOVO: &str = "lenovo-tb-x6c6l";

/// The snapshot of a committed phone, as JSON text.
pub(crate) fn text(phone: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/devices/{phone}.json"));
    std::fs::read_to_string(path).unwrap()
}

/// The snapshot of a committed phone.
pub(crate) fn snapshot(phone: &str) -> Snapshot {
    serde_json::from_str(&text(phone)).unwrap()
}

/// The same phone as if everything that could not be read did not exist: whole, and sealed as such.
pub(crate) fn whole(phone: &str) -> Snapshot {
    let mut snapshot = snapshot(phone);
    snapshot.unread.clear();
    count::seal(&mut snapshot);
    snapshot
}

/// A built-in profile.
pub(crate) fn profile(id: &str) -> Profile {
    built_in(id).unwrap()
}

/// Judges a snapshot from beginning to end.
pub(crate) fn judge(snapshot: Snapshot, profile: &Profile) -> Audit {
    let inventory = Inventory::new(snapshot);
    let classifications = classify(&inventory, Groups::built_in(), &Options::default());
    let removabilities = removability(&inventory, Conventions::built_in());
    audit(&inventory, &classifications, &removabilities, profile, &AuditOptions::default())
}
