//! Sub-verdict: would `pm uninstall --user 0` from a shell remove it for that user?
//!
//! Since Android 5 the shell adds `DELETE_SYSTEM_APP` for a system package of one user, so the platform keeps the APK and
//! takes the package away from the user (`PackageManagerShellCommand.runUninstall`; before, `Pm.runUninstall`). It refuses what
//! is blocked, shared libraries in use, and, from Android 16, system packages that hold `CONTROL_KEYGUARD`. Makers with
//! vetoes of their own leave it open.

use crate::maker::place::glob;
use crate::maker::rule::{MetaDataEffect, Says};
use crate::removability::Finding;
use crate::removability::ground::Ground;
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::subject::Subject;
use crate::source::snapshot::PackageFacts;

/// First API level whose shell removes a system package for one user.
const FIRST_SDK: u32 = 21;

/// First API level that refuses system packages holding `CONTROL_KEYGUARD`.
const KEYGUARD_SDK: u32 = 36;

/// Returns whether a shell would remove the package for user 0; `None` when that cannot be told.
pub(super) fn by_shell(ground: &Ground<'_>, subject: &Subject<'_, '_>, finding: &Finding) -> Option<bool> {
    let package = subject.package;
    let blocked = package.states.iter().any(|state| state.block_uninstall == Some(true));
    if blocked || forbidden_by_manifest(ground, package) || subject.of_the_platform {
        return Some(false);
    }
    // a library in use is refused, and who uses it is not part of the facts
    if package.application.library.is_some()
        || finding.reason == Reason::Blocked && finding.verdict == Verdict::Unknown
    {
        return None;
    }
    if subject.on_data {
        return Some(true);
    }
    let sdk = ground.inventory.device().sdk?;
    if sdk >= KEYGUARD_SDK
        && package.permissions.iter().any(|name| name == "android.permission.CONTROL_KEYGUARD")
    {
        return Some(false);
    }
    if sdk < FIRST_SDK || has_vetoes(ground) {
        return None;
    }
    Some(true)
}

/// Tells whether a `<meta-data>` of the maker forbids it.
fn forbidden_by_manifest(ground: &Ground<'_>, package: &PackageFacts) -> bool {
    let forbids =
        ground.conventions.meta_data().iter().filter(|rule| rule.effect == MetaDataEffect::NotByShell);
    forbids
        .into_iter()
        .any(|rule| package.application.meta_data.iter().any(|stated| glob(&rule.name, &stated.name)))
}

/// Tells whether the maker's framework is known to refuse packages by lists of its own.
fn has_vetoes(ground: &Ground<'_>) -> bool {
    ground.conventions.unseen().iter().any(|unseen| unseen.says == Says::Fixed && ground.is(&unseen.maker))
}
