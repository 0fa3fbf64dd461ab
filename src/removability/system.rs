//! Rule: the system partition. AOSP never deletes what lies on one; a user can disable it or take its updates away
//! (`DeletePackageHelper.deletePackageX`: a system package without `DELETE_SYSTEM_APP` is refused or downgraded).

use crate::removability::Finding;
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::subject::Subject;

/// Returns the verdict for a package of the image that no other rule spoke of.
pub(super) fn on_system(subject: &Subject<'_, '_>) -> Finding {
    match subject.required() {
        Some(because) => Finding::new(Verdict::NonUninstallable, Reason::Blocked, &because.evidence),
        None => Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &subject.package.path),
    }
}
