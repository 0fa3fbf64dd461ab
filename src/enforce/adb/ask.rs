//! Which commands answer for which cells, each asked once however many cells hang on it. Takes cells, gives questions;
//! what their answers say is in [`super::answers`].

use crate::adb::Command;
use crate::enforce::adb::ops;
use crate::enforce::adb::package::{ACCESSIBILITY, LISTENER};
use crate::enforce::{Access, Cell};
use crate::package::PackageName;

/// The longest answer of a dump about one package, or of a list, in bytes.
pub(super) const LONGEST: usize = 16 << 20;

/// The API levels that brought things (`Build.VERSION_CODES`).
pub(super) mod since {
    /// Standby buckets, Android 9.
    pub(in crate::enforce::adb) const BUCKETS: u32 = 28;
    /// Roles, Android 10.
    pub(in crate::enforce::adb) const ROLES: u32 = 29;
    /// `pm set-permission-flags`, Android 11.
    pub(in crate::enforce::adb) const PERMISSION_FLAGS: u32 = 30;
    /// `cmd package get-package-storage-stats`, `pm clear --cache-only` and `cmd package unstop`, Android 16.
    pub(in crate::enforce::adb) const STORAGE: u32 = 36;
}

/// One question to the phone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ask {
    /// Everything about one package.
    Package(PackageName),
    /// The modes of its app-ops.
    Modes(u32, PackageName),
    /// Whether the phone knows an app-op.
    Knows(String),
    /// A maker's own app-op, by its number.
    Maker(u32, PackageName, String),
    /// The standby bucket.
    Bucket(u32, PackageName),
    /// Who holds which role.
    Roles,
    /// The Doze allow-list.
    Doze,
    /// A secure setting.
    Setting(u32, &'static str),
    /// Device administrators.
    Admins,
    /// Sizes measured once a day.
    Disk,
    /// Sizes of one package now.
    Size(u32, PackageName),
}

impl Ask {
    /// Returns the command that answers.
    pub(super) fn command(&self) -> Command {
        let dumpsys = |service: &str| Command::new("dumpsys").arg(service);
        let cmd = |service: &str, word: &str, user: u32| {
            Command::new("cmd").arg(service).arg(word).arg("--user").arg(user.to_string())
        };
        let command = match self {
            Self::Package(package) => dumpsys("package").arg(package.as_str()),
            Self::Modes(user, package) => cmd("appops", "get", *user).arg(package.as_str()),
            Self::Knows(key) => cmd("appops", "get", 0).arg("android").arg(key),
            Self::Maker(user, package, number) => {
                cmd("appops", "get", *user).arg(package.as_str()).arg(number)
            }
            Self::Bucket(user, package) => Command::new("am")
                .args(["get-standby-bucket", "--user"])
                .arg(user.to_string())
                .arg(package.as_str()),
            Self::Roles => dumpsys("role"),
            Self::Doze => dumpsys("deviceidle").arg("whitelist"),
            Self::Setting(user, setting) => {
                Command::new("settings").args(["--user", &user.to_string()]).args(["get", "secure", setting])
            }
            Self::Admins => dumpsys("device_policy"),
            Self::Disk => dumpsys("diskstats"),
            Self::Size(user, package) => {
                cmd("package", "get-package-storage-stats", *user).arg(package.as_str())
            }
        };
        command.at_most(LONGEST)
    }
}

/// The secure setting that keeps a special access; `None` for what is kept elsewhere.
pub(super) const fn setting(access: Access) -> Option<&'static str> {
    match access {
        Access::NotificationListener => Some("enabled_notification_listeners"),
        Access::Accessibility => Some("enabled_accessibility_services"),
        Access::NotificationPolicy => Some("enabled_notification_policy_access_packages"),
        Access::DeviceAdmin | Access::Vpn | Access::BatteryUnrestricted => None,
    }
}

/// The action of services that a special access is given to.
pub(super) const fn action(access: Access) -> Option<&'static str> {
    match access {
        Access::NotificationListener => Some(LISTENER),
        Access::Accessibility => Some(ACCESSIBILITY),
        _ => None,
    }
}

/// Special access that an uninstall takes along.
pub(super) const HELD: [Access; 5] = [
    Access::NotificationListener,
    Access::Accessibility,
    Access::DeviceAdmin,
    Access::BatteryUnrestricted,
    Access::NotificationPolicy,
];

/// Returns the questions whose answers a cell hangs on.
pub(super) fn asks(cell: &Cell, sdk: u32) -> Vec<Ask> {
    let package = || cell.package().cloned().map(Ask::Package);
    let user = cell.user();
    match cell {
        Cell::RoleHolder { .. } => (sdk >= since::ROLES).then_some(Ask::Roles).into_iter().collect(),
        Cell::Installed { .. }
        | Cell::PackageEnabled { .. }
        | Cell::ComponentEnabled { .. }
        | Cell::Permission { .. }
        | Cell::Suspended { .. }
        | Cell::Stopped { .. } => package().into_iter().collect(),
        Cell::BlockUninstall { .. } => Vec::new(),
        Cell::AppOp { package, op, .. } => {
            let knows = ops::key(op).map(|key| {
                let is_number = ops::is_number(&key);
                if is_number { Ask::Maker(user, package.clone(), key) } else { Ask::Knows(key) }
            });
            std::iter::once(Ask::Modes(user, package.clone())).chain(knows).collect()
        }
        Cell::StandbyBucket { package, .. } => {
            let bucket = (sdk >= since::BUCKETS).then(|| Ask::Bucket(user, package.clone()));
            bucket.into_iter().chain([Ask::Package(package.clone())]).collect()
        }
        Cell::SpecialAccess { package, access, .. } => {
            let kept = match (access, setting(*access)) {
                (_, Some(setting)) => Ask::Setting(user, setting),
                (Access::DeviceAdmin, _) => Ask::Admins,
                (Access::Vpn, _) => Ask::Modes(user, package.clone()),
                _ => Ask::Doze,
            };
            vec![kept, Ask::Package(package.clone())]
        }
        Cell::Storage { package, .. } if sdk >= since::STORAGE => vec![Ask::Size(user, package.clone())],
        Cell::Storage { .. } => vec![Ask::Disk],
        Cell::Holdings { package, .. } => {
            let mut all: Vec<Ask> = HELD
                .iter()
                .flat_map(|access| {
                    asks(&Cell::SpecialAccess { package: package.clone(), user, access: *access }, sdk)
                })
                .collect();
            all.push(Ask::Modes(user, package.clone()));
            all.extend(asks(&Cell::StandbyBucket { package: package.clone(), user }, sdk));
            all
        }
    }
}
