//! Who may write which cell. Takes what a carrier holds; gives nothing, or what is missing. Never more rights than the
//! carrier has: what it may not do is said before it is tried.
//!
//! Sources: the permission checks of `PackageManagerService`, `PermissionManagerServiceImpl`, `AppOpsService`,
//! `UsageStatsService`, `NotificationManagerService`, `DevicePolicyManagerService`; the permissions of `packages/Shell`; for
//! the shell also `PackageManagerService.setEnabledSettings`, which refuses it every component, and the commands of
//! `PackageManagerShellCommand`: what no command does, the shell cannot.

use crate::enforce::{Access, Because, Cell, May, Obstacle, Part, Way};

const P: &str = "android.permission.";

/// Returns what keeps a carrier from writing a cell; `None` when nothing is known to.
pub fn missing(cell: &Cell, may: &May) -> Option<Obstacle> {
    let obstacle = |because, detail: String| Some(Obstacle { because, detail });
    if !may.users.is_empty() && !may.users.iter().any(|user| user.id == cell.user()) {
        return obstacle(Because::HiddenUser, cell.user().to_string());
    }
    if may.fixed.contains(&cell.user()) {
        return obstacle(Because::FixedByPolicy, format!("{FIXED} of user {}", cell.user()));
    }
    if may.way == Way::Shell {
        return missing_to_shell(cell, may);
    }
    if is_of_the_system_alone(cell, may.sdk) {
        return obstacle(Because::NeedsPermission, SYSTEM_ALONE.to_owned());
    }
    let needed = needed(cell, may.sdk);
    let lacking = needed.iter().find(|one_of| !one_of.iter().any(|name| may.holds(&full(name))));
    if let Some(name) = lacking.and_then(|one_of| one_of.first()) {
        return obstacle(Because::NeedsPermission, full(name));
    }
    if matches!(cell, Cell::Installed { .. }) && !uninstalls_unasked(may) {
        return obstacle(Because::NeedsPermission, full(UNASKED));
    }
    let own = may.uid.is_none_or(|uid| uid / PER_USER == cell.user());
    if !own && !CROSS_USER.iter().any(|name| may.holds(&full(name))) {
        return obstacle(Because::NeedsPermission, full(CROSS_USER[0]));
    }
    None
}

/// What lets a program uninstall without the system asking its user first: that needs an activity, and takes a system app
/// for no single user (`PackageManagerService.isCallerAllowedToSilentlyUninstall`, `DeletePackageHelper` since Android 12).
const UNASKED: &str = "MANAGE_PROFILE_AND_DEVICE_OWNERS";

/// The uid of the system itself, which is never asked (`Process.SYSTEM_UID`).
const SYSTEM_UID: u32 = 1000;

fn uninstalls_unasked(may: &May) -> bool {
    may.holds(&full(UNASKED)) || may.uid.is_some_and(|uid| uid % PER_USER == SYSTEM_UID)
}

/// How many uids each user of the phone has (`UserHandle.PER_USER_RANGE`).
const PER_USER: u32 = 100_000;

/// The restriction of a user that fixes its apps (`UserManager.DISALLOW_APPS_CONTROL`).
const FIXED: &str = "no_control_apps";

/// What the platform says to the shell.
const SHELL: &str = "the shell of adb cannot change this";

/// What the platform says to every app that does not run as the system itself.
const SYSTEM_ALONE: &str = "this release lets only the system itself change this";

/// The first API level on which the notification service keeps the listeners itself, and the first on which it lets the holder
/// of a permission change them (`NotificationManagerService.setNotificationListenerAccessGrantedForUser`:
/// `checkCallerIsSystemOrShell` up to Android 11, then `checkNotificationListenerAccess`).
const LISTENERS_KEPT: u32 = 27;
const LISTENERS_BY_PERMISSION: u32 = 31;

/// Whether a release lets nobody but its own system write a cell.
const fn is_of_the_system_alone(cell: &Cell, sdk: u32) -> bool {
    matches!(cell, Cell::SpecialAccess { access: Access::NotificationListener, .. })
        && LISTENERS_KEPT <= sdk
        && sdk < LISTENERS_BY_PERMISSION
}

const CROSS_USER: [&str; 2] = ["INTERACT_ACROSS_USERS_FULL", "INTERACT_ACROSS_USERS"];

fn full(name: &str) -> String {
    format!("{P}{name}")
}

/// The permissions a write needs: one of each set, the usual one first.
const fn needed(cell: &Cell, sdk: u32) -> &'static [&'static [&'static str]] {
    match cell {
        Cell::Installed { .. } => &[&["DELETE_PACKAGES"], &["INSTALL_PACKAGES"]],
        Cell::BlockUninstall { .. } => &[&["DELETE_PACKAGES"]],
        Cell::RoleHolder { .. } => &[&["MANAGE_ROLE_HOLDERS"]],
        Cell::PackageEnabled { .. } | Cell::ComponentEnabled { .. } => &[&["CHANGE_COMPONENT_ENABLED_STATE"]],
        Cell::Permission { .. } => &[&["REVOKE_RUNTIME_PERMISSIONS"], &["GRANT_RUNTIME_PERMISSIONS"]],
        Cell::AppOp { .. } => &[&["MANAGE_APP_OPS_MODES"]],
        Cell::StandbyBucket { .. } => &[&["CHANGE_APP_IDLE_STATE"]],
        Cell::Suspended { .. } => &[&["SUSPEND_APPS"]],
        Cell::Stopped { .. } => &[&["FORCE_STOP_PACKAGES"]],
        Cell::SpecialAccess { access: Access::NotificationListener, .. }
            if sdk >= LISTENERS_BY_PERMISSION =>
        {
            &[&["MANAGE_NOTIFICATION_LISTENERS"]]
        }
        Cell::SpecialAccess { access: Access::NotificationListener | Access::Accessibility, .. } => {
            &[&["WRITE_SECURE_SETTINGS"]]
        }
        Cell::SpecialAccess { access: Access::DeviceAdmin, .. } => &[&["MANAGE_DEVICE_ADMINS"]],
        Cell::SpecialAccess { access: Access::Vpn, .. } => &[&["CONTROL_VPN"]],
        Cell::SpecialAccess { access: Access::BatteryUnrestricted, .. } => &[&["DEVICE_POWER"]],
        Cell::SpecialAccess { access: Access::NotificationPolicy, .. } => &[&["MANAGE_NOTIFICATIONS"]],
        Cell::Storage { part: Part::Data, .. } => &[&["CLEAR_APP_USER_DATA"]],
        Cell::Storage { .. } => &[&["INTERNAL_DELETE_CACHE_FILES"]],
        Cell::Holdings { .. } => &[],
    }
}

/// What keeps the shell of adb from writing a cell. It runs for every user of the phone, and what it holds is the phone's
/// own affair: a phone that does not say is asked by trying.
fn missing_to_shell(cell: &Cell, may: &May) -> Option<Obstacle> {
    let obstacle = |because, detail: String| Some(Obstacle { because, detail });
    if shell_cannot(cell) {
        return obstacle(Because::NeedsPermission, SHELL.to_owned());
    }
    if since(cell).is_some_and(|since| may.sdk < since) {
        return obstacle(Because::NotOnThisRelease, String::new());
    }
    let checked = if holds_itself(cell) && !may.permissions.is_empty() { needed(cell, may.sdk) } else { &[] };
    let lacking = checked.iter().find(|one_of| !one_of.iter().any(|name| may.holds(&full(name))));
    lacking.and_then(|one_of| one_of.first()).and_then(|name| obstacle(Because::NeedsPermission, full(name)))
}

/// The first API level on which the shell can write a cell; `None`: as far back as there is such a thing.
const fn since(cell: &Cell) -> Option<u32> {
    match cell {
        // Before Android 9 only the system suspends.
        Cell::Suspended { .. } | Cell::StandbyBucket { .. } => Some(28),
        Cell::RoleHolder { .. } => Some(29),
        Cell::Storage { part: Part::Cache, .. } => Some(36),
        Cell::SpecialAccess { access: Access::NotificationListener | Access::NotificationPolicy, .. } => {
            Some(27)
        }
        _ => None,
    }
}

/// Whether the platform checks the shell's own permission; other services let the shell's uid in as it is.
const fn holds_itself(cell: &Cell) -> bool {
    matches!(
        cell,
        Cell::Installed { .. }
            | Cell::RoleHolder { .. }
            | Cell::PackageEnabled { .. }
            | Cell::Permission { .. }
            | Cell::AppOp { .. }
            | Cell::StandbyBucket { .. }
            | Cell::Suspended { .. }
            | Cell::Stopped { .. }
    )
}

/// What the shell of adb cannot do: components, the block of uninstalling, device administrators, VPN; and what nobody
/// writes.
const fn shell_cannot(cell: &Cell) -> bool {
    matches!(
        cell,
        Cell::ComponentEnabled { .. }
            | Cell::BlockUninstall { .. }
            | Cell::SpecialAccess { access: Access::DeviceAdmin | Access::Vpn, .. }
            | Cell::Storage { part: Part::App, .. }
            | Cell::Holdings { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::PackageName;
    use crate::source::snapshot::{User, UserKind};

    fn may(way: Way, permissions: &[&str]) -> May {
        let users = [0, 10].map(|id| User { id, kind: UserKind::Main }).to_vec();
        let permissions = permissions.iter().map(|name| full(name)).collect();
        May { way, sdk: 34, permissions, users, fixed: Vec::new(), uid: Some(10_123), device: None }
    }

    fn component(user: u32) -> Cell {
        Cell::ComponentEnabled {
            package: PackageName::new("a.b").unwrap(),
            user,
            component: "a.b.C".to_owned(),
        }
    }

    #[test]
    fn what_the_shell_cannot_do_is_said_before_it_is_tried() {
        let package = || PackageName::new("a.b").unwrap();
        let shell = |permissions: &[&str], sdk| May { sdk, ..may(Way::Shell, permissions) };
        let because = |cell: &Cell, may: &May| missing(cell, may).map(|obstacle| obstacle.because);
        let block = Cell::BlockUninstall { package: package(), user: 0 };
        assert_eq!(because(&block, &shell(&[], 34)), Some(Because::NeedsPermission));
        let op = Cell::AppOp { package: package(), user: 10, op: "android:camera".to_owned() };
        assert_eq!(because(&op, &shell(&[], 34)), None, "a phone that does not say is asked by trying");
        assert_eq!(because(&op, &shell(&["MANAGE_APP_OPS_MODES"], 34)), None);
        assert_eq!(
            missing(&op, &shell(&["DUMP"], 34)).unwrap().detail,
            "android.permission.MANAGE_APP_OPS_MODES"
        );
        let bucket = Cell::StandbyBucket { package: package(), user: 0 };
        assert_eq!(because(&bucket, &shell(&[], 27)), Some(Because::NotOnThisRelease));
        let cache = Cell::Storage { package: package(), user: 0, part: Part::Cache };
        assert_eq!(because(&cache, &shell(&[], 35)), Some(Because::NotOnThisRelease));
        assert_eq!(because(&cache, &shell(&[], 36)), None);
        let admin = Cell::SpecialAccess { package: package(), user: 0, access: Access::DeviceAdmin };
        assert_eq!(because(&admin, &shell(&[], 34)), Some(Because::NeedsPermission));
    }

    #[test]
    fn the_right_over_listeners_follows_the_release() {
        let listener = Cell::SpecialAccess {
            package: PackageName::new("a.b").unwrap(),
            user: 0,
            access: Access::NotificationListener,
        };
        let missing = |sdk, permissions: &[&str]| {
            missing(&listener, &May { sdk, ..may(Way::PlatformSigned, permissions) })
                .map(|lacks| lacks.detail)
        };
        let both = ["WRITE_SECURE_SETTINGS", "MANAGE_NOTIFICATION_LISTENERS"];
        assert_eq!(missing(26, &both[..1]), None);
        assert_eq!(missing(27, &both).as_deref(), Some(SYSTEM_ALONE));
        assert_eq!(missing(30, &both).as_deref(), Some(SYSTEM_ALONE));
        assert_eq!(missing(31, &both[1..]), None);
        assert_eq!(
            missing(34, &both[..1]).as_deref(),
            Some("android.permission.MANAGE_NOTIFICATION_LISTENERS")
        );
    }

    #[test]
    fn only_who_is_not_asked_first_uninstalls() {
        let installed = Cell::Installed { package: PackageName::new("a.b").unwrap(), user: 0 };
        let listed = ["DELETE_PACKAGES", "INSTALL_PACKAGES"];
        let detail = |may: &May| missing(&installed, may).map(|obstacle| obstacle.detail);
        assert_eq!(
            detail(&may(Way::Privileged, &listed)).as_deref(),
            Some("android.permission.MANAGE_PROFILE_AND_DEVICE_OWNERS")
        );
        let signed = ["DELETE_PACKAGES", "INSTALL_PACKAGES", "MANAGE_PROFILE_AND_DEVICE_OWNERS"];
        assert_eq!(detail(&may(Way::PlatformSigned, &signed)), None);
        let system = May { uid: Some(SYSTEM_UID), ..may(Way::PlatformSigned, &listed) };
        assert_eq!(detail(&system), None);
    }

    #[test]
    fn what_is_missing_is_named() {
        let shell = missing(&component(0), &may(Way::Shell, &[])).unwrap();
        assert!(shell.detail.contains("shell"), "{shell:?}");
        let ordinary = missing(&component(0), &may(Way::Ordinary, &[])).unwrap();
        assert_eq!(ordinary.detail, "android.permission.CHANGE_COMPONENT_ENABLED_STATE");
        let privileged = may(Way::Privileged, &["CHANGE_COMPONENT_ENABLED_STATE"]);
        assert_eq!(missing(&component(0), &privileged), None);
        assert_eq!(missing(&component(10), &privileged).unwrap().because, Because::NeedsPermission);
        assert_eq!(missing(&component(11), &privileged).unwrap().because, Because::HiddenUser);
        let signed =
            may(Way::PlatformSigned, &["CHANGE_COMPONENT_ENABLED_STATE", "INTERACT_ACROSS_USERS_FULL"]);
        assert_eq!(missing(&component(10), &signed), None);
        let fixed = May { fixed: vec![10], ..signed };
        let told = missing(&component(10), &fixed).unwrap();
        assert_eq!((told.because, &*told.detail), (Because::FixedByPolicy, "no_control_apps of user 10"));
        assert_eq!(missing(&component(0), &fixed), None);
    }
}
