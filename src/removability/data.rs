//! Rule: the data partition. What lies there is the user's to remove, unless it is an update of an app of the image:
//! then removing it only uninstalls the update (`FLAG_UPDATED_SYSTEM_APP`, AOSP `DeletePackageHelper`).

use crate::removability::ground::{Ground, factory_copies};
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::subject::Subject;
use crate::removability::{Finding, verdict};

/// Returns the verdict for a package on the data partition: that of its copy in the image where it has one.
pub(super) fn on_data<'a>(ground: &Ground<'a>, subject: &Subject<'_, 'a>) -> Finding {
    let package = subject.package;
    let copies = factory_copies(ground.inventory, package)
        .map(|copy| (copy, verdict(ground, &Subject::new(subject.places, copy))));
    let worst = copies.max_by_key(|(_, finding)| match finding.verdict {
        Verdict::Uninstallable => 0,
        Verdict::Unknown => 1,
        Verdict::NonUninstallable => 2,
    });
    if let Some((copy, finding)) = worst {
        return Finding { decided_by: copy.path.clone(), ..finding };
    }
    if let Some(path) = ground.unread_copies.get(&package.name) {
        let mut finding = Finding::new(Verdict::Unknown, Reason::NotRead, *path);
        finding.missing.push((*path).to_owned());
        return finding;
    }
    if package.system == Some(true) || package.update.is_some() {
        // it updates an app of the image, and nobody said where that lies
        let mut finding = Finding::new(Verdict::Unknown, Reason::NotRead, &package.path);
        finding.missing.push(format!("factory place: {}", package.name));
        return finding;
    }
    Finding::new(Verdict::Uninstallable, Reason::DataPartition, &package.path)
}
