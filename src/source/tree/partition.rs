//! What partitions look like among the paths of a tree: their names, what they hold, and which folders stand for one.
//! Takes paths, gives answers about folders; [`super::layout`] draws the conclusions.

use std::collections::BTreeSet;
use std::path::Path;

/// What a system partition holds directly.
pub(crate) const SYSTEM_PARTS: [&str; 4] = ["app", "priv-app", "framework", "build.prop"];

/// What a partition other than a bare folder holds directly.
const PARTITION_PARTS: [&str; 10] =
    ["app", "priv-app", "etc", "lib", "lib64", "bin", "overlay", "framework", "build.prop", "default.prop"];

/// Folders that unpackers put the content of the boot image's ramdisk in. Before system-as-root it is the device's
/// root folder; a recovery ramdisk is not.
const RAMDISKS: [&str; 7] = [
    "boot/ramdisk",
    "boot/root",
    "boot/RAMDISK",
    "bootimg/ramdisk",
    "BOOT/RAMDISK",
    "vendor/BOOT/RAMDISK",
    "ramdisk",
];

/// Folders at the top that are named after the first slot of a partition; the second holds an older build, or nothing.
pub(crate) fn slots<'a>(files: impl Iterator<Item = &'a str> + Clone) -> BTreeSet<String> {
    let tops: BTreeSet<&str> = files.filter_map(|path| Some(path.split_once('/')?.0)).collect();
    let named = |top: &&&str| {
        let plain = top.strip_suffix("_a");
        plain.is_some_and(|plain| (plain == "system" || is_partition(plain)) && !tops.contains(plain))
    };
    tops.iter().filter(named).map(|top| (*top).to_owned()).collect()
}

/// Folders that hold a system partition of their own, each ending in `/`, and unpacked ramdisks.
pub(crate) fn containers<'a>(files: impl Iterator<Item = &'a str> + Clone) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut partitions = BTreeSet::new();
    for path in files {
        let mut parts = path.split('/');
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        if let (Some(first), Some(second)) = (first, second)
            && PARTITION_PARTS.contains(&second)
        {
            partitions.insert(first);
        }
        if let (Some(first), Some("system"), Some(third)) = (first, second, third)
            && first != "system"
            && (SYSTEM_PARTS.contains(&third) || third == "system")
        {
            found.insert(format!("{first}/"));
        }
        for ramdisk in RAMDISKS {
            if path.strip_prefix(ramdisk).is_some_and(|rest| rest.starts_with('/')) {
                found.insert(format!("{ramdisk}/"));
            }
        }
    }
    found.retain(|base| {
        base.contains("amdisk")
            || base.contains("RAMDISK")
            || !partitions.contains(base.trim_end_matches('/'))
    });
    found
}

/// The partition that a root folder is named after, as a path; `/system` when it is named after none.
pub(crate) fn partition_named(root: &Path) -> String {
    let name = root.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let maker = ["cust", "custom", "preas", "preload", "special_preload", "version"];
    if is_partition(name) || maker.contains(&name) { format!("/{name}") } else { "/system".to_owned() }
}

/// Says whether a folder of this name at the root of a device is a partition mounted there, and nowhere else a folder
/// of the system partition itself (as Samsung's `/system/preload` is).
pub(crate) fn is_partition(name: &str) -> bool {
    let known = [
        "hw_product",
        "mi_ext",
        "odm",
        "odm_dlkm",
        "oem",
        "oppo_product",
        "prism",
        "product",
        "product_h",
        "product_services",
        "system_dlkm",
        "system_ext",
        "vendor",
        "vendor_dlkm",
    ];
    known.contains(&name) || name.starts_with("my_") || name.starts_with("tr_")
}
