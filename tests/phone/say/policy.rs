//! `dumpsys device_policy`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::model::Phone;

pub(crate) fn dump(phone: &Phone) -> Answer {
    let mut said = "Current Device Policy Manager state:\n".to_owned();
    if let Some(owner) = &phone.device_owner {
        let _ = writeln!(said, "  Device Owner: ");
        let _ = writeln!(said, "    admin=ComponentInfo{{{owner}/{owner}.Admin}}");
        let _ = writeln!(said, "    name=\n    package={owner}\n    User ID: 0\n");
    }
    for user in &phone.users {
        let _ = writeln!(said, "  Enabled Device Admins (User {}, provisioningState: 0):", user.id);
        for (_, package) in phone.admins.iter().filter(|(of, _)| *of == user.id) {
            let uid = phone.packages.get(package).map_or(0, |known| known.uid(user.id));
            let _ = writeln!(
                said,
                "    {package}/.Admin:\n      uid={uid}\n      testOnlyAdmin=false\n      policies:\n"
            );
        }
        let _ = writeln!(said, "    mPasswordOwner=-1");
    }
    Answer::said(said)
}
