//! `pm grant`, `pm revoke` and the flags of permissions.

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::model::permission::{SETTABLE, USER_SET, operation, refusal};
use crate::say::text::{Arguments, exception};

pub(crate) fn change(phone: &mut Phone, lies: &Lies, command: &str, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(user), [package, permission]) = (arguments.user(), arguments.plain.as_slice()) else {
        return Answer::failed(255, "Error: no permission specified\n");
    };
    if let Some(why) = refusal(phone, package, user, permission) {
        return exception(phone.api, command, &why);
    }
    let granted = command == "grant";
    phone.changes(lies, package, user, |phone| set(phone, package, user, permission, granted));
    Answer::said("")
}

/// Sets a permission, and the app-op that stands for it.
fn set(phone: &mut Phone, package: &str, user: u32, permission: &str, granted: bool) {
    let api = phone.api;
    if let Some(state) = phone.app_mut(package, user).and_then(|app| app.permissions.get_mut(permission)) {
        state.granted = granted;
        // Shell's word counts as the user's.
        if api >= 29 {
            state.flags |= USER_SET;
        }
    }
    let Some(uid) = phone.packages.get(package).map(|known| known.uid(user)) else { return };
    if let Some(operation) = operation(permission, api)
        && api >= 29
    {
        let mode = if granted { "allow" } else { "ignore" };
        phone.kept.uid_operations.entry(uid).or_default().insert(operation, mode.to_owned());
    }
}

pub(crate) fn flags(phone: &mut Phone, lies: &Lies, command: &str, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(user), [package, permission, names @ ..]) = (arguments.user(), arguments.plain.as_slice())
    else {
        return Answer::failed(255, "Error: no flags specified\n");
    };
    let mut mask = 0;
    for name in names {
        let Some((_, flag)) = SETTABLE.iter().find(|(known, _)| known == name) else {
            return Answer::failed(1, format!("Unknown flag: {name}\n"));
        };
        mask |= flag;
    }
    if let Some(why) = refusal(phone, package, user, permission) {
        return exception(phone.api, command, &why);
    }
    phone.changes(lies, package, user, |phone| {
        if let Some(state) = phone.app_mut(package, user).and_then(|app| app.permissions.get_mut(*permission))
        {
            state.flags =
                if command == "set-permission-flags" { state.flags | mask } else { state.flags & !mask };
        }
    });
    Answer::said("")
}
