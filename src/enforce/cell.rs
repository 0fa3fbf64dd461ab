//! What can be changed on a phone, one thing at a time, and the values it can have.
//!
//! A [`Cell`] names one thing; a [`Value`] is what stands in it. State is per user of the phone, as in Android. The JSON of
//! both is what carriers exchange. Nothing here decides whether a cell may be changed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::package::PackageName;

/// One thing that can be read and, mostly, changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "cell", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Cell {
    /// Whether the package is installed for the user. Writing `false` is an uninstall with `DELETE_SYSTEM_APP`, writing
    /// `true` an `install-existing` (`PackageManager.installExistingPackageAsUser`). Takes a [`Value::Flag`].
    Installed {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// Whether uninstalling is blocked (`PackageManager.setBlockUninstallForUser`). Takes a [`Value::Flag`].
    BlockUninstall {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// Who holds a role (`RoleManager`, Android 10). Takes [`Value::Packages`]: exactly these hold it afterwards.
    RoleHolder {
        /// The role, `android.app.role.DIALER`.
        role: String,
        /// The user of the phone.
        user: u32,
    },
    /// The enabled setting of the whole package. Takes a [`Value::Word`].
    PackageEnabled {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// The enabled setting of one component. Takes a [`Value::Word`].
    ComponentEnabled {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
        /// The class, fully qualified.
        component: String,
    },
    /// A runtime permission with its flags. Takes a [`Value::Permission`].
    Permission {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
        /// The permission, `android.permission.CAMERA`.
        permission: String,
    },
    /// The mode of an app-op for the package. Takes a [`Value::Word`].
    AppOp {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
        /// The operation as `AppOpsManager` names it (`android:camera`), or the number of a maker's own (`10008`).
        op: String,
    },
    /// The standby bucket (`UsageStatsManager.STANDBY_BUCKET_*`: 5, 10, 20, 30, 40, 45, 50). Takes a [`Value::Number`].
    StandbyBucket {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// Whether the package is suspended. Takes a [`Value::Flag`].
    Suspended {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// Whether the package is in the stopped state; writing `true` is a force-stop. Takes a [`Value::Flag`].
    Stopped {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
    /// A special access that no app-op stands for. Takes a [`Value::Flag`].
    SpecialAccess {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
        /// Which one.
        access: Access,
    },
    /// Bytes that the package takes up. Takes a [`Value::Number`]; writing 0 on data or cache clears it.
    Storage {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
        /// Which part.
        part: Part,
    },
    /// Everything the platform keeps for the package and the user that goes when it is uninstalled: permissions, app-ops
    /// that are not at their default, enabled settings that are not, the block, the bucket, special access. Read only.
    /// Has [`Value::Holdings`].
    Holdings {
        /// The package.
        package: PackageName,
        /// The user of the phone.
        user: u32,
    },
}

/// Special access that is kept in settings or by services of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Reads notifications (`enabled_notification_listeners`).
    NotificationListener,
    /// Sees and controls the screen (`enabled_accessibility_services`).
    Accessibility,
    /// Device administrator (`DevicePolicyManager`).
    DeviceAdmin,
    /// May start a VPN (`VpnManager`, prepared).
    Vpn,
    /// Exempt from battery optimisation (the Doze allow-list).
    BatteryUnrestricted,
    /// May change Do Not Disturb.
    NotificationPolicy,
}

/// A part of what a package takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The program itself.
    App,
    /// What the user would lose.
    Data,
    /// What the app can make again.
    Cache,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number: a bucket, or bytes.
    Number(u64),
    /// An enabled setting or the mode of an app-op.
    Word(Word),
    /// Holders of a role.
    Packages(Vec<PackageName>),
    /// A runtime permission.
    Permission {
        /// Whether it is granted.
        granted: bool,
        /// `PackageManager.FLAG_PERMISSION_*`; `None` for a carrier that may see whether it is granted and no more
        /// (`PermissionManagerServiceImpl.getPermissionFlags` asks for a permission of the system's own apps).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        flags: Option<u32>,
    },
    /// Cells of a package with what stands in them.
    Holdings(Vec<Held>),
    /// Not to be read by this carrier. Stands within [`Self::Holdings`] alone.
    Unread,
}

/// A cell with what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Held {
    /// The cell.
    pub cell: Cell,
    /// What stands in it.
    pub value: Value,
}

/// Enabled settings (`PackageManager.COMPONENT_ENABLED_STATE_*`) and modes of app-ops (`AppOpsManager.MODE_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Nothing was set: what the manifest says, or the platform's default for the app-op.
    Default,
    /// `COMPONENT_ENABLED_STATE_ENABLED`.
    Enabled,
    /// `COMPONENT_ENABLED_STATE_DISABLED`.
    Disabled,
    /// `COMPONENT_ENABLED_STATE_DISABLED_USER`.
    DisabledByUser,
    /// `COMPONENT_ENABLED_STATE_DISABLED_UNTIL_USED`.
    DisabledUntilUsed,
    /// `MODE_ALLOWED`.
    Allowed,
    /// `MODE_IGNORED`: refused without the app being told.
    Ignored,
    /// `MODE_ERRORED`: refused with an exception.
    Errored,
    /// `MODE_FOREGROUND`: allowed while the app is in use.
    Foreground,
}

impl Word {
    /// Returns whether an enabled setting switches off.
    pub const fn is_disabled(self) -> bool {
        matches!(self, Self::Disabled | Self::DisabledByUser | Self::DisabledUntilUsed)
    }

    const fn is_enabled_setting(self) -> bool {
        matches!(self, Self::Default | Self::Enabled) || self.is_disabled()
    }

    const fn is_mode(self) -> bool {
        matches!(self, Self::Default | Self::Allowed | Self::Ignored | Self::Errored | Self::Foreground)
    }
}

impl Cell {
    /// Returns the package the cell belongs to; a role belongs to none.
    pub const fn package(&self) -> Option<&PackageName> {
        match self {
            Self::RoleHolder { .. } => None,
            Self::Installed { package, .. }
            | Self::BlockUninstall { package, .. }
            | Self::PackageEnabled { package, .. }
            | Self::ComponentEnabled { package, .. }
            | Self::Permission { package, .. }
            | Self::AppOp { package, .. }
            | Self::StandbyBucket { package, .. }
            | Self::Suspended { package, .. }
            | Self::Stopped { package, .. }
            | Self::SpecialAccess { package, .. }
            | Self::Storage { package, .. }
            | Self::Holdings { package, .. } => Some(package),
        }
    }

    /// Returns the user of the phone the cell belongs to.
    pub const fn user(&self) -> u32 {
        match self {
            Self::RoleHolder { user, .. }
            | Self::Installed { user, .. }
            | Self::BlockUninstall { user, .. }
            | Self::PackageEnabled { user, .. }
            | Self::ComponentEnabled { user, .. }
            | Self::Permission { user, .. }
            | Self::AppOp { user, .. }
            | Self::StandbyBucket { user, .. }
            | Self::Suspended { user, .. }
            | Self::Stopped { user, .. }
            | Self::SpecialAccess { user, .. }
            | Self::Storage { user, .. }
            | Self::Holdings { user, .. } => *user,
        }
    }

    /// Returns whether `value` is of the kind that stands in this cell.
    pub fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::PackageEnabled { .. } | Self::ComponentEnabled { .. }, Value::Word(word)) => {
                word.is_enabled_setting()
            }
            (Self::AppOp { .. }, Value::Word(word)) => word.is_mode(),
            (
                Self::Installed { .. }
                | Self::BlockUninstall { .. }
                | Self::Suspended { .. }
                | Self::Stopped { .. }
                | Self::SpecialAccess { .. },
                Value::Flag(_),
            )
            | (Self::StandbyBucket { .. } | Self::Storage { .. }, Value::Number(_))
            | (Self::RoleHolder { .. }, Value::Packages(_))
            | (Self::Permission { .. }, Value::Permission { .. })
            | (Self::Holdings { .. }, Value::Holdings(_)) => true,
            _ => false,
        }
    }

    /// Returns the value as this cell holds it, or gives it back when it is of another kind. An empty array is both no
    /// holder and no holding; the cell tells which.
    ///
    /// # Errors
    /// When the value is of another kind than the cell's.
    pub fn fit(&self, value: Value) -> Result<Value, Value> {
        let value = match (self, value) {
            (Self::Holdings { .. }, Value::Packages(names)) if names.is_empty() => {
                Value::Holdings(Vec::new())
            }
            (_, value) => value,
        };
        if self.takes(&value) { Ok(value) } else { Err(value) }
    }
}

/// The line that names a cell in a list for people and in messages: ids of Android, in no language.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.user();
        match self {
            Self::Installed { package, .. } => write!(f, "installed {package}")?,
            Self::BlockUninstall { package, .. } => write!(f, "block-uninstall {package}")?,
            Self::RoleHolder { role, .. } => write!(f, "role-holder {role}")?,
            Self::PackageEnabled { package, .. } => write!(f, "package-enabled {package}")?,
            Self::ComponentEnabled { package, component, .. } => {
                write!(f, "component-enabled {package}/{component}")?;
            }
            Self::Permission { package, permission, .. } => write!(f, "permission {package} {permission}")?,
            Self::AppOp { package, op, .. } => write!(f, "app-op {package} {op}")?,
            Self::StandbyBucket { package, .. } => write!(f, "standby-bucket {package}")?,
            Self::Suspended { package, .. } => write!(f, "suspended {package}")?,
            Self::Stopped { package, .. } => write!(f, "stopped {package}")?,
            Self::SpecialAccess { package, access, .. } => {
                write!(f, "special-access {package} {}", access.id())?;
            }
            Self::Storage { package, part, .. } => write!(f, "storage {package} {}", part.id())?,
            Self::Holdings { package, .. } => write!(f, "holdings {package}")?,
        }
        write!(f, " (user {user})")
    }
}

impl Access {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::NotificationListener,
        Self::Accessibility,
        Self::DeviceAdmin,
        Self::Vpn,
        Self::BatteryUnrestricted,
        Self::NotificationPolicy,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotificationListener => "notification-listener",
            Self::Accessibility => "accessibility",
            Self::DeviceAdmin => "device-admin",
            Self::Vpn => "vpn",
            Self::BatteryUnrestricted => "battery-unrestricted",
            Self::NotificationPolicy => "notification-policy",
        }
    }
}

impl Part {
    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Data => "data",
            Self::Cache => "cache",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn json_is_that_of_the_contract() {
        let rows = [
            (r#"{"cell":"installed","package":"a.b","user":0}"#, "true"),
            (r#"{"cell":"block-uninstall","package":"a.b","user":10}"#, "false"),
            (r#"{"cell":"role-holder","role":"android.app.role.SMS","user":0}"#, r#"["a.b"]"#),
            (r#"{"cell":"package-enabled","package":"a.b","user":0}"#, r#""disabled-by-user""#),
            (r#"{"cell":"component-enabled","package":"a.b","user":0,"component":"a.b.C"}"#, r#""default""#),
            (
                r#"{"cell":"permission","package":"a.b","user":0,"permission":"android.permission.CAMERA"}"#,
                r#"{"granted":true,"flags":3}"#,
            ),
            (
                r#"{"cell":"app-op","package":"a.b","user":0,"op":"android:run_any_in_background"}"#,
                r#""ignored""#,
            ),
            (r#"{"cell":"standby-bucket","package":"a.b","user":0}"#, "45"),
            (r#"{"cell":"suspended","package":"a.b","user":0}"#, "true"),
            (r#"{"cell":"stopped","package":"a.b","user":0}"#, "true"),
            (r#"{"cell":"special-access","package":"a.b","user":0,"access":"device-admin"}"#, "true"),
            (r#"{"cell":"storage","package":"a.b","user":0,"part":"cache"}"#, "4096"),
            (
                r#"{"cell":"holdings","package":"a.b","user":0}"#,
                r#"[{"cell":{"cell":"suspended","package":"a.b","user":0},"value":false}]"#,
            ),
        ];
        for (written, value) in rows {
            let cell = cell(written);
            let value: Value = serde_json::from_str(value).unwrap();
            assert_eq!(serde_json::to_string(&cell).unwrap(), written);
            assert_eq!(
                serde_json::from_str::<Value>(&serde_json::to_string(&value).unwrap()).unwrap(),
                value
            );
            assert!(cell.takes(&value), "{cell} {value:?}");
            assert_eq!(cell.fit(value.clone()), Ok(value));
        }
    }

    #[test]
    fn a_value_of_another_kind_is_not_taken() {
        let installed = cell(r#"{"cell":"installed","package":"a.b","user":0}"#);
        assert!(!installed.takes(&Value::Word(Word::Allowed)));
        let enabled = cell(r#"{"cell":"package-enabled","package":"a.b","user":0}"#);
        assert!(!enabled.takes(&Value::Word(Word::Ignored)));
        let op = cell(r#"{"cell":"app-op","package":"a.b","user":0,"op":"android:camera"}"#);
        assert!(!op.takes(&Value::Word(Word::Disabled)));
        assert!(serde_json::from_str::<Value>(r#""no such word""#).is_err());
        assert!(serde_json::from_str::<Cell>(r#"{"cell":"installed","package":"a b","user":0}"#).is_err());
    }

    #[test]
    fn an_empty_array_is_what_the_cell_says() {
        let holdings = cell(r#"{"cell":"holdings","package":"a.b","user":0}"#);
        let empty: Value = serde_json::from_str("[]").unwrap();
        assert_eq!(holdings.fit(empty.clone()), Ok(Value::Holdings(Vec::new())));
        let role = cell(r#"{"cell":"role-holder","role":"r","user":0}"#);
        assert_eq!(role.fit(empty), Ok(Value::Packages(Vec::new())));
    }
}
