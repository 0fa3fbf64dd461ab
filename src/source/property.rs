//! Which system properties belong to the facts about a device: those that identify the build or switch what may be
//! removed, and none that names a person, a machine or one unit. Every source holds what it read against this.

use std::collections::BTreeSet;

use crate::maker::Conventions;

/// Properties that identify the build or switch what may be removed, by the start of their name.
const KEPT: [&str; 20] = [
    "ro.build.",
    "ro.product",
    "ro.board",
    "ro.boot.",
    "ro.com.google.",
    "ro.config",
    "ro.control_privapp_permissions",
    "ro.csc",
    "ro.hardware",
    "ro.mediatek",
    "ro.mi.",
    "ro.miui",
    "ro.oplus",
    "ro.oppo",
    "ro.vendor.mediatek",
    "ro.vgc",
    "persist.vendor.pms_removable",
    "ro.system.build.",
    "ro.vendor.build.",
    "ro.odm.build.",
];

/// Says whether a property is kept in a snapshot: it identifies the build or switches removability, and it does not name a
/// person, a build machine or one unit of the device.
pub fn is_kept(name: &str, value: &str) -> bool {
    let names_someone = matches!(name.rsplit('.').next(), Some("host" | "user"))
        || ["builder", "email", "serialno", "imei", "meid"].iter().any(|part| name.contains(part))
        || value.contains('@');
    let identifies = KEPT.iter().any(|start| name.starts_with(start))
        || name.ends_with("build.fingerprint")
        || Conventions::built_in().properties().any(|read| read == name);
    identifies && !names_someone
}

/// Lists what the names of wanted properties begin with, for a source that asks for properties by their names.
pub fn beginnings() -> BTreeSet<&'static str> {
    KEPT.into_iter().chain(Conventions::built_in().properties()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_names_someone_is_kept() {
        for name in [
            "ro.build.host",
            "ro.build.user",
            "ro.product.build.host",
            "ro.boot.serialno",
            "ro.build.builder.name",
        ] {
            assert!(!is_kept(name, "x"), "{name}");
        }
        assert!(!is_kept("ro.build.note", "someone@example.org"));
        assert!(!is_kept("dalvik.vm.heapsize", "512m"));
        assert!(is_kept("ro.build.display.id", "X") && is_kept("ro.odm.build.fingerprint", "x"));
    }

    #[test]
    fn every_property_that_tells_a_maker_is_kept() {
        let makers = Conventions::built_in().makers().iter();
        let tests: Vec<_> = makers.flat_map(|maker| maker.properties.iter().chain(&maker.unless)).collect();
        assert!(!tests.is_empty());
        for test in tests {
            assert!(is_kept(&test.name, "x"), "{}", test.name);
        }
    }

    #[test]
    fn whatever_a_rule_reads_is_asked_for() {
        let asked = beginnings();
        for name in Conventions::built_in().properties() {
            assert!(asked.iter().any(|beginning| name.starts_with(beginning)), "{name}");
        }
    }
}
