//! `dumpsys deviceidle` and `cmd deviceidle`: the packages that doze does not touch.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;

pub(crate) fn dump(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    command(phone, lies, words)
}

pub(crate) fn command(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((&"whitelist", changes)) = words.split_first() else {
        return Answer::failed(255, "Unknown command\n");
    };
    if changes.is_empty() {
        return Answer::said(list(phone));
    }
    let mut said = String::new();
    for change in changes {
        let (add, name) = match (change.strip_prefix('+'), change.strip_prefix('-')) {
            (Some(name), _) => (true, name),
            (_, Some(name)) => (false, name),
            _ => {
                return Answer::refused(255, format!("Package must be prefixed with +, -, or =: {change}\n"));
            }
        };
        if !phone.packages.contains_key(name) {
            let _ = writeln!(said, "Unknown package: {name}");
            continue;
        }
        phone.changes(lies, name, 0, |phone| {
            if add {
                phone.kept.idle_user.insert(name.to_owned());
            } else {
                phone.kept.idle_user.remove(name);
            }
        });
        let _ = writeln!(said, "{}: {name}", if add { "Added" } else { "Removed" });
    }
    Answer::said(said)
}

fn list(phone: &Phone) -> String {
    let mut said = String::new();
    for (kind, names) in [
        ("system-excidle", &phone.idle_system),
        ("system", &phone.idle_system),
        ("user", &phone.kept.idle_user),
    ] {
        for name in names {
            if let Some(package) = phone.packages.get(name) {
                let _ = writeln!(said, "{kind},{name},{}", package.app_id);
            }
        }
    }
    said
}
