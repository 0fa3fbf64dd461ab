//! Holds our facts of one APK against the platform's. What differs is a bug, or one of the [`Rule`]s, each checked
//! against the manifest itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use keepone::source::apk::ApkRead;
use keepone::source::snapshot::{Component, Stated};

use super::rows::{Facts, PlatformComponent, PlatformFilter, platform};
use crate::manifest_view::{Element, elements, manifest_bytes};

/// Why a difference is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// The platform adds an activity of its own to every app that has none in the launcher.
    SyntheticActivity,
    /// The platform resolves references into its own resources (package 0x01); for us they are unresolved.
    PlatformResource,
    /// The platform adds what an older app needed not ask for: for API 3 or lower in every release, and by its own list of
    /// split permissions in Android 8.
    ImpliedPermission,
    /// The platform passes over a permission whose `maxSdkVersion` is below its own level; we keep what is asked for.
    PermissionOfOlderRelease,
    /// `<uses-sdk>` without any level means 1, no `<uses-sdk>` means 0; both state nothing.
    NoLevel,
    /// Version codes have 32 bits before Android 9.
    NarrowVersionCode,
    /// Android 8 does not export a service of all users (`singleUser`) of an app that it was not told is privileged.
    SingleUserService,
    /// The rows leave out the port of a host.
    Port,
}

impl Rule {
    pub(crate) const ALL: [Self; 8] = [
        Self::SyntheticActivity,
        Self::PlatformResource,
        Self::ImpliedPermission,
        Self::PermissionOfOlderRelease,
        Self::NoLevel,
        Self::NarrowVersionCode,
        Self::SingleUserService,
        Self::Port,
    ];

    /// Says it in the table.
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::SyntheticActivity => "an activity that the platform adds",
            Self::PlatformResource => "a reference into the platform's own resources",
            Self::ImpliedPermission => "a permission that the platform adds for older apps",
            Self::PermissionOfOlderRelease => "a permission for older releases than the platform",
            Self::NoLevel => "no API level stated: 1 for the platform",
            Self::NarrowVersionCode => "a version code beyond 31 bits",
            Self::SingleUserService => "a service of all users in an app not known to be privileged",
            Self::Port => "a port that recorded rows leave out",
        }
    }
}

/// The differences of one row, and the rules that explained others.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) differences: Vec<String>,
    pub(crate) explained: BTreeMap<Rule, usize>,
}

impl Compared {
    fn explain(&mut self, rule: Rule) {
        *self.explained.entry(rule).or_default() += 1;
    }

    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, ours: &T, theirs: &T) {
        if ours != theirs {
            self.differences.push(format!("{what}: ours {ours:?}, the platform's {theirs:?}"));
        }
    }
}

/// Compares what we read of the APK at `path` with what the platform of API level `level` read.
pub(crate) fn compare(path: &Path, read: &ApkRead, theirs: &Facts, level: i64) -> Compared {
    let mut compared = Compared::default();
    let mut ours = platform(&read.facts);
    let synthetic = theirs.activities.last().filter(|last| last.name == "android.app.AppDetailsActivity");
    if let Some(synthetic) = synthetic.filter(|_| ours.activities.len() + 1 == theirs.activities.len()) {
        compared.explain(Rule::SyntheticActivity);
        ours.activities.push(synthetic.clone());
    }
    if (ours.min_sdk, ours.target_sdk, theirs.min_sdk) == (0, 0, 1) && theirs.target_sdk <= 1 {
        compared.explain(Rule::NoLevel);
        (ours.min_sdk, ours.target_sdk) = (1, theirs.target_sdk);
    }
    if level < 28 && ours.version_code > i64::from(i32::MAX) {
        compared.explain(Rule::NarrowVersionCode);
        ours.version_code -= 1 << 32;
    }
    if level < 28 {
        single_user_services(path, &mut ours, theirs, &mut compared);
    }
    compared.equal("package", &ours.package, &theirs.package);
    compared.equal("version code", &ours.version_code, &theirs.version_code);
    compared.equal("shared user id", &ours.shared_user_id, &theirs.shared_user_id);
    compared.equal("min sdk", &ours.min_sdk, &theirs.min_sdk);
    compared.equal("target sdk", &ours.target_sdk, &theirs.target_sdk);
    compared.equal("core app", &ours.core_app, &theirs.core_app);
    compared.equal("enabled", &ours.enabled, &theirs.enabled);
    compared.equal("providers", &ours.providers, &theirs.providers);
    permissions(path, &ours, theirs, level, &mut compared);
    components("activity", &read.facts.activities, &ours.activities, &theirs.activities, &mut compared);
    components("receiver", &read.facts.receivers, &ours.receivers, &theirs.receivers, &mut compared);
    components("service", &read.facts.services, &ours.services, &theirs.services, &mut compared);
    compared
}

/// Takes back the export of our services that the platform takes back, where the manifest says `singleUser`.
fn single_user_services(path: &Path, ours: &mut Facts, theirs: &Facts, compared: &mut Compared) {
    const NAME: u32 = 0x0101_0003;
    const SINGLE_USER: u32 = 0x0101_03bf;
    let mut elements_of_manifest = None;
    for (ours, theirs) in ours.services.iter_mut().zip(&theirs.services) {
        if !ours.exported || theirs.exported {
            continue;
        }
        let elements = elements_of_manifest.get_or_insert_with(|| elements(&manifest_bytes(path)));
        let is_single = |element: &Element| {
            let name = element.attribute(NAME).and_then(|name| name.text.as_deref()).unwrap_or_default();
            let single = element.attribute(SINGLE_USER).is_some_and(|single| single.data != 0);
            element.name == "service" && single && ours.name.ends_with(name)
        };
        if elements.iter().any(is_single) {
            compared.explain(Rule::SingleUserService);
            ours.exported = false;
        }
    }
}

/// Compares what is asked for, as sets: the rows keep no order across the platform's own additions.
fn permissions(path: &Path, ours: &Facts, theirs: &Facts, level: i64, compared: &mut Compared) {
    const NAME: u32 = 0x0101_0003;
    const MAX_SDK_VERSION: u32 = 0x0101_0271;
    let asked: BTreeSet<&String> = ours.requested_permissions.iter().collect();
    let counted: BTreeSet<&String> = theirs.requested_permissions.iter().collect();
    for name in counted.difference(&asked) {
        if is_implied(name, &counted, ours.target_sdk, level) {
            compared.explain(Rule::ImpliedPermission);
        } else {
            compared.differences.push(format!("permission {name}: only the platform has it"));
        }
    }
    let mut elements_of_manifest = None;
    for name in asked.difference(&counted) {
        let elements = elements_of_manifest.get_or_insert_with(|| elements(&manifest_bytes(path)));
        let is_old = |element: &Element| {
            let max = element.attribute(MAX_SDK_VERSION).map_or(level, |max| i64::from(max.data));
            element.name.starts_with("uses-permission") && max < level
        };
        let names =
            |element: &&Element| element.attribute(NAME).and_then(|name| name.text.as_ref()) == Some(name);
        if elements.iter().filter(names).all(is_old) {
            compared.explain(Rule::PermissionOfOlderRelease);
        } else {
            compared.differences.push(format!("permission {name}: only we have it"));
        }
    }
}

/// Returns whether the platform of API level `level` adds `name` to the `permissions` of an app for API `target`
/// (`PackageParser.NEW_PERMISSIONS`, and `SPLIT_PERMISSIONS` of Android 8).
fn is_implied(name: &str, permissions: &BTreeSet<&String>, target: i64, level: i64) -> bool {
    let asked = |permission: &str| permissions.iter().any(|known| *known == permission);
    match name {
        "android.permission.READ_PHONE_STATE" | "android.permission.WRITE_EXTERNAL_STORAGE" => target < 4,
        "android.permission.READ_EXTERNAL_STORAGE" => {
            level < 28 && asked("android.permission.WRITE_EXTERNAL_STORAGE")
        }
        "android.permission.READ_CALL_LOG" => {
            level < 28 && target < 16 && asked("android.permission.READ_CONTACTS")
        }
        "android.permission.WRITE_CALL_LOG" => {
            level < 28 && target < 16 && asked("android.permission.WRITE_CONTACTS")
        }
        _ => false,
    }
}

fn components(
    kind: &str,
    facts: &[Component],
    ours: &[PlatformComponent],
    theirs: &[PlatformComponent],
    compared: &mut Compared,
) {
    compared.equal(&format!("number of {kind} components"), &ours.len(), &theirs.len());
    for (position, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let what = |field: &str| format!("{kind} {} {field}", theirs.name);
        let of_platform = |value: fn(&Component) -> Option<&Stated<bool>>| {
            facts.get(position).and_then(value).is_some_and(is_platform_resource)
        };
        compared.equal(&what("name"), &ours.name, &theirs.name);
        if of_platform(|component| component.enabled.as_ref()) {
            compared.explain(Rule::PlatformResource);
        } else {
            compared.equal(&what("enabled"), &ours.enabled, &theirs.enabled);
        }
        if of_platform(|component| component.exported.as_ref()) {
            compared.explain(Rule::PlatformResource);
        } else {
            compared.equal(&what("exported"), &ours.exported, &theirs.exported);
        }
        compared.equal(&what("permission"), &ours.permission, &theirs.permission);
        compared.equal(&what("alias"), &ours.alias_of, &theirs.alias_of);
        filters(&what("filters"), &ours.filters, &theirs.filters, compared);
    }
}

fn is_platform_resource(stated: &Stated<bool>) -> bool {
    matches!(stated, Stated::Reference { reference } if reference.starts_with("@0x01"))
}

fn filters(what: &str, ours: &[PlatformFilter], theirs: &[PlatformFilter], compared: &mut Compared) {
    compared.equal(what, &ours.len(), &theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        let (mut ours, mut theirs) = (ours.clone(), theirs.clone());
        // A set since Android 14, whose order is that of hashes.
        ours.actions.sort();
        theirs.actions.sort();
        for (ours, theirs) in ours.hosts.iter_mut().zip(&theirs.hosts) {
            if let Some((host, _)) = ours.split_once(':').filter(|(host, _)| host == theirs) {
                compared.explain(Rule::Port);
                *ours = host.to_owned();
            }
        }
        compared.equal(what, &ours, &theirs);
    }
}
