//! `cmd notification`: who may read notifications and change Do Not Disturb.

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;

pub(crate) fn answer(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let (command, name, user) = match words {
        [command, name] => (*command, *name, 0),
        [command, name, user] => (*command, *name, user.parse().unwrap_or(0)),
        _ => return Answer::failed(255, "Invalid command\n"),
    };
    let (key, add) = match command {
        "allow_listener" => ("enabled_notification_listeners", true),
        "disallow_listener" => ("enabled_notification_listeners", false),
        "allow_dnd" => ("enabled_notification_policy_access_packages", true),
        "disallow_dnd" => ("enabled_notification_policy_access_packages", false),
        _ => return Answer::failed(255, "Invalid command\n"),
    };
    let listens = key == "enabled_notification_listeners";
    if listens && !name.contains('/') {
        return Answer::refused(255, "Invalid listener - must be a ComponentName\n");
    }
    let package = name.split('/').next().unwrap_or_default().to_owned();
    phone.changes(lies, &package, user, |phone| {
        let list = phone.kept.settings.entry((user, key.to_owned())).or_default();
        let mut names: Vec<&str> =
            list.split(':').filter(|known| !known.is_empty() && *known != name).collect();
        if add {
            names.push(name);
        }
        *list = names.join(":");
    });
    Answer::said("")
}
