//! Layers: who may add what to a rule, and who wins.
//!
//! Takes one profile that states a rule and files that add to it, gives the profile an audit uses. A layer may add
//! keepers, waivers and claims; it can never change a requirement, a group, a cap or a switch, since it would then
//! weaken the rule it is judged by.

use std::fmt;

use crate::package::Group;
use crate::profile::file::{ProfileFile, Rule};
use crate::profile::mistake::Mistakes;
use crate::profile::problem::{FILE, Problem};
use crate::profile::resolved::{Idle, Keeper, Layer, Profile, Waiver};
use crate::profile::{built_in, parse};

/// Where a file was found, lowest rank first: a later layer wins over an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerName {
    /// Compiled in.
    BuiltIn,
    /// The `system_ext` partition.
    SystemExt,
    /// The `product` partition.
    Product,
    /// The `vendor` partition.
    Vendor,
    /// The `odm` partition.
    Odm,
    /// A file given on the command line.
    Lab,
}

impl LayerName {
    /// Every layer, lowest first.
    pub const ALL: [Self; 6] =
        [Self::BuiltIn, Self::SystemExt, Self::Product, Self::Vendor, Self::Odm, Self::Lab];

    /// Returns the word used in results.
    pub const fn id(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::SystemExt => "system_ext",
            Self::Product => "product",
            Self::Vendor => "vendor",
            Self::Odm => "odm",
            Self::Lab => "lab",
        }
    }

    /// Returns the layer of a file by its path on the device: `/PARTITION/etc/keepone/NAME.toml`, also where the
    /// partition is a folder of the system image (`/system/product/…`). `None` for every other path, and for
    /// `functions.toml`, which is no profile file.
    pub fn of_device_path(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let path = path.strip_prefix("system/").unwrap_or(path);
        let (partition, rest) = path.split_once('/')?;
        let name = rest.strip_prefix("etc/keepone/")?;
        let stem = name.strip_suffix(".toml")?;
        if stem.is_empty() || stem == "functions" || name.contains('/') {
            return None;
        }
        [Self::SystemExt, Self::Product, Self::Vendor, Self::Odm]
            .into_iter()
            .find(|layer| layer.id() == partition)
    }
}

impl fmt::Display for LayerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A file and the layer it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFile {
    /// The layer.
    pub layer: LayerName,
    /// The file.
    pub file: ProfileFile,
}

/// What the files of a firmware add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firmware {
    /// The files that are layers.
    pub layers: Vec<LayerFile>,
    /// Paths of files that lie where no layer is read; they have no effect and are shown.
    pub elsewhere: Vec<String>,
}

/// Reads the files of a firmware that add to a rule, each with its path on the device and its text.
///
/// # Errors
/// With every mistake of every file.
pub fn firmware<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Firmware, Mistakes> {
    let mut firmware = Firmware::default();
    let mut refused: Option<Mistakes> = None;
    for (path, text) in files {
        let Some(layer) = LayerName::of_device_path(path) else {
            firmware.elsewhere.push(path.to_owned());
            continue;
        };
        match parse(path, text) {
            Ok(file) => firmware.layers.push(LayerFile { layer, file }),
            Err(mistakes) => refused = Some(refused.into_iter().fold(mistakes, Mistakes::join)),
        }
    }
    refused.map_or(Ok(firmware), Err)
}

/// Puts together the profile that a file given on the command line asks for: its own rule, or the built-in one it
/// extends, with the layers found in the firmware.
///
/// # Errors
/// As [`resolve`]; and when the file neither states a rule nor says what it extends.
pub fn select(file: &ProfileFile, firmware: &[LayerFile]) -> Result<Profile, Mistakes> {
    if file.id().is_some() {
        return resolve(file, firmware);
    }
    let Some(base) = file.extends().and_then(built_in::file) else {
        return Err(file.mistake(0..0, Problem::MissingKey { key: "extends", table: FILE }));
    };
    let mut layers = firmware.to_vec();
    layers.push(LayerFile { layer: LayerName::Lab, file: file.clone() });
    resolve(base, &layers)
}

/// Puts a profile together: the rule of `base`, and what `layers` add to it, whatever order they come in.
///
/// A keeper of a higher layer replaces those of lower layers for its group, a waiver those of the same package and
/// requirement, a claim those about the same package. Within one layer files count in the order of their names. What a
/// profile of its own declares beside its rule ranks as `lab`, a built-in one's lowest. A layer that extends another
/// profile is passed over and named in [`Profile::idle`].
///
/// # Errors
/// When `base` is no profile of its own, when a layer is one, or when a group gets more keepers than it may have
/// non-uninstallable apps.
pub fn resolve(base: &ProfileFile, layers: &[LayerFile]) -> Result<Profile, Mistakes> {
    refuse_rules(layers)?;
    let Some(rule) = base.rule() else {
        return Err(base.mistake(0..0, Problem::MissingKey { key: "id", table: FILE }));
    };
    let mut ranked: Vec<Ranked<'_>> = layers.iter().map(|layer| (layer.layer, &layer.file)).collect();
    ranked.push((rank_of(base), base));
    ranked.sort_by_key(|(layer, file)| (*layer, &file.name, &file.sha256));
    let (used, other): (Vec<_>, Vec<_>) =
        ranked.into_iter().partition(|(_, file)| file.extends().is_none_or(|id| id == rule.id));
    let mut profile = bare(rule);
    profile.layers = described(base, &used);
    profile.idle.files = other.iter().map(|(_, file)| file.name.clone()).collect();
    add_keepers(&mut profile, &used)?;
    add_waivers(&mut profile, &used);
    add_claims(&mut profile, &used);
    Ok(profile)
}

/// A file with its layer.
type Ranked<'a> = (LayerName, &'a ProfileFile);

fn rank_of(base: &ProfileFile) -> LayerName {
    if base.is_built_in { LayerName::BuiltIn } else { LayerName::Lab }
}

/// Refuses every layer that states a rule.
fn refuse_rules(layers: &[LayerFile]) -> Result<(), Mistakes> {
    let refusals = layers.iter().filter_map(|LayerFile { layer, file }| {
        let problem = Problem::ChangesRule { key: "id".to_owned(), layer: Some(*layer) };
        Some(file.mistake(file.rule()?.id_place.clone(), problem))
    });
    refusals.reduce(Mistakes::join).map_or(Ok(()), Err)
}

/// Returns the rule alone, nothing declared yet.
fn bare(rule: &Rule) -> Profile {
    let rule = rule.clone();
    Profile {
        id: rule.id,
        title: rule.title,
        issuer: rule.issuer,
        standing: rule.standing,
        in_force: rule.in_force,
        source: rule.source,
        groups: rule.groups,
        requirements: rule.requirements,
        switches: rule.switches,
        switch_origins: rule.switch_origins,
        keepers: Vec::new(),
        waivers: Vec::new(),
        claims: Vec::new(),
        idle: Idle::default(),
        layers: Vec::new(),
    }
}

/// Describes the files a profile is made of, the one with the rule first.
fn described(base: &ProfileFile, used: &[Ranked<'_>]) -> Vec<Layer> {
    let layer = |(layer, file): &Ranked<'_>| Layer {
        layer: layer.id().to_owned(),
        file: file.name.clone(),
        sha256: file.sha256.clone(),
        adds: file.adds(),
    };
    let above = used.iter().filter(|(_, file)| !std::ptr::eq(*file, base));
    std::iter::once(layer(&(rank_of(base), base))).chain(above.map(layer)).collect()
}

fn add_keepers(profile: &mut Profile, used: &[Ranked<'_>]) -> Result<(), Mistakes> {
    let mut refused: Option<Mistakes> = None;
    for (_, file) in used {
        for group in Group::ALL {
            let declared: Vec<_> = file.keepers.iter().filter(|(_, keeper)| keeper.group == group).collect();
            if declared.is_empty() {
                continue;
            }
            let cap =
                profile.groups.iter().find(|rule| rule.id == group).map(|rule| rule.max_non_uninstallable);
            let (most, kept) = match cap {
                Some(most) => (most, &mut profile.keepers),
                None => (u32::MAX, &mut profile.idle.keepers),
            };
            kept.retain(|keeper: &Keeper| keeper.group != group);
            kept.extend(declared.iter().map(|(_, keeper)| keeper.clone()));
            let surplus = declared.iter().skip(usize::try_from(most).unwrap_or(usize::MAX));
            refused = surplus
                .map(|(place, _)| {
                    file.mistake(
                        place.clone(),
                        Problem::TooManyKeepers { group: group.id().to_owned(), most },
                    )
                })
                .fold(refused, |all, one| Some(all.into_iter().fold(one, Mistakes::join)));
        }
    }
    profile.keepers.sort_by(|a, b| (a.group, &a.package).cmp(&(b.group, &b.package)));
    refused.map_or(Ok(()), Err)
}

fn add_waivers(profile: &mut Profile, used: &[Ranked<'_>]) {
    for waiver in used.iter().flat_map(|(_, file)| &file.waivers) {
        let known = profile.requirements.iter().any(|requirement| requirement.id == waiver.requirement);
        let kept = if known { &mut profile.waivers } else { &mut profile.idle.waivers };
        let same =
            |other: &Waiver| (&other.package, &other.requirement) == (&waiver.package, &waiver.requirement);
        kept.retain(|other| !same(other));
        kept.push(waiver.clone());
    }
}

fn add_claims(profile: &mut Profile, used: &[Ranked<'_>]) {
    for claim in used.iter().flat_map(|(_, file)| &file.claims) {
        profile.claims.retain(|other| other.package != claim.package);
        profile.claims.push(claim.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layer_of_a_file_is_told_by_its_path_on_the_device() {
        for (path, layer) in [
            ("/product/etc/keepone/maker.toml", Some(LayerName::Product)),
            ("/system/product/etc/keepone/maker.toml", Some(LayerName::Product)),
            ("/system/system_ext/etc/keepone/a.toml", Some(LayerName::SystemExt)),
            ("/vendor/etc/keepone/a.toml", Some(LayerName::Vendor)),
            ("/odm/etc/keepone/a.toml", Some(LayerName::Odm)),
            ("/product/etc/keepone/functions.toml", None),
            ("/product/etc/keepone/sub/a.toml", None),
            ("/product/etc/keepone/.toml", None),
            ("/system/etc/keepone/a.toml", None),
            ("/data/etc/keepone/a.toml", None),
            ("product/etc/keepone/a.toml", None),
            ("/product/etc/keepone/a.txt", None),
        ] {
            assert_eq!(LayerName::of_device_path(path), layer, "{path}");
        }
    }
}
