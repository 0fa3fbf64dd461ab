//! What of the conventions applies to one device: whose software it runs, and which folders it has.
//!
//! Takes a device's properties and the paths known of it; decides nothing about a package.

use std::collections::{BTreeSet, HashMap};

use crate::maker::Conventions;
use crate::maker::place::{Pattern, is_of_framework, one_form, segments};
use crate::maker::rule::{Maker, MakerKind};
use crate::source::snapshot::Device;

/// A maker or platform whose software the device runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised<'a> {
    /// Which.
    pub maker: &'a Maker,
    /// The property or path that tells it.
    pub by: String,
}

/// The folders that a device's known paths lie in, and the files that tell whose software it is, each in its one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders(BTreeSet<String>);

impl Folders {
    /// Collects the folders of `paths`.
    pub fn of<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        // each folder met, with whether its files tell whose software this is by their names
        let mut met: HashMap<&str, bool> = HashMap::new();
        let mut files = Vec::new();
        for path in paths {
            let Some((folder, _)) = path.rsplit_once('/') else { continue };
            if *met.entry(folder).or_insert_with(|| is_of_framework(path)) {
                files.push(path);
            }
        }
        Self(met.into_keys().chain(files).map(one_form).collect())
    }

    /// Adds the files of makers' lists.
    #[must_use]
    pub fn with_lists<'p>(mut self, files: impl IntoIterator<Item = &'p str>) -> Self {
        self.0.extend(files.into_iter().map(one_form));
        self
    }

    /// Tells whether the device has `folder`, or anything below it.
    pub fn have(&self, folder: &str) -> bool {
        let folder = one_form(folder);
        let mut at_or_after = self.0.range(folder.clone()..);
        let below = |known: &String| {
            known.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // names that only begin alike (`/product-x`) may sort between a folder and what is below it
        at_or_after.by_ref().take_while(|known| known.starts_with(folder.as_str())).any(below)
    }

    /// Returns the folders, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Conventions {
    /// Tells whose software a device runs, the maker's own before the platform's; Android itself always comes last.
    ///
    /// Properties and paths count, not the hardware: a port may name another maker in some properties and is then
    /// recognised by both. `folders` are those of every path the source knows, lists of makers among them.
    pub fn recognise<'a>(&'a self, device: &Device, folders: &Folders) -> Vec<Recognised<'a>> {
        let places: Vec<(&str, Vec<&str>)> = folders.iter().map(|place| (place, segments(place))).collect();
        self.makers.iter().filter_map(|maker| self.recognised(maker, device, &places)).collect()
    }

    /// `places` are the device's folders, each with its segments.
    fn recognised<'a>(
        &self,
        maker: &'a Maker,
        device: &Device,
        places: &[(&str, Vec<&str>)],
    ) -> Option<Recognised<'a>> {
        if maker.kind == MakerKind::Android {
            return Some(Recognised { maker, by: String::new() });
        }
        if maker.unless.iter().any(|test| test.holds(device) == Some(true)) {
            return None;
        }
        let property = maker.properties.iter().find(|test| test.holds(device) == Some(true));
        if let Some(test) = property {
            return Some(Recognised { maker, by: test.name.clone() });
        }
        let lists = self.lists.iter().filter(|list| list.maker == maker.id).flat_map(|list| &list.files);
        let patterns: Vec<&Pattern> = maker.markers.iter().chain(lists).collect();
        let told = |segments: &[&str]| patterns.iter().any(|pattern| pattern.names_segments(segments));
        let (place, _) = places.iter().find(|(_, segments)| told(segments))?;
        Some(Recognised { maker, by: (*place).to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::snapshot::Property;

    fn device(properties: &[(&str, &str)]) -> Device {
        let property = |value: &str| Property { value: value.into(), path: "/system/build.prop".into() };
        let properties =
            properties.iter().map(|(name, value)| ((*name).to_owned(), property(value))).collect();
        Device { properties, ..Device::default() }
    }

    fn makers(properties: &[(&str, &str)], paths: &[&str]) -> Vec<String> {
        let folders = Folders::of(paths.iter().copied());
        let found = Conventions::built_in().recognise(&device(properties), &folders);
        found.into_iter().map(|recognised| recognised.maker.id.clone()).collect()
    }

    #[test]
    fn software_is_told_by_its_own_properties_and_paths() {
        assert_eq!(makers(&[("ro.miui.ui.version.name", "V12")], &[]), ["xiaomi", "android"]);
        assert_eq!(makers(&[], &["/my_stock/app/X/X.apk"]), ["oppo", "android"]);
        assert_eq!(makers(&[], &["/system/system/framework/vivo-res.apk"]), ["vivo", "android"]);
        assert_eq!(
            makers(&[("ro.mediatek.platform", "MT6765"), ("ro.build.version.sep", "1")], &[]),
            ["samsung", "mediatek", "android"]
        );
    }

    #[test]
    fn hardware_is_not_software() {
        let custom = [("ro.product.manufacturer", "xiaomi"), ("ro.vendor.mediatek.platform", "MT6781")];
        assert_eq!(makers(&custom, &["/system/app/X/X.apk"]), ["android"]);
        let custom = [("ro.product.manufacturer", "nubia"), ("ro.lineage.version", "20")];
        assert_eq!(makers(&custom, &[]), ["android"]);
    }

    #[test]
    fn a_folder_is_there_when_something_lies_in_it() {
        let folders = Folders::of(["/product/data-app/A/A.apk", "/product-x/B.apk"]);
        assert!(folders.have("/product/data-app"));
        assert!(folders.have("/product"));
        assert!(!folders.have("/product/data"));
        assert!(!folders.have("/prod"));
    }
}
