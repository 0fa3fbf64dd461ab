//! Reads the property files of all partitions. Takes their bytes and paths, gives the [`Device`]; never follows an
//! `import` (its path is a property of the running device) and keeps nothing that names a person or a machine.
//!
//! Precedence is that of `init` (`system/core/init/property_service.cpp`). Since Android 10 the files are loaded into one
//! map in a fixed order and the last to set a property wins. Before, a `ro.` property could be set once only, so the first
//! file won. Files that `init` does not load by itself (makers' partitions, imported at run time) come last: they say
//! only what nothing else said.

use std::collections::BTreeMap;

use crate::source::property::is_kept;
use crate::source::snapshot::{Device, Property};

/// Files in the order in which `init` loads them since Android 10. Of `etc/build.prop` and the older names of one
/// partition, the older are loaded only when the newer is not there (Android 12).
const LOAD_ORDER: [&str; 22] = [
    "/default.prop",
    "/prop.default",
    "/system/etc/prop.default",
    "/system/default.prop",
    "/system/build.prop",
    "/system_ext/default.prop",
    "/system_ext/build.prop",
    "/system_ext/etc/build.prop",
    "/system_dlkm/etc/build.prop",
    "/vendor/default.prop",
    "/vendor/build.prop",
    "/vendor_dlkm/etc/build.prop",
    "/odm_dlkm/etc/build.prop",
    "/odm/default.prop",
    "/odm/build.prop",
    "/odm/etc/build.prop",
    "/product/default.prop",
    "/product/build.prop",
    "/product/etc/build.prop",
    "/product_services/build.prop",
    "/product_services/etc/build.prop",
    "/factory/factory.prop",
];

/// Files in the order in which `init` loads them up to Android 9 (`property_load_boot_defaults`, `load_system_props`).
const LEGACY_ORDER: [&str; 11] = [
    "/system/etc/prop.default",
    "/prop.default",
    "/default.prop",
    "/system/default.prop",
    "/product/build.prop",
    "/odm/default.prop",
    "/vendor/default.prop",
    "/system/build.prop",
    "/odm/build.prop",
    "/vendor/build.prop",
    "/factory/factory.prop",
];

/// The API level from which the last file wins: Android 10.
const LAST_WINS_SINCE: u32 = 29;

/// One property file, parsed.
#[derive(Debug)]
pub struct PropertyFile {
    /// Its path on the device.
    pub path: String,
    /// What it sets, in order.
    pub settings: Vec<(String, String)>,
}

/// Reads the lines of one file as `init` does (`LoadProperties`): leading blanks are skipped, `#` starts a comment, the
/// first `=` separates, blanks around name and value are dropped, lines without `=` and imports are passed over.
pub fn parse(bytes: &[u8], path: &str) -> PropertyFile {
    let text = String::from_utf8_lossy(bytes);
    let settings = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with('#') && !line.starts_with("import "))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    PropertyFile { path: path.to_owned(), settings }
}

/// Joins all files of a tree into the facts about the device.
pub fn device(files: &[PropertyFile]) -> Device {
    let all = Properties::of(files);
    Device {
        fingerprint: all.fingerprint(),
        android_release: all.build("version.release"),
        sdk: all.build("version.sdk").and_then(|sdk| sdk.parse().ok()),
        manufacturer: all.product("manufacturer"),
        brand: all.product("brand"),
        model: all.product("model"),
        properties: all.0.into_iter().filter(|(name, property)| is_kept(name, &property.value)).collect(),
    }
}

/// The properties as the running device would have them.
struct Properties(BTreeMap<String, Property>);

impl Properties {
    fn of(files: &[PropertyFile]) -> Self {
        let system = files.iter().find(|file| file.path == "/system/build.prop");
        let sdk: Option<u32> = system.and_then(|file| {
            let setting = file
                .settings
                .iter()
                .rfind(|(name, _)| name == "ro.build.version.sdk" || name == "ro.system.build.version.sdk");
            setting.and_then(|(_, sdk)| sdk.parse().ok())
        });
        // A tree without a system partition is a recent one: partitions came with Android 8 to 10.
        if sdk.is_none_or(|sdk| sdk >= LAST_WINS_SINCE) {
            Self::last_wins(files)
        } else {
            Self::first_wins(files)
        }
    }

    fn last_wins(files: &[PropertyFile]) -> Self {
        let mut merged = BTreeMap::new();
        for file in others(files, &LOAD_ORDER).chain(ordered(files, &LOAD_ORDER)) {
            if is_superseded(&file.path, files) {
                continue;
            }
            for (name, value) in &file.settings {
                merged.insert(name.clone(), Property { value: value.clone(), path: file.path.clone() });
            }
        }
        Self(merged)
    }

    fn first_wins(files: &[PropertyFile]) -> Self {
        let mut merged: BTreeMap<String, Property> = BTreeMap::new();
        for file in ordered(files, &LEGACY_ORDER).chain(others(files, &LEGACY_ORDER)) {
            let loaded = LEGACY_ORDER.contains(&file.path.as_str());
            for (name, value) in &file.settings {
                let property = Property { value: value.clone(), path: file.path.clone() };
                if name.starts_with("ro.") || !loaded {
                    merged.entry(name.clone()).or_insert(property);
                } else {
                    merged.insert(name.clone(), property);
                }
            }
        }
        Self(merged)
    }

    fn value(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|property| property.value.clone()).filter(|value| !value.is_empty())
    }

    /// `ro.build.<part>`, else the form of one partition.
    fn build(&self, part: &str) -> Option<String> {
        let names = [
            "ro.build",
            "ro.system.build",
            "ro.product.build",
            "ro.system_ext.build",
            "ro.vendor.build",
            "ro.odm.build",
        ];
        names.iter().find_map(|name| self.value(&format!("{name}.{part}")))
    }

    /// `ro.product.<part>`, else the partitions' forms in the order the device states or `init`'s own
    /// (`property_initialize_ro_product_props`).
    fn product(&self, part: &str) -> Option<String> {
        // Android 10 knows `product_services`, later releases `system_ext` in its place.
        const ORDER: &str = "product,product_services,odm,vendor,system_ext,system";
        let stated = self.value("ro.product.property_source_order").unwrap_or_default();
        let known = |source: &str| ORDER.split(',').any(|known| known == source);
        let order = if stated.is_empty() || !stated.split(',').all(known) { ORDER } else { stated.as_str() };
        self.value(&format!("ro.product.{part}")).or_else(|| {
            order.split(',').find_map(|source| self.value(&format!("ro.product.{source}.{part}")))
        })
    }

    /// `ro.build.fingerprint`, else put together as `init` does (`property_derive_build_fingerprint`) when every part is
    /// there, else a partition's.
    fn fingerprint(&self) -> Option<String> {
        let stated = self.value("ro.build.fingerprint");
        stated.or_else(|| self.derived_fingerprint()).or_else(|| self.build("fingerprint"))
    }

    fn derived_fingerprint(&self) -> Option<String> {
        let release = self
            .value("ro.build.version.release_or_codename")
            .or_else(|| self.value("ro.build.version.release"))?;
        Some(format!(
            "{}/{}/{}:{release}/{}/{}:{}/{}",
            self.product("brand")?,
            self.product("name")?,
            self.product("device")?,
            self.value("ro.build.id")?,
            self.value("ro.build.version.incremental")?,
            self.value("ro.build.type")?,
            self.value("ro.build.tags")?,
        ))
    }
}

/// The files named in `order`, in that order.
fn ordered<'a>(files: &'a [PropertyFile], order: &'a [&str]) -> impl Iterator<Item = &'a PropertyFile> {
    order.iter().flat_map(|path| files.iter().filter(move |file| file.path == **path))
}

/// The files not named in `order`.
fn others<'a>(files: &'a [PropertyFile], order: &'a [&str]) -> impl Iterator<Item = &'a PropertyFile> {
    files.iter().filter(|file| !order.contains(&file.path.as_str()))
}

/// `<partition>/build.prop` is not loaded where `<partition>/etc/build.prop` exists (`load_properties_from_partition`).
fn is_superseded(path: &str, files: &[PropertyFile]) -> bool {
    ["system_ext", "odm", "product"].iter().any(|partition| {
        let older =
            path == format!("/{partition}/build.prop") || path == format!("/{partition}/default.prop");
        older && files.iter().any(|file| file.path == format!("/{partition}/etc/build.prop"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_read_as_init_reads_them() {
        let text = "# made\n  # also\nimport /x ro.*\n a.b =  c=d \nempty=\nno sign\n=nameless\r\nlast=1\r";
        let file = parse(text.as_bytes(), "/system/build.prop");
        let settings: Vec<(&str, &str)> =
            file.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(settings, [("a.b", "c=d"), ("empty", ""), ("last", "1")]);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, path in "/(system|vendor|odm|my_x)/(etc/)?(build|default).prop") {
            device(&[parse(&bytes, &path)]);
        }

        #[test]
        fn arbitrary_lines_never_panic(lines in prop::collection::vec("ro\\.(build|product)\\.[a-z.]{0,20}=.{0,9}", 0..9)) {
            device(&[parse(lines.join("\n").as_bytes(), "/system/build.prop")]);
        }
    }
}
