//! `pm` and `cmd package`, which are the same.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::model::query::Kind;
use crate::say::text::Arguments;
use crate::say::{change, list, permission, query, storage, user};

pub(crate) fn answer(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((command, rest)) = words.split_first() else { return Answer::failed(255, "") };
    match *command {
        "list" => match rest.split_first() {
            Some((&"packages" | &"package", rest)) => list::packages(phone, lies, rest),
            Some((&"users", rest)) => user::list(phone, rest),
            Some((what, _)) => Answer::failed(255, format!("Error: unknown list type '{what}'\n")),
            None => Answer::failed(255, "Error: didn't specify type of data to list\n"),
        },
        "path" => path(phone, rest),
        "query-activities" | "query-intent-activities" => query::answer(phone, lies, Kind::Activity, rest),
        "query-receivers" | "query-intent-receivers" => query::answer(phone, lies, Kind::Receiver, rest),
        "query-services" | "query-intent-services" => query::answer(phone, lies, Kind::Service, rest),
        "uninstall" => change::uninstall(phone, lies, rest),
        "install-existing" => change::install_existing(phone, lies, rest),
        "enable" | "disable" | "disable-user" | "disable-until-used" | "default-state" => {
            change::enabled(phone, lies, command, rest)
        }
        "suspend" | "unsuspend" => change::suspend(phone, lies, *command == "suspend", rest),
        "unstop" if phone.api >= 36 => change::unstop(phone, lies, rest),
        "hide" | "unhide" => change::hide(phone, command, rest),
        "clear" => storage::clear(phone, lies, rest),
        "grant" | "revoke" => permission::change(phone, lies, command, rest),
        "set-permission-flags" | "clear-permission-flags" if phone.api >= 30 => {
            permission::flags(phone, lies, command, rest)
        }
        "get-max-users" => Answer::said("Maximum supported users: 4\n"),
        "get-package-storage-stats" if phone.api >= 36 => storage::of_package(phone, rest),
        _ => Answer::failed(255, format!("Unknown command: {command}\n")),
    }
}

/// Whether the service of Android 7 has a command.
pub(crate) fn of_service(words: &[&str]) -> bool {
    match words {
        ["list", what, ..] => *what != "users",
        [command, ..] => {
            command.starts_with("query-") || ["uninstall", "suspend", "unsuspend"].contains(command)
        }
        [] => false,
    }
}

fn path(phone: &Phone, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let found = arguments.plain.first().and_then(|name| phone.packages.get(*name)).filter(|package| {
        arguments.user().and_then(|user| package.users.get(&user)).is_some_and(|app| app.installed)
    });
    let Some(package) = found else { return Answer::refused(1, "") };
    let mut said = format!("package:{}\n", package.source_dir());
    if package.update.is_none() {
        for split in &package.facts.splits {
            let _ = writeln!(said, "package:{}", split.file);
        }
    }
    Answer::said(said)
}
