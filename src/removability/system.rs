//! Rule: the system partition. AOSP never deletes what lies on one; a user can disable it or take its updates away
//! (`DeletePackageHelper.deletePackageX`: a system package without `DELETE_SYSTEM_APP` is refused or downgraded).

use crate::maker::place::segments;
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::{Finding, required};
use crate::source::snapshot::PackageFacts;

/// Returns the verdict for what is part of the platform itself, whatever a list says: packages of `framework` folders
/// (`framework-res.apk` and the makers' like), and of APEX modules.
pub(super) fn part_of_the_platform(package: &PackageFacts) -> Option<Finding> {
    let segments = segments(&package.path);
    let framework =
        segments.get(..segments.len().saturating_sub(1)).unwrap_or_default().contains(&"framework");
    let apex = segments.first() == Some(&"apex");
    let platform = package.name.as_str() == "android";
    (framework || apex || platform)
        .then(|| Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &package.path))
}

/// Returns the verdict for a package of the image that no other rule spoke of.
pub(super) fn on_system(package: &PackageFacts) -> Finding {
    match required(package) {
        Some(because) => Finding::new(Verdict::NonUninstallable, Reason::Blocked, because.evidence),
        None => Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &package.path),
    }
}
