//! Where a file of the tree lies on the device. Takes the paths of a tree, gives the path on the device for each; never
//! opens anything.
//!
//! The rules, in this order:
//!
//! 0. **A slot is no place.** `system_a`, as unpackers of a super partition name it, is `system` where there is no
//!    `system`.
//! 1. **A folder that holds a system partition of its own** (`stockrom/system/app`, `vendor/system/app` where `vendor`
//!    holds nothing of a vendor partition, an unpacked ramdisk) is laid over the root, as build trees do, unless one of
//!    its files would fall on a file that is already there: then all of it keeps its own place (`/stockrom/…`).
//! 2. **A root that is a partition itself** (it holds `app`, `priv-app`, `framework` or `build.prop`) is that partition:
//!    the one its folder is named after, else `/system`.
//! 3. **System-as-root** (Android 9 and later): the system image holds the root folder, so `system/system/app` is
//!    `/system/app`, and `system/default.prop` is `/default.prop`.
//! 4. **A partition inside another.** Where there is no product partition the build puts its content in
//!    `/system/product` and links `/product` there; where there is one, the link points the other way
//!    (AOSP `system/core/rootdir/Android.mk`). Both names reach the same files, so the short one is used:
//!    `/system/product/app` is `/product/app`, likewise `system_ext`, `vendor`, `odm` and the `my_*` partitions. Only when
//!    the tree holds both does the inner one keep its long name: the two are then different files. A device without a
//!    product partition prints the long name as its code path; rules that name either form must accept both.
//! 5. **An unpacked APEX** (`system/apex/com.android.x/priv-app`) is mounted at `/apex/com.android.x`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::tree::partition::{SYSTEM_PARTS, containers, is_partition, partition_named, slots};

/// Partitions that can lie inside another one, with the folder they then lie in.
const NESTED: [(&str, &str); 7] = [
    ("/system/product/", "/product/"),
    ("/system/system_ext/", "/system_ext/"),
    ("/system/vendor/", "/vendor/"),
    ("/vendor/odm/", "/odm/"),
    ("/system/odm/", "/odm/"),
    ("/vendor/vendor_dlkm/", "/vendor_dlkm/"),
    ("/vendor/odm_dlkm/", "/odm_dlkm/"),
];

/// How the paths of one tree map to paths on the device.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// Folders named after a slot, `system_a`.
    slots: BTreeSet<String>,
    /// Folders whose content lies on the root of the device, longest first, each ending in `/`.
    overlaid: Vec<String>,
    /// The partition the root itself is: `/system` or the like, without a slash at its end.
    root_partition: Option<String>,
    /// Whether `system/system/` holds the system partition, per overlaid folder (the empty string is the root).
    system_as_root: BTreeSet<String>,
    /// Partitions met at the top, `/product/`.
    top_level: BTreeSet<String>,
    /// Path on the device to path inside the source, where they differ.
    places: BTreeMap<String, String>,
}

impl Layout {
    /// Learns the layout of a tree from the paths of its files.
    pub(crate) fn of<'a>(root: &Path, files: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut layout = Self { slots: slots(files.clone()), ..Self::default() };
        let plain: Vec<String> = files.clone().map(|path| layout.without_slot(path).into_owned()).collect();
        layout.learn(root, plain.iter().map(String::as_str));
        for path in files {
            let place = layout.device_path(path);
            if place.strip_prefix('/') != Some(path) {
                layout.places.insert(place, path.to_owned());
            }
        }
        layout
    }

    /// Learns rules 1 to 5 from paths without slots.
    fn learn<'a>(&mut self, root: &Path, files: impl Iterator<Item = &'a str> + Clone) {
        let tops: BTreeSet<&str> = files.clone().filter_map(|path| path.split('/').next()).collect();
        if !tops.contains("system") && SYSTEM_PARTS.iter().any(|part| tops.contains(part)) {
            self.root_partition = Some(partition_named(root));
        }
        self.note_system_as_root("", files.clone());
        self.note_top_level(files.clone());
        if self.root_partition.is_none() {
            self.lay_over(&files);
        }
        self.note_top_level(files);
    }

    /// Returns the path on the device of a file given by its path inside the source.
    pub(crate) fn device_path(&self, path: &str) -> String {
        let path: &str = &self.without_slot(path);
        let (base, rest) = self
            .overlaid
            .iter()
            .find_map(|base| path.strip_prefix(base.as_str()).map(|rest| (base.as_str(), rest)))
            .unwrap_or(("", path));
        let mut place = match &self.root_partition {
            Some(partition) => format!("{partition}/{rest}"),
            None => format!("/{rest}"),
        };
        if self.system_as_root.contains(base) {
            place = self.without_system_root(place);
        }
        self.short_name(apex_mount(place))
    }

    /// Returns the canonical form of a path that another source gave, such as a list taken on the device: with the
    /// short names of nested partitions, and understood as a path of this tree where it is not absolute.
    pub(crate) fn canonical(&self, path: &str) -> String {
        if !path.starts_with('/') {
            return self.device_path(path);
        }
        let place = match path.strip_prefix("/system/system/") {
            Some(rest) => format!("/system/{rest}"),
            None => path.to_owned(),
        };
        self.short_name(apex_mount(place))
    }

    /// Returns the path inside the source of a file given by its path on the device.
    pub(crate) fn source_path(&self, place: &str) -> String {
        if let Some(path) = self.places.get(place) {
            return path.clone();
        }
        let folder = format!("{}/", place.trim_end_matches('/'));
        // A folder has no entry of its own: take it from a file below it.
        let below =
            self.places.range(folder.clone()..).next().filter(|(known, _)| known.starts_with(&folder));
        if let Some((known, path)) = below
            && let Some(inner) = known.strip_prefix(&folder)
            && let Some(path) = path.strip_suffix(inner)
        {
            return path.trim_end_matches('/').to_owned();
        }
        place.trim_start_matches('/').to_owned()
    }

    /// Applies rule 0.
    fn without_slot<'a>(&self, path: &'a str) -> Cow<'a, str> {
        match path.split_once('/') {
            Some((top, rest)) if self.slots.contains(top) => {
                Cow::Owned(format!("{}/{rest}", top.strip_suffix("_a").unwrap_or(top)))
            }
            _ => Cow::Borrowed(path),
        }
    }

    /// Notes that the folder at `base` holds a system image with the root folder in it: no system partition has a folder
    /// `system` of its own.
    fn note_system_as_root<'a>(&mut self, base: &str, mut files: impl Iterator<Item = &'a str>) {
        let inner = format!("{base}system/system/");
        if files.any(|path| path.starts_with(&inner)) {
            self.system_as_root.insert(base.to_owned());
        }
    }

    /// Notes which folders lie at the top of the device.
    fn note_top_level<'a>(&mut self, files: impl Iterator<Item = &'a str>) {
        let tops: BTreeSet<String> = files
            .filter_map(|path| {
                let rest =
                    self.overlaid.iter().find_map(|base| path.strip_prefix(base.as_str())).unwrap_or(path);
                let (top, _) = rest.split_once('/')?;
                Some(format!("/{top}/"))
            })
            .collect();
        self.top_level = if self.root_partition.is_some() { BTreeSet::new() } else { tops };
    }

    /// Lays folders that hold a system partition of their own over the root (rule 1).
    fn lay_over<'a>(&mut self, files: &(impl Iterator<Item = &'a str> + Clone)) {
        let mut candidates: Vec<(usize, String)> = containers(files.clone())
            .into_iter()
            .map(|base| (files.clone().filter(|path| path.starts_with(&base)).count(), base))
            .collect();
        // The fullest first: it is the firmware, the others are laid over it.
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        for (_, base) in candidates {
            let mut trial = self.clone();
            trial.overlaid.push(base.clone());
            trial.overlaid.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            trial.note_system_as_root(&base, files.clone());
            trial.note_top_level(files.clone());
            if trial.clashes(files.clone()) <= self.clashes(files.clone()) {
                *self = trial;
            }
        }
    }

    /// How many files fall on the place of another.
    fn clashes<'a>(&self, files: impl Iterator<Item = &'a str>) -> usize {
        let mut met = BTreeSet::new();
        files.filter(|path| !met.insert(self.device_path(path))).count()
    }

    /// Drops the first `system` of `/system/system/…`, and `/system` from what lies beside it in the image.
    fn without_system_root(&self, place: String) -> String {
        let Some(rest) = place.strip_prefix("/system/") else { return place };
        if rest.starts_with("system/") {
            return format!("/{rest}");
        }
        // Beside the system partition lie files of the root folder and the places where partitions are mounted. A mount
        // hides what the image itself holds there.
        let lifted = match rest.split_once('/') {
            Some((top, _)) => is_partition(top) && !self.top_level.contains(&format!("/{top}/")),
            None => rest != "build.prop",
        };
        if lifted { format!("/{rest}") } else { place }
    }

    /// Applies rule 4.
    fn short_name(&self, mut place: String) -> String {
        loop {
            let nested = NESTED
                .iter()
                .find(|(long, short)| place.starts_with(long) && !self.top_level.contains(*short));
            let shorter = match nested {
                Some((long, short)) => place.strip_prefix(long).map(|rest| format!("{short}{rest}")),
                None => self.short_maker_name(&place),
            };
            match shorter {
                Some(shorter) => place = shorter,
                None => return place,
            }
        }
    }

    /// The `my_*` partitions of OPPO, OnePlus and realme, which ports put inside `/system`.
    fn short_maker_name(&self, place: &str) -> Option<String> {
        let rest = place.strip_prefix("/system/my_")?;
        let (name, rest) = rest.split_once('/')?;
        let short = format!("/my_{name}/");
        (!self.top_level.contains(&short)).then(|| format!("{short}{rest}"))
    }
}

/// Applies rule 5.
fn apex_mount(place: String) -> String {
    let mut parts = place.splitn(5, '/').skip(1);
    let (Some(_), Some("apex"), Some(name), Some(rest)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return place;
    };
    format!("/apex/{}/{rest}", apex_name(name))
}

/// The name of an APEX by the name of its file or folder: without the extension and the version of a mount.
pub(crate) fn apex_name(name: &str) -> &str {
    let name = name.strip_suffix(".apex").or_else(|| name.strip_suffix(".capex")).unwrap_or(name);
    name.split('@').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn layout(paths: &[String]) -> Layout {
        Layout::of(Path::new("phone"), paths.iter().map(String::as_str))
    }

    #[test]
    fn a_list_from_the_device_is_understood_whatever_the_layout() {
        let root = layout(&["system/system/app/A/A.apk".into(), "system/default.prop".into()]);
        for path in
            ["/system/app/B.apk", "system/app/B.apk", "system/system/app/B.apk", "/system/system/app/B.apk"]
        {
            assert_eq!(root.canonical(path), "/system/app/B.apk", "{path}");
        }
        assert_eq!(root.canonical("/system/product/app/B.apk"), "/product/app/B.apk");
        assert_eq!(root.device_path("system/default.prop"), "/default.prop");
    }

    #[test]
    fn samsungs_preload_folder_is_part_of_the_system_partition() {
        let root = layout(&["system/system/app/A/A.apk".into()]);
        assert_eq!(root.device_path("system/preload/B.apk"), "/system/preload/B.apk");
    }

    proptest! {
        /// A path on the device leads back to the file it was made of, and canonical paths stay what they are.
        #[test]
        fn places_lead_back(paths in prop::collection::btree_set(
            "(system/|system/system/|vendor/|product/|stockrom/system/|system_a/|boot/ramdisk/)(product/|vendor/|odm/|apex/x/|my_a/)?(app/|etc/)?[ab]", 1..10
        )) {
            let paths: Vec<String> = paths.into_iter().collect();
            let layout = layout(&paths);
            for path in &paths {
                let place = layout.device_path(path);
                prop_assert!(place.starts_with('/'));
                prop_assert_eq!(layout.canonical(&place), place.clone());
                let others = paths.iter().filter(|other| layout.device_path(other) == place).count();
                if others == 1 {
                    prop_assert_eq!(&layout.source_path(&place), path);
                }
            }
        }

        #[test]
        fn arbitrary_paths_never_panic(paths in prop::collection::vec("[a-z/_.@]{0,30}|/*system/*system/*", 0..8)) {
            let layout = layout(&paths);
            for path in &paths {
                layout.source_path(&layout.canonical(path));
            }
        }
    }
}
