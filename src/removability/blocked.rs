//! Gate: what would be uninstallable is not while uninstalling is blocked for a user of the phone, and is not known
//! while nobody could say whether it is (`PackageManager.setBlockUninstallForUser`; not in `dumpsys package`).
//!
//! An image has no users: nothing is blocked before first boot. Whether a device admin is active is a state of the
//! running phone too; its user can take the right away again, so an app that could become one is named, not judged. An
//! owner of the device or of a profile keeps it (`ProtectedPackages`): that app is not uninstallable.

use crate::removability::Finding;
use crate::removability::ground::Ground;
use crate::removability::outcome::{Reason, Verdict};
use crate::source::snapshot::PackageFacts;

const DEVICE_ADMIN: &str = "android.permission.BIND_DEVICE_ADMIN";

/// Applies the gate to what the rules found.
pub(super) fn apply(ground: &Ground<'_>, package: &PackageFacts, mut finding: Finding) -> Finding {
    if finding.verdict == Verdict::NonUninstallable {
        return finding;
    }
    // for a user who does not have it there is nothing to block
    let having = || package.states.iter().filter(|state| state.installed != Some(false));
    if let Some(state) = having().find(|state| state.block_uninstall == Some(true)) {
        let before =
            std::mem::replace(&mut finding.decided_by, format!("block-uninstall: user {}", state.user));
        finding.against.push(before);
        (finding.verdict, finding.reason) = (Verdict::NonUninstallable, Reason::Blocked);
        finding.missing.clear();
        return finding;
    }
    let snapshot = ground.inventory.snapshot();
    let owns = |user: u32| {
        let mut administrators = snapshot.administrators.iter();
        administrators.any(|held| held.owner && held.user == user && held.package == package.name.as_str())
    };
    if let Some(state) = having().find(|state| owns(state.user)) {
        let before = std::mem::replace(&mut finding.decided_by, format!("device-owner: user {}", state.user));
        finding.against.push(before);
        (finding.verdict, finding.reason) = (Verdict::NonUninstallable, Reason::Blocked);
        finding.missing.clear();
        return finding;
    }
    let users = &snapshot.users;
    let told = |user: u32| {
        let mut states = package.states.iter().filter(|state| state.user == user);
        states.any(|state| state.installed == Some(false) || state.block_uninstall.is_some())
    };
    if let Some(user) = users.iter().find(|user| !told(user.id)) {
        let fact = format!("block-uninstall: user {}", user.id);
        if finding.verdict == Verdict::Uninstallable {
            let before = std::mem::replace(&mut finding.decided_by, fact.clone());
            finding.against.push(before);
            (finding.verdict, finding.reason) = (Verdict::Unknown, Reason::Blocked);
        }
        finding.missing.push(fact);
    }
    if package.receivers.iter().any(|receiver| receiver.permission.as_deref() == Some(DEVICE_ADMIN)) {
        finding.missing.push("device-admin: active".to_owned());
    }
    finding
}
