//! What the manifest and the place of one package say.

use serde::{Deserialize, Serialize};

use crate::package::{PackageName, Sha256Digest};
use crate::source::snapshot::{Component, Provider, Stated};

/// Facts of one package in one folder, as its manifest and its place say them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PackageFacts {
    /// `manifest/@package`.
    pub name: PackageName,
    /// The code path on the device: the folder that holds the base APK, or the APK itself where it lies directly in
    /// an app folder (`/system/app/Dialer.apk`).
    pub path: String,
    /// The base APK, as a path on the device.
    pub file: String,
    /// The base APK as a path inside the source, where that differs (`system/system/app/…`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_path: Option<String>,
    /// Split APKs that lie beside the base.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<Split>,
    /// Set when the base APK is a stub for a compressed app beside it (`Foo-Stub/` and `Foo/*.gz`): the facts below are
    /// the stub's. Source: `PackageManagerServiceUtils.compressedFileExists`, Android 8.1 and later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stub: bool,
    /// `versionCode`, with `versionCodeMajor` in the upper 32 bits. Absent when not stated or not a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_code: Option<u64>,
    /// `versionName`, where it is stated as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_name: Option<Stated<String>>,
    /// `uses-sdk/@minSdkVersion`: a number, or a code name as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_sdk: Option<Stated<String>>,
    /// `uses-sdk/@targetSdkVersion`: a number, or a code name as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_sdk: Option<Stated<String>>,
    /// `manifest/@sharedUserId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_user_id: Option<Stated<String>>,
    /// `manifest/@coreApp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core_app: Option<Stated<bool>>,
    /// What the `<application>` element says.
    #[serde(default)]
    pub application: Application,
    /// `original-package/@name` values: names this package went by before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub original_packages: Vec<String>,
    /// Target of a resource overlay (`<overlay targetPackage>`). A package that has one is an overlay, not an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlay_target: Option<String>,
    /// `uses-permission` and `uses-permission-sdk-23` names, each once, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// `uses-feature` names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// `activity` and `activity-alias` elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Component>,
    /// `receiver` elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receivers: Vec<Component>,
    /// `service` elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Component>,
    /// `provider` elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// SHA-256 of the base APK, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
    /// SHA-256 of each signing certificate, when asked for. Absent: not asked, or could not be read (then a diagnostic
    /// says so).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signers: Option<Vec<Sha256Digest>>,
    /// Whether the running platform calls it a system app (`ApplicationInfo.FLAG_SYSTEM`); absent for an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<bool>,
    /// The update that runs in place of the image's copy (`ApplicationInfo.FLAG_UPDATED_SYSTEM_APP`). [`Self::path`] and
    /// [`Self::file`] stay those of the image (`PackageManager.MATCH_FACTORY_ONLY`), all other facts are the update's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<Update>,
    /// The package that installed it (`InstallSourceInfo.getInstallingPackageName`); absent where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installer: Option<String>,
    /// State per user, where the source has users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<UserState>,
    /// How many facts this record held when it was written; see [`Totals`](crate::source::snapshot::Totals).
    #[serde(default)]
    pub facts: u32,
}

/// What the `<application>` element says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Application {
    /// `android:enabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Stated<bool>>,
    /// `android:label`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// `android:icon` as written; evidence for `hindered-removal` when an entry has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// `android:permission`, the default guard of components that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// `android:appCategory`, the developer's own claim: Android's number (0 game … 8 productivity) or the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// `android:persistent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistent: Option<Stated<bool>>,
    /// `android:hasCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_code: Option<Stated<bool>>,
    /// `android:requiredForAllUsers`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_for_all_users: Option<Stated<bool>>,
    /// `static-library/@name` or `sdk-library/@name`: such a package is a library, not an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<String>,
    /// `<meta-data>` of the application, name to value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meta_data: Vec<MetaData>,
}

/// A label in the languages that `KeepOne` speaks. All absent: given by a reference that nothing at hand resolves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Label {
    /// The label for the default or an English locale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The label for `zh-CN`, else `zh`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// The reference as written, when it could not be resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A `<meta-data>` element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MetaData {
    /// `android:name`.
    pub name: String,
    /// `android:value` or `android:resource` as text; a reference as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A split APK beside its base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Split {
    /// `manifest/@split`.
    pub name: String,
    /// The file, as a path on the device.
    pub file: String,
}

/// An update of an app of the image, on the data partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Update {
    /// Its code path: the folder that holds its base APK, or that APK.
    pub path: String,
    /// Its `versionCode`, with `versionCodeMajor` in the upper 32 bits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_code: Option<u64>,
}

/// The state of a package for one user of the phone. A field is absent when the device did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UserState {
    /// Android's user id.
    pub user: u32,
    /// Whether the package is installed for the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installed: Option<bool>,
    /// Whether the package as a whole is enabled for the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether uninstalling is blocked for the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_uninstall: Option<bool>,
    /// Whether the package is suspended for the user (`ApplicationInfo.FLAG_SUSPENDED`): shown, and not to be started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<bool>,
    /// Whether the package is hidden from the user (`ApplicationInfo.PRIVATE_FLAG_HIDDEN`), as if it were not installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// Whether the package is stopped for the user (`ApplicationInfo.FLAG_STOPPED`): not started until the user does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<bool>,
    /// Components that are disabled at run time for the user, whatever the manifest says
    /// (`PackageManager.getComponentEnabledSetting`), fully qualified.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disabled_components: Vec<String>,
    /// Components that are enabled at run time for the user, whatever the manifest says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enabled_components: Vec<String>,
}
