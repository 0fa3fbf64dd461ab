//! The readers that are timed. Each begins with a path, ends with the facts in hand, and keeps nothing in between.

use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use std::process::Stdio;

use apk_info::Apk;
use apk_info_axml::AXML;
use apk_info_zip::ZipEntry;
use keepone::source::apk::{Wanted, read};

use crate::answer::aapt2_command;
use crate::floor;

/// One reader.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    /// Its name in tables.
    pub name: &'static str,
    /// Reads one APK; false when that failed.
    pub run: fn(&Path) -> bool,
}

/// The floor.
pub const FLOOR: Contender = Contender { name: "floor", run: |path| floor::read(path).is_ok() };

/// `KeepOne`: every fact of the manifest.
pub const KEEPONE: Contender =
    Contender { name: "keepone", run: |path| black_box(read(path, Wanted::default())).is_ok() };

/// `KeepOne` with labels in both languages, out of the resource table.
pub const KEEPONE_LABELS: Contender = Contender {
    name: "keepone with labels",
    run: |path| black_box(read(path, Wanted { labels: true, ..Wanted::default() })).is_ok(),
};

/// apk-info as its documentation uses it: it reads the resource table too, to resolve references.
pub const APK_INFO: Contender = Contender { name: "apk-info", run: |path| apk_info(path).is_some() };

/// The parts of apk-info that read archive and manifest, put together without the resource table.
pub const APK_INFO_MANIFEST: Contender =
    Contender { name: "apk-info, manifest only", run: |path| apk_info_manifest(path).is_some() };

/// aapt2, one process per APK.
pub const AAPT2: Contender = Contender {
    name: "aapt2",
    run: |path| {
        let mut command = aapt2_command(path);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    },
};

/// Asks apk-info for what `KeepOne` gives: identity, permissions and features, and every component with its filters.
fn apk_info(path: &Path) -> Option<()> {
    let apk = Apk::new(path).ok()?;
    let identity = (apk.get_package_name()?, apk.get_version_code(), apk.get_version_name());
    black_box((identity, apk.get_shared_user_id(), apk.get_min_sdk_version(), apk.get_target_sdk_version()));
    apk.get_permissions().chain(apk.get_permissions_sdk23()).chain(apk.get_features()).for_each(|name| {
        black_box(name);
    });
    for activity in apk.get_activities() {
        black_box(activity);
    }
    for alias in apk.get_activity_aliases() {
        black_box(alias);
    }
    for receiver in apk.get_receivers() {
        black_box(receiver);
    }
    for service in apk.get_services() {
        black_box(service);
    }
    for provider in apk.get_providers() {
        black_box(provider);
    }
    Some(())
}

/// Asks the parts of apk-info for the same, without filters: its reader of manifests does not hand them out.
fn apk_info_manifest(path: &Path) -> Option<()> {
    const COMPONENTS: [&str; 5] = ["activity", "activity-alias", "receiver", "service", "provider"];
    let zip = ZipEntry::from_reader(File::open(path).ok()?).ok()?;
    let (manifest, _) = zip.read("AndroidManifest.xml").ok()?;
    let manifest = AXML::new(&mut &manifest[..], None).ok()?;
    let text = |name| manifest.get_attribute_value("manifest", name, None);
    black_box((text("package")?, text("versionCode"), text("versionName"), text("sharedUserId")));
    for name in ["uses-permission", "uses-permission-sdk-23", "uses-feature"] {
        manifest.get_root_attribute_values(name, "name").for_each(|name| {
            black_box(name);
        });
    }
    for component in manifest.root.descendants().filter(|element| COMPONENTS.contains(&element.name())) {
        let text = |name| component.attr(name);
        black_box((text("name"), text("enabled"), text("exported"), text("permission"), text("label")));
    }
    Some(())
}
