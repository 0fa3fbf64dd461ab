//! `pm list packages`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::{Lies, Place};
use crate::model::state::{App, Enabled};
use crate::model::{Package, Phone};
use crate::say::text::{Arguments, exception};

pub(crate) fn packages(phone: &Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let known = |flag: &str| match flag {
        "-f" | "-s" | "-3" | "-d" | "-e" | "-i" | "-u" | "-l" | "-lf" => true,
        "-U" | "--show-versioncode" => phone.api >= 26,
        "-a" | "--apex-only" | "--factory-only" => phone.api >= 29,
        "-q" => phone.api >= 35,
        _ => false,
    };
    if let Some(flag) = arguments.flags.iter().find(|flag| !known(flag)) {
        return Answer::failed(255, format!("Error: Unknown option: {flag}\n"));
    }
    // Without `--user` the list is that of the first user; from Android 8 on `all` unites the users.
    let users: Vec<u32> = match arguments.user() {
        Some(user) if phone.has_user(user) => vec![user],
        Some(_) => return Answer::said(""),
        None if arguments.user == Some("all") => phone.users.iter().map(|user| user.id).collect(),
        None => return exception(phone.api, "list", "java.lang.IllegalArgumentException: Bad user number"),
    };
    let mut said = String::new();
    for (name, package) in &phone.packages {
        let wanted = arguments.plain.first().is_none_or(|part| name.contains(part));
        if !wanted || arguments.has("--apex-only") || lies.hides(Place::Lists, name) {
            continue;
        }
        let holds =
            |user: &&u32| package.users.get(*user).is_some_and(|app| is_listed(package, app, &arguments));
        let holders: Vec<&u32> = users.iter().filter(holds).collect();
        if !holders.is_empty() {
            line(&mut said, phone, name, package, &holders, &arguments);
        }
    }
    for name in &phone.intruders {
        let file = if arguments.has("-f") { format!("/data/app/{name}-1/base.apk=") } else { String::new() };
        let code = if arguments.has("--show-versioncode") { " versionCode:1" } else { "" };
        let installer = if arguments.has("-i") { "  installer=null" } else { "" };
        let uid = if arguments.has("-U") { " uid:10999" } else { "" };
        let _ = writeln!(said, "package:{file}{name}{code}{installer}{uid}");
    }
    Answer::said(said)
}

fn is_listed(package: &Package, app: &App, arguments: &Arguments) -> bool {
    let there = app.installed && !app.hidden || arguments.has("-u");
    let stated = package.facts.application.enabled.as_ref().and_then(|enabled| enabled.value()).copied();
    let enabled = match app.enabled {
        Enabled::Default => stated.unwrap_or(true),
        Enabled::On => true,
        _ => false,
    };
    there
        && (!arguments.has("-d") || !enabled)
        && (!arguments.has("-e") || enabled)
        && (!arguments.has("-s") || package.system)
        && (!arguments.has("-3") || !package.system)
        && (!arguments.has("--factory-only") || package.system)
}

fn line(
    said: &mut String,
    phone: &Phone,
    name: &str,
    package: &Package,
    users: &[&u32],
    arguments: &Arguments,
) {
    let factory = arguments.has("--factory-only");
    said.push_str("package:");
    if arguments.has("-f") {
        let file = if factory { package.facts.file.clone() } else { package.source_dir() };
        let _ = write!(said, "{file}=");
    }
    said.push_str(name);
    if arguments.has("--show-versioncode") {
        let code = if factory { package.facts.version_code.unwrap_or(0) } else { package.version_code() };
        let _ = write!(said, " versionCode:{code}");
    }
    if arguments.has("-i") {
        let _ = write!(said, "  installer={}", package.installer.as_deref().unwrap_or("null"));
    }
    if arguments.has("-U") {
        // One uid per user that has it, from Android 13 on; before, that of the first.
        let uids = users.iter().map(|user| package.uid(**user).to_string());
        let uids: Vec<String> = if phone.api >= 33 { uids.collect() } else { uids.take(1).collect() };
        let _ = write!(said, " uid:{}", uids.join(","));
    }
    said.push('\n');
}
