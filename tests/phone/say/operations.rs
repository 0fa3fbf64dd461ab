//! `cmd appops` and `dumpsys appops`.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::operation::{default_mode, mode, name};
use crate::model::record::Record;
use crate::model::{Package, Phone};
use crate::say::history::{self, ago, date, uid};
use crate::say::text::{Arguments, exception};

pub(crate) fn command(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((command, rest)) = words.split_first() else { return Answer::failed(255, "") };
    // `--uid` stands before the package, or after it.
    let by_uid = rest.contains(&"--uid");
    let rest: Vec<&str> = rest.iter().copied().filter(|word| *word != "--uid").collect();
    let arguments = Arguments::of(&rest);
    let user = arguments.user().unwrap_or(0);
    let Some(package) = arguments.plain.first() else {
        return Answer::failed(255, "Error: Package name not specified\n");
    };
    let Some(known) = phone.packages.get(*package) else {
        return Answer::failed(255, format!("Error: No UID for {package} in user {user}\n"));
    };
    let uid = known.uid(user);
    let operation = match arguments.plain.get(1) {
        None => None,
        Some(text) => match name(text, phone.properties.contains_key("ro.miui.ui.version.name")) {
            Some(operation) => Some(operation),
            None => return Answer::failed(255, format!("Error: Unknown operation string: {text}\n")),
        },
    };
    match (*command, operation, arguments.plain.get(2)) {
        ("get", operation, None) => get(phone, package, user, uid, operation.as_deref()),
        ("set", Some(operation), Some(text)) => {
            let Some(mode) = mode(text) else {
                return Answer::failed(255, format!("Error: Mode {text} is not valid\n"));
            };
            phone.changes(lies, package, user, |phone| {
                set(phone, package, user, by_uid.then_some(uid), operation, mode);
            });
            Answer::said("")
        }
        ("reset", None, None) => {
            phone.changes(lies, package, user, |phone| {
                if let Some(app) = phone.app_mut(package, user) {
                    app.operations.clear();
                }
            });
            Answer::said(format!("Reset all modes for: user {user} package {package}\n"))
        }
        _ => exception(phone.api, command, "java.lang.IllegalArgumentException: Unknown command"),
    }
}

fn set(phone: &mut Phone, package: &str, user: u32, uid: Option<u32>, operation: String, mode: &str) {
    let modes = match uid {
        Some(uid) => phone.kept.uid_operations.entry(uid).or_default(),
        None => match phone.app_mut(package, user) {
            Some(app) => &mut app.operations,
            None => return,
        },
    };
    if mode == default_mode(&operation) {
        modes.remove(&operation);
    } else {
        modes.insert(operation, mode.to_owned());
    }
}

fn get(phone: &Phone, package: &str, user: u32, uid: u32, operation: Option<&str>) -> Answer {
    let wanted = |name: &str| operation.is_none_or(|operation| operation == name);
    let mut said = String::new();
    for (name, mode) in
        phone.kept.uid_operations.get(&uid).into_iter().flatten().filter(|(name, _)| wanted(name))
    {
        let _ = writeln!(said, "Uid mode: {name}: {mode}");
    }
    let app = phone.app(package, user);
    for (name, mode) in app.iter().flat_map(|app| &app.operations).filter(|(name, _)| wanted(name)) {
        let _ = writeln!(said, "{name}: {mode}");
    }
    if said.is_empty() {
        said.push_str("No operations.\n");
        if let Some(operation) = operation {
            let _ = writeln!(said, "Default mode: {}", default_mode(operation));
        }
    }
    Answer::said(said)
}

pub(crate) fn dump(phone: &Phone, words: &[&str]) -> Answer {
    let of = words.iter().position(|word| *word == "--package").and_then(|at| words.get(at + 1));
    let history = words.contains(&"--history");
    if history && phone.api < 29 {
        return Answer::refused(0, "Unknown option: --history\n");
    }
    let mut said = "Current AppOps Service state:\n  Settings:\n    top_state_settle_time=+5s0ms\n    fg_service_state_settle_time=+5s0ms\n    bg_state_settle_time=+1s0ms\n\n".to_owned();
    let mut uids: BTreeSet<(u32, u32)> = BTreeSet::new();
    for package in phone.packages.values() {
        uids.extend(phone.users.iter().map(|user| (user.id, package.app_id)));
    }
    for (user, app_id) in uids {
        let inside: Vec<(&String, &Package)> = phone
            .packages
            .iter()
            .filter(|(name, package)| package.app_id == app_id && of.is_none_or(|of| of == name))
            .collect();
        of_uid(&mut said, phone, user, app_id, &inside);
    }
    let wanted = |record: &&Record| of.is_none_or(|of| *of == record.package);
    let records: Vec<&Record> = phone.records.iter().filter(wanted).collect();
    if history {
        history::snapshot(&mut said, phone, &records);
    }
    if words.contains(&"--include-discrete") && phone.api >= 31 {
        history::discrete(&mut said, phone, &records);
    }
    Answer::said(said)
}

fn of_uid(said: &mut String, phone: &Phone, user: u32, app_id: u32, packages: &[(&String, &Package)]) {
    let mut part = String::new();
    for (name, mode) in phone.kept.uid_operations.get(&(user * 100_000 + app_id)).into_iter().flatten() {
        let _ = writeln!(part, "      {name}: mode={mode}");
    }
    for (name, package) in packages {
        let Some(app) = package.users.get(&user).filter(|app| app.installed) else { continue };
        let records: Vec<&Record> =
            phone.records.iter().filter(|record| record.user == user && record.package == **name).collect();
        let operations: BTreeSet<&String> =
            app.operations.keys().chain(records.iter().map(|record| &record.operation)).collect();
        if operations.is_empty() {
            continue;
        }
        let _ = writeln!(part, "    Package {name}:");
        for operation in operations {
            let mode = app.operations.get(operation).map_or(default_mode(operation), String::as_str);
            let _ = writeln!(part, "      {operation} ({mode}): ");
            let of_it = records.iter().filter(|record| record.operation == *operation);
            let lines: Vec<String> = of_it.map(|record| access(phone, record)).collect();
            if phone.api >= 30 && !lines.is_empty() {
                let _ = writeln!(part, "        null=[");
            }
            for line in &lines {
                let _ = writeln!(part, "          {line}");
            }
            if phone.api >= 30 && !lines.is_empty() {
                let _ = writeln!(part, "        ]");
            }
        }
    }
    if !part.is_empty() {
        let _ = write!(said, "  Uid {}:\n    state=cch\n{part}", uid(user, app_id));
    }
}

/// One access, as the platform says when it was and how long ago that is.
fn access(phone: &Phone, record: &Record) -> String {
    let (at, ago) = (date(record.at), ago(phone, record.at));
    if record.refused {
        return format!("Reject: [bg-s]{at} ({ago})");
    }
    let lasted = if record.lasted > 0 { format!(" duration=+{}ms", record.lasted) } else { String::new() };
    format!("Access: [fg-s] {at} ({ago}){lasted}")
}
