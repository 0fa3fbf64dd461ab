//! What a file of a firmware tree is, told by its path on the device alone. Takes a path, gives a [`FileKind`] for the
//! files that are read; never opens anything.

use crate::maker::Conventions;
use crate::source::tree::walk::is_app_folder;
use crate::source::unread::UnreadKind;

/// A kind of file that a tree is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileKind {
    /// An APK (`ApkLiteParseUtils.isApkFile`: the name ends in `.apk`, in lower case).
    Apk,
    /// An APEX, compressed or not.
    Apex,
    /// An app compressed beside its stub (`PackageManagerServiceUtils.getCompressedFiles`).
    Compressed,
    /// A property file that `init` loads, or a partition's own form of one.
    Properties,
    /// `etc/permissions`, `etc/sysconfig` (user types included), `etc/default-permissions`.
    SystemConfig,
    /// `etc/preferred-apps`.
    Preferred,
    /// A maker's `etc/keepone/functions.toml`.
    Claims,
    /// Another `etc/keepone/*.toml`: it adds to the rule the device is held to.
    ProfileLayer,
    /// A maker's list about what may be removed, as `config/preload-paths.toml` knows them.
    MakerList,
}

impl FileKind {
    /// Tells the kind from a path on the device; `None` for a file that is not read.
    pub(crate) fn of(place: &str) -> Option<Self> {
        let name = place.rsplit('/').next()?;
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if may_be_list(extension) && Conventions::built_in().list_for(place).is_some() {
            return Some(Self::MakerList);
        }
        match extension {
            "apk" => Some(Self::Apk),
            "apex" | "capex" => Some(Self::Apex),
            "gz" if name.ends_with(".apk.gz") || place.split('/').any(is_app_folder) => {
                Some(Self::Compressed)
            }
            "prop" | "default" if is_property_file(place) => Some(Self::Properties),
            "xml" => config_folder(place),
            "toml" if place.ends_with("/etc/keepone/functions.toml") => Some(Self::Claims),
            "toml" if place.ends_with(&format!("/etc/keepone/{name}")) => Some(Self::ProfileLayer),
            _ => None,
        }
    }

    /// What an unread file of this kind is called.
    pub(crate) fn unread(self, place: &str) -> UnreadKind {
        match self {
            Self::Apk if place.split('/').any(|part| part == "overlay") => UnreadKind::Overlay,
            Self::Apk | Self::Compressed => UnreadKind::Package,
            Self::Apex => UnreadKind::Apex,
            Self::MakerList => UnreadKind::MakerList,
            Self::Properties | Self::SystemConfig | Self::Preferred | Self::Claims | Self::ProfileLayer => {
                UnreadKind::Config
            }
        }
    }
}

/// Says whether a file with this extension can be a list. Most files of an image cannot: code, sounds, fonts; asking the
/// conventions about each would cost more than reading all lists.
fn may_be_list(extension: &str) -> bool {
    !matches!(
        extension,
        "apk"
            | "apex"
            | "so"
            | "odex"
            | "vdex"
            | "oat"
            | "art"
            | "jar"
            | "ogg"
            | "png"
            | "ttf"
            | "rc"
            | "gz"
            | "prof"
            | "bprof"
    )
}

/// Says whether a path is that of an APK.
pub(crate) fn is_apk(place: &str) -> bool {
    FileKind::of(place) == Some(FileKind::Apk)
}

/// The kind of an XML file by the folder it lies in. Files of a sub-folder (`etc/permissions/sku_x/`) count too: the
/// platform reads them when a property of the device says so, and which value a device has is not known here.
fn config_folder(place: &str) -> Option<FileKind> {
    let mut parts = place.split('/').skip_while(|part| *part != "etc").skip(1);
    match parts.next()? {
        "permissions" | "sysconfig" | "default-permissions" => Some(FileKind::SystemConfig),
        "preferred-apps" => Some(FileKind::Preferred),
        _ => None,
    }
}

/// Says whether a path is that of a property file of the running system: `/default.prop`, `/prop.default`,
/// `/system/etc/prop.default`, and per partition `build.prop`, `default.prop` or `etc/build.prop`.
fn is_property_file(place: &str) -> bool {
    let parts: Vec<&str> = place.split('/').skip(1).collect();
    matches!(
        parts.as_slice(),
        ["default.prop" | "prop.default"]
            | [_, "build.prop" | "default.prop"]
            | [_, "etc", "build.prop" | "prop.default"]
    ) && !parts.first().is_some_and(|first| first.eq_ignore_ascii_case("recovery"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_place() {
        for (place, kind) in [
            ("/system/app/X/X.apk", Some(FileKind::Apk)),
            ("/system/app/X/X.APK", None),
            ("/system/apex/com.android.x.capex", Some(FileKind::Apex)),
            ("/product/app/Chrome/Chrome.apk.gz", Some(FileKind::Compressed)),
            ("/product/app/Foo/foo.gz", Some(FileKind::Compressed)),
            ("/vendor/firmware/foo.gz", None),
            ("/system/build.prop", Some(FileKind::Properties)),
            ("/odm/etc/build.prop", Some(FileKind::Properties)),
            ("/odm/etc/20031/build.prop", None),
            ("/prop.default", Some(FileKind::Properties)),
            ("/RECOVERY/RAMDISK/default.prop", None),
            ("/product/etc/permissions/x.xml", Some(FileKind::SystemConfig)),
            ("/vendor/etc/permissions/sku_a/x.xml", Some(FileKind::SystemConfig)),
            ("/system/etc/preferred-apps/google.xml", Some(FileKind::Preferred)),
            ("/my_product/etc/keepone/functions.toml", Some(FileKind::Claims)),
            ("/product/etc/keepone/maker.toml", Some(FileKind::ProfileLayer)),
            ("/product/etc/keepone/old/maker.toml", None),
            ("/system/etc/audio.xml", None),
            ("/system/etc/removable_preload.txt", Some(FileKind::MakerList)),
            ("/cust/hw/eu/xml/DelAPKInstallListEMUI5Release.txt", Some(FileKind::MakerList)),
            ("/system/etc/data_apps_cannot_be_uninstalled_17107", Some(FileKind::MakerList)),
            ("/recovery/default.prop", None),
            ("", None),
        ] {
            assert_eq!(FileKind::of(place), kind, "{place}");
        }
    }

    #[test]
    fn an_apk_in_an_overlay_folder_is_an_overlay() {
        assert_eq!(FileKind::Apk.unread("/vendor/overlay/a.apk"), UnreadKind::Overlay);
        assert_eq!(FileKind::Apk.unread("/vendor/app/overlay.apk"), UnreadKind::Package);
    }
}
