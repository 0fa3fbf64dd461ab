//! What the image says about packages from outside their APKs: configuration, makers' lists, claims.

use serde::{Deserialize, Serialize};

use crate::package::{Group, PackageName, Sha256Digest};

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

/// A file of the firmware that adds to the rule the device is held to (`etc/keepone/*.toml`), as it is written: kept with
/// the facts, so that a snapshot is judged as its device was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileLayer {
    /// The file, as a path on the device.
    pub path: String,
    /// Its text.
    pub text: String,
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
