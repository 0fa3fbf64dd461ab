//! Rule: the system partition. AOSP never deletes what lies on one; a user can disable it or take its updates away
//! (`DeletePackageHelper.deletePackageX`: a system package without `DELETE_SYSTEM_APP` is refused or downgraded).

use crate::removability::Finding;
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::subject::Subject;
use crate::source::snapshot::PackageFacts;

/// Tells whether a package is part of the platform itself, whatever a list says: packages of `framework` folders
/// (`framework-res.apk` and the makers' like), and of APEX modules.
pub(super) fn is_of_the_platform(package: &PackageFacts) -> bool {
    let mut segments = package.path.split('/').filter(|segment| !segment.is_empty());
    let apex = segments.clone().next() == Some("apex");
    // the package's own folder may be called anything
    segments.next_back();
    let framework = segments.any(|segment| segment == "framework");
    framework || apex || package.name.as_str() == "android"
}

/// Returns the verdict for a package of the image that no other rule spoke of.
pub(super) fn on_system(subject: &Subject<'_, '_>) -> Finding {
    match subject.required() {
        Some(because) => Finding::new(Verdict::NonUninstallable, Reason::Blocked, &because.evidence),
        None => Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &subject.package.path),
    }
}
