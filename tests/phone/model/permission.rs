//! Runtime permissions: which there are on a release, their flags, and who may change them.

use keepone::control::table::permission::{GROUPS, RuntimePermission};

use crate::model::state::Permission;
use crate::model::{Package, Phone};

pub(crate) const USER_SET: u32 = 1;
pub(crate) const USER_FIXED: u32 = 1 << 1;
pub(crate) const POLICY_FIXED: u32 = 1 << 2;
pub(crate) const REVOKED_COMPAT: u32 = 1 << 3;
pub(crate) const SYSTEM_FIXED: u32 = 1 << 4;
pub(crate) const GRANTED_BY_DEFAULT: u32 = 1 << 5;
pub(crate) const REVIEW_REQUIRED: u32 = 1 << 6;
pub(crate) const REVOKE_WHEN_REQUESTED: u32 = 1 << 7;
pub(crate) const SENSITIVE_WHEN_GRANTED: u32 = 1 << 8;
pub(crate) const SENSITIVE_WHEN_DENIED: u32 = 1 << 9;
pub(crate) const GRANTED_BY_ROLE: u32 = 1 << 15;

/// The flags by name, as `PackageManager.permissionFlagToString` says them.
const NAMES: [(u32, &str); 11] = [
    (USER_SET, "USER_SET"),
    (USER_FIXED, "USER_FIXED"),
    (POLICY_FIXED, "POLICY_FIXED"),
    (REVOKED_COMPAT, "REVOKED_COMPAT"),
    (SYSTEM_FIXED, "SYSTEM_FIXED"),
    (GRANTED_BY_DEFAULT, "GRANTED_BY_DEFAULT"),
    (REVIEW_REQUIRED, "REVIEW_REQUIRED"),
    (REVOKE_WHEN_REQUESTED, "REVOKE_WHEN_REQUESTED"),
    (SENSITIVE_WHEN_GRANTED, "USER_SENSITIVE_WHEN_GRANTED"),
    (SENSITIVE_WHEN_DENIED, "USER_SENSITIVE_WHEN_DENIED"),
    (GRANTED_BY_ROLE, "GRANTED_BY_ROLE"),
];

/// The flags that shell may set and clear, by the words of `pm set-permission-flags`.
pub(crate) const SETTABLE: [(&str, u32); 5] = [
    ("review-required", REVIEW_REQUIRED),
    ("revoked-compat", REVOKED_COMPAT),
    ("revoke-when-requested", REVOKE_WHEN_REQUESTED),
    ("user-fixed", USER_FIXED),
    ("user-set", USER_SET),
];

/// Says flags as `dumpsys package` does; up to Android 8 with blanks between, later with strokes.
pub(crate) fn flags(flags: u32, api: u32) -> String {
    let set: Vec<&str> = NAMES.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, name)| *name).collect();
    if api < 28 { format!("[ {} ]", set.join(" ")) } else { format!("[ {}]", set.join("|")) }
}

/// Whether a permission is a runtime permission on a release.
pub(crate) fn is_runtime(permission: &str, api: u32) -> bool {
    member(permission, api).is_some()
}

/// The app-op behind a runtime permission, for one that has one.
pub(crate) fn operation(permission: &str, api: u32) -> Option<String> {
    Some(member(permission, api)?.op?.trim_start_matches("android:").to_uppercase())
}

fn member(permission: &str, api: u32) -> Option<&'static RuntimePermission> {
    let mut members = GROUPS.iter().flat_map(|group| group.members);
    members.find(|member| member.full() == permission && member.since <= api)
}

/// The runtime permissions of a package after its installation.
pub(crate) fn at_first<'a>(
    package: &'a Package,
    api: u32,
    granted: &'a [String],
) -> impl Iterator<Item = (String, Permission)> + 'a {
    let core = package.system && package.app_id < 10_000;
    package.facts.permissions.iter().filter(move |name| is_runtime(name, api)).map(move |name| {
        let sensitive = if api >= 29 { SENSITIVE_WHEN_GRANTED | SENSITIVE_WHEN_DENIED } else { 0 };
        let state = if core {
            Permission { granted: true, flags: SYSTEM_FIXED | GRANTED_BY_DEFAULT }
        } else if granted.contains(name) {
            Permission { granted: true, flags: GRANTED_BY_DEFAULT | sensitive }
        } else {
            Permission { granted: false, flags: sensitive }
        };
        (name.clone(), state)
    })
}

/// Why shell may not change a permission.
pub(crate) fn refusal(phone: &Phone, package: &str, user: u32, permission: &str) -> Option<String> {
    let Some(known) = phone.packages.get(package) else {
        return Some(format!("java.lang.IllegalArgumentException: Unknown package: {package}"));
    };
    if !known.facts.permissions.iter().any(|asked| asked == permission) {
        return Some(format!(
            "java.lang.SecurityException: Package {package} has not requested permission {permission}"
        ));
    }
    let Some(state) = known.users.get(&user).and_then(|app| app.permissions.get(permission)) else {
        return Some(format!(
            "java.lang.SecurityException: Permission {permission} requested by {package} is not a changeable permission type"
        ));
    };
    if state.flags & SYSTEM_FIXED != 0 {
        return Some(format!(
            "java.lang.SecurityException: Cannot change system fixed permission {permission} for package {package}"
        ));
    }
    (state.flags & POLICY_FIXED != 0).then(|| {
        format!("java.lang.SecurityException: Cannot change policy fixed permission {permission} for package {package}")
    })
}
