//! `phone serve`: makes the phone of its facts, and serves it until its input ends.
//!
//! ```text
//! phone serve --folder DIR --facts FILE [--tree DIR] [--api N] [--user ID:KIND]... [--serial NAME]
//!             [--greeting ready|unauthorized|offline] [--sums] [--root] [--property NAME=VALUE]...
//! ```
//!
//! `FILE` is a snapshot, or a firmware tree where the name of a folder is given. The folder gets the log, the socket of the
//! desk and the links of the programs. It prints the port it listens on.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, Mutex};
use std::thread;

use keepone::source::{ReadOptions, Silent, read};

use crate::desk::Desk;
use crate::lie::Lies;
use crate::log::Log;
use crate::model::Phone;
use crate::model::fill::fill;
use crate::model::user::User;
use crate::program::NAMES;
use crate::wire::connection::{self, Greeting, Port, WITH_SUMS, WITHOUT_SUMS};
use crate::wire::cut::Cable;
use crate::wire::process::Surroundings;

/// What was asked for on the command line.
#[derive(Debug)]
struct Wanted {
    folder: PathBuf,
    facts: PathBuf,
    tree: Option<PathBuf>,
    api: Option<u32>,
    users: Vec<User>,
    properties: Vec<(String, String)>,
    serial: String,
    greeting: Greeting,
    version: u32,
    root: bool,
}

pub(crate) fn serve(words: impl Iterator<Item = String>) -> io::Result<()> {
    let wanted = parse(words).ok_or_else(|| io::Error::other("not understood; see tests/phone/serve.rs"))?;
    let phone = make(&wanted)?;
    let banner = banner(&phone);
    let programs = wanted.folder.join("bin");
    fs::create_dir_all(&programs)?;
    let own = std::env::current_exe()?;
    for name in NAMES {
        symlink(&own, programs.join(name))?;
    }
    symlink("/bin/sh", programs.join("sh"))?;
    let socket = wanted.folder.join("desk");
    let (cable, log) = (Arc::new(Cable::default()), Arc::new(Log::create(&wanted.folder.join("log"))?));
    let listener = UnixListener::bind(&socket)?;
    let desk = Arc::new(Desk {
        phone: Mutex::new(phone),
        lies: Mutex::new(Lies::default()),
        cable: Arc::clone(&cable),
        log: Arc::clone(&log),
    });
    thread::spawn(move || desk.serve(&listener));
    let port = Arc::new(Port {
        greeting: wanted.greeting,
        version: wanted.version,
        banner,
        surroundings: Surroundings { programs, desk: socket },
        cable,
        log,
        streams: AtomicU32::new(0),
        greeted: AtomicBool::new(false),
    });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut output = io::stdout();
    writeln!(output, "{}", listener.local_addr()?.port())?;
    output.flush()?;
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let port = Arc::clone(&port);
            thread::spawn(move || connection::serve(&port, connection));
        }
    });
    // Whoever started the phone holds its input: it ends with them.
    io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink())?;
    Ok(())
}

/// `phone image FACTS DIR`: writes the files that a phone of these facts shows.
pub(crate) fn image(words: impl Iterator<Item = String>) -> io::Result<()> {
    let words: Vec<String> = words.collect();
    let [facts, folder] = words.as_slice() else { return Err(io::Error::other("phone image FACTS DIR")) };
    let snapshot = read(facts.as_ref(), &ReadOptions::default(), &Silent).map_err(io::Error::other)?;
    for (path, content) in crate::image::files(&snapshot) {
        let file = PathBuf::from(folder).join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        fs::write(file, content)?;
    }
    Ok(())
}

fn parse(mut words: impl Iterator<Item = String>) -> Option<Wanted> {
    let mut wanted = Wanted {
        folder: PathBuf::new(),
        facts: PathBuf::new(),
        tree: None,
        api: None,
        users: Vec::new(),
        properties: Vec::new(),
        serial: "PHONE0001".to_owned(),
        greeting: Greeting::Ready,
        version: WITHOUT_SUMS,
        root: false,
    };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--sums" => {
                wanted.version = WITH_SUMS;
                continue;
            }
            "--root" => {
                wanted.root = true;
                continue;
            }
            _ => {}
        }
        let value = words.next()?;
        match word.as_str() {
            "--folder" => wanted.folder = value.into(),
            "--facts" => wanted.facts = value.into(),
            "--tree" => wanted.tree = Some(value.into()),
            "--api" => wanted.api = Some(value.parse().ok()?),
            "--user" => wanted.users.push(User::parse(&value)?),
            "--property" => {
                let (name, value) = value.split_once('=')?;
                wanted.properties.push((name.to_owned(), value.to_owned()));
            }
            "--serial" => wanted.serial = value,
            "--greeting" => {
                wanted.greeting = match value.as_str() {
                    "ready" => Greeting::Ready,
                    "unauthorized" => Greeting::Unauthorized,
                    "offline" => Greeting::Offline,
                    _ => return None,
                };
            }
            _ => return None,
        }
    }
    Some(wanted)
}

fn make(wanted: &Wanted) -> io::Result<Phone> {
    let snapshot = read(&wanted.facts, &ReadOptions::default(), &Silent).map_err(io::Error::other)?;
    let tree = wanted.tree.as_deref().or_else(|| wanted.facts.is_dir().then_some(wanted.facts.as_path()));
    let mut phone = fill(&snapshot, wanted.api, &wanted.users, tree)?;
    phone.root = wanted.root;
    phone.properties.entry("ro.serialno".to_owned()).or_insert_with(|| wanted.serial.clone());
    phone.properties.extend(wanted.properties.iter().cloned());
    // A name that two users share is a mistake of the caller.
    let ids: BTreeSet<u32> = phone.users.iter().map(|user| user.id).collect();
    if ids.len() < phone.users.len() {
        return Err(io::Error::other("two users of one id"));
    }
    Ok(phone)
}

/// What adbd says of itself. Names are as the host's `adb devices -l` shows them.
fn banner(phone: &Phone) -> String {
    let property = |name: &str| phone.properties.get(name).map_or("", String::as_str).replace(';', "");
    let names = ["ro.product.name", "ro.product.model", "ro.product.device"]
        .map(|name| format!("{name}={}", property(name)));
    format!("device::{};features=cmd,shell_v2,stat_v2,apex,abb", names.join(";"))
}
