//! What a source returned: facts as read, in a form that can be kept, compared and replayed.
//!
//! A snapshot holds facts only - names, paths, intents, flags - never a verdict. What a manifest leaves out stays left
//! out; what it gives by a reference that could not be resolved is that reference ([`Stated::Reference`]), not a
//! default. What could not be read at all stands in [`Snapshot::unread`] with its reason. Every record carries the
//! number of facts it holds, so that a cut or thinned snapshot is noticed ([`Totals`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::package::{Group, PackageName, Sha256Digest};
use crate::source::unread::Unread;

/// The schema version that this program writes, and the newest it reads.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything one source said about one device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Snapshot {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The program and version that read the facts, `keepone 0.1.0`.
    pub tool: String,
    /// Where the facts were read.
    pub source: SourceIdentity,
    /// When the facts were captured, RFC 3339 in UTC; from the source or `SOURCE_DATE_EPOCH`, never from the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Present when this is no reading of a device but a computed state of one, such as the state after a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derived>,
    /// Which device and build this is.
    pub device: Device,
    /// The users of the phone. Empty for an image: no user exists before first boot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<User>,
    /// One entry per package and folder it was found in.
    pub packages: Vec<PackageFacts>,
    /// What was there, or should have been there, and could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// What the image's own configuration files say about packages.
    #[serde(default)]
    pub system_config: SystemConfig,
    /// Lists of the maker about what may and may not be removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maker_lists: Vec<MakerList>,
    /// The maker's own word about the function of packages (`functions.toml` in the firmware).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Problems of the input that lost no package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// Counts taken when the snapshot was written.
    pub totals: Totals,
}

/// Where facts were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SourceIdentity {
    /// The kind of source.
    pub kind: SourceKind,
    /// The last part of the path or address it was read from.
    pub name: String,
    /// Digest of the file itself, where the source is one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
}

/// A kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// An unpacked firmware root.
    Tree,
    /// One APK.
    Apk,
    /// A snapshot kept earlier.
    Snapshot,
    /// A device seen through the platform's `adb` program.
    Adb,
    /// The device this library runs on.
    Device,
}

/// How a computed snapshot came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Derived {
    /// What was done to the facts, `plan applied`.
    pub by: String,
    /// The profile the plan was made for.
    pub profile: String,
    /// Digest of the snapshot it was computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Sha256Digest>,
}

/// Which device and build the facts describe. A field is absent when no property file said it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Device {
    /// `ro.build.fingerprint`, or the system partition's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// `ro.build.version.release`, for example `14`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android_release: Option<String>,
    /// `ro.build.version.sdk`, the API level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk: Option<u32>,
    /// `ro.product.manufacturer` or the first partition's form of it. A port may name another maker than the one
    /// whose software it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// `ro.product.brand`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// `ro.product.model`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// All properties that identify the build or switch removability, by name. Where several files set one, the first
    /// in `init`'s order of precedence wins, as on the device.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, Property>,
}

/// A system property and the file that set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Property {
    /// The value, as read.
    pub value: String,
    /// The file, as a path on the device.
    pub path: String,
}

/// A user of the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct User {
    /// Android's user id, 0 for the first user.
    pub id: u32,
    /// What kind of user.
    pub kind: UserKind,
}

/// Kinds of users that are read and judged separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are Android's own")]
pub enum UserKind {
    Main,
    Secondary,
    Work,
    Clone,
    Private,
    Guest,
    Unknown,
}

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
    #[serde(default, skip_serializing_if = "is_false")]
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
    /// State per user, where the source has users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<UserState>,
    /// How many facts this record held when it was written; see [`Totals`].
    #[serde(default)]
    pub facts: u32,
}

/// A value as a manifest states it. Absence is expressed by `Option` around it and means the platform's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Stated<T> {
    /// A literal value, or a reference that the APK's own resource table resolved.
    Value(T),
    /// A reference that nothing at hand resolves.
    Reference {
        /// The reference as written: `@0x7f050001`, `?0x01010000`, or the text `@bool/name`.
        reference: String,
    },
}

impl<T> Stated<T> {
    /// Returns the value, or `None` for an unresolved reference.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Reference { .. } => None,
        }
    }
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

/// An activity, alias, receiver or service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Component {
    /// The class, fully qualified as Android does it (`.X` and `X` get the package in front).
    pub name: String,
    /// For an alias: the activity it stands for, fully qualified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
    /// `android:enabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Stated<bool>>,
    /// `android:exported`. Not stated: exported exactly when it has a filter (below API 31, where it must be stated).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<Stated<bool>>,
    /// `android:permission`: what a caller must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// `android:label` of this component alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Intent filters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// `<meta-data>` of the component.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meta_data: Vec<MetaData>,
}

/// An intent filter. Matching is in [`crate::classify::filter`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Filter {
    /// Action names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// Category names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Data schemes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// Data hosts, `host` or `host:port`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Data paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<PathMatch>,
    /// MIME types, `*/*`, `image/*` or full.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// `android:priority`, 0 when not stated.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Set when some attribute of the filter's data was an unresolved reference: what it matches is not fully known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub has_references: bool,
}

/// A path condition of a filter's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PathMatch {
    /// `android:path`.
    Literal(String),
    /// `android:pathPrefix`.
    Prefix(String),
    /// `android:pathSuffix`.
    Suffix(String),
    /// `android:pathPattern`.
    Pattern(String),
    /// `android:pathAdvancedPattern`.
    AdvancedPattern(String),
}

/// A content provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provider {
    /// The class, fully qualified.
    pub name: String,
    /// `android:authorities`, split at `;`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<String>,
    /// `android:enabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Stated<bool>>,
    /// `android:exported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<Stated<bool>>,
    /// `android:permission`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
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
}

/// What configuration files of the image say about packages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SystemConfig {
    /// One entry per statement, in the order of the files' paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// Preferred activities (`etc/preferred-apps/*.xml`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferred: Vec<Preferred>,
    /// Default role holders as the framework's resources name them (`config_defaultDialer` …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_holders: Vec<DefaultHolder>,
}

/// One statement of a permission, sysconfig, default-permission or user-type file about one package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Statement {
    /// The package it is about.
    pub package: String,
    /// What is said.
    pub says: StatementKind,
    /// The component, permission or user type it is said of, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The file, as a path on the device.
    pub path: String,
}

/// What a configuration file can say about a package (`com.android.server.SystemConfig`, `DefaultPermissionGrantPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// `<privapp-permissions>`: a privileged permission is allowed.
    PrivappPermission,
    /// `<privapp-permissions>` `<deny-permission>`.
    PrivappPermissionDenied,
    /// `default-permissions`: a runtime permission is granted at first boot.
    DefaultPermission,
    /// `<component-override … enabled="true">`.
    ComponentEnabled,
    /// `<component-override … enabled="false">`.
    ComponentDisabled,
    /// `<prevent-disable>`: the user may not disable it.
    PreventDisable,
    /// `<install-in-user-type>` `<install-in>`; `of` is the user type.
    InstallInUserType,
    /// `<install-in-user-type>` `<do-not-install-in>`; `of` is the user type.
    DoNotInstallInUserType,
    /// `<initial-package-state>`: `of` is the state (`stopped="false"` …).
    InitialState,
    /// `<disabled-until-used-preinstalled-carrier-app>` or `-associated-app`.
    DisabledUntilUsed,
    /// `<disabled-in-sku>`.
    DisabledInSku,
    /// `<allow-in-power-save>` and its relatives.
    AllowInPowerSave,
    /// `<system-user-blacklisted-app>`, `<system-user-whitelisted-app>`.
    SystemUserList,
}

/// A preferred activity set by the image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Preferred {
    /// The package of the preferred component.
    pub package: String,
    /// The component as written, `package/class`.
    pub component: String,
    /// The filter's actions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// The filter's categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The filter's schemes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// The filter's MIME types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// The file, as a path on the device.
    pub path: String,
}

/// A default role holder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DefaultHolder {
    /// The role, `android.app.role.DIALER`.
    pub role: String,
    /// The package that holds it by default.
    pub package: String,
    /// Where that stands, as a path on the device.
    pub path: String,
}

/// A list of the maker that was found in the image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MakerList {
    /// The id of the list in `config/preload-paths.toml`.
    pub list: String,
    /// The file, as a path on the device.
    pub path: String,
    /// Digest of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
    /// What it holds, in its own order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<MakerListEntry>,
}

/// One line or element of a maker's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MakerListEntry {
    /// The package name or the path on the device that the entry names.
    pub subject: String,
    /// What the entry says in the list's own words, where the list says more than one thing (`uninstall_hide`, `sys`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// A condition in the list's own words (`first-api-level < 33`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// The maker's own word about what a package is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Claim {
    /// The package.
    pub package: PackageName,
    /// The groups it is said to serve; empty: said to serve none.
    pub groups: Vec<Group>,
    /// The file, as a path on the device.
    pub path: String,
}

/// Counts that a reader compares with what it holds.
///
/// A fact is a leaf value of the JSON form of a record, its `facts` field left out. Fewer packages, unread entries or
/// facts than stated mean that the snapshot was cut or thinned: the affected record counts as not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Totals {
    /// How many entries [`Snapshot::packages`] held.
    pub packages: u32,
    /// How many entries [`Snapshot::unread`] held.
    pub unread: u32,
    /// How many facts everything but `packages` and `totals` held.
    pub facts: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
const fn is_zero(value: &i32) -> bool {
    *value == 0
}
