//! What the phone's programs say, in the words of the platform: one file per program or service. Takes the words of a
//! command line, gives an answer; what it changes, it changes through the model.

mod activity;
mod change;
mod files;
mod filter;
mod history;
mod idle;
mod list;
mod notification;
mod operations;
mod package;
mod permission;
mod pm;
mod policy;
mod properties;
mod query;
mod resolver;
mod role;
mod settings;
mod storage;
mod text;
mod user;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;

/// Answers one program.
pub(crate) fn answer(phone: &mut Phone, lies: &Lies, words: &[String]) -> Answer {
    phone.settle();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (Some(program), rest) = (words.first(), words.get(1..).unwrap_or_default()) else {
        return Answer::failed(127, "");
    };
    match *program {
        "pm" => pm::answer(phone, lies, rest),
        "cmd" => service(phone, lies, rest),
        "dumpsys" => dump(phone, lies, rest),
        "am" => activity::answer(phone, lies, rest),
        "getprop" => properties::answer(phone, rest),
        "settings" => settings::answer(phone, lies, rest),
        "id" if phone.root => Answer::said("uid=0(root) gid=0(root) groups=0(root) context=u:r:su:s0\n"),
        "id" => Answer::said(
            "uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),3003(inet) context=u:r:shell:s0\n",
        ),
        _ => files::answer(phone, program, rest),
    }
}

/// `cmd SERVICE …`.
fn service(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((service, rest)) = words.split_first() else {
        return Answer::failed(20, "cmd: No service specified\n");
    };
    match *service {
        // Up to Android 7 most of `pm` was a program of its own.
        "package" if phone.api >= 26 || pm::of_service(rest) => pm::answer(phone, lies, rest),
        "package" => Answer::failed(255, "Unknown command\n"),
        "activity" => activity::answer(phone, lies, rest),
        "appops" => operations::command(phone, lies, rest),
        "deviceidle" => idle::command(phone, lies, rest),
        "notification" if phone.api >= 27 => notification::answer(phone, lies, rest),
        "role" if phone.api >= 29 => role::command(phone, lies, rest),
        "settings" => settings::answer(phone, lies, rest),
        "user" if phone.api >= 29 => user::command(phone, rest),
        _ => Answer::failed(20, format!("cmd: Can't find service: {service}\n")),
    }
}

/// `dumpsys SERVICE …`.
fn dump(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let options = words.iter().take_while(|word| word.starts_with('-')).count();
    let Some((service, rest)) = words.get(options..).and_then(<[&str]>::split_first) else {
        return Answer::said("Currently running services:\n  activity\n  appops\n  package\n");
    };
    match *service {
        "appops" => operations::dump(phone, rest),
        "device_policy" => policy::dump(phone),
        "deviceidle" => idle::dump(phone, lies, rest),
        "diskstats" => storage::dump(phone),
        "package" => package::dump(phone, lies, rest),
        "role" if phone.api >= 29 => role::dump(phone),
        "user" => user::dump(phone),
        _ => Answer::failed(0, format!("Can't find service: {service}\n")),
    }
}
