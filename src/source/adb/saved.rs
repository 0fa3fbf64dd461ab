//! What was saved of a phone: the output of `dumpsys package`, a bug report with that in it, or the package manager's own
//! `packages.xml`. Takes a file, gives an unsealed [`Snapshot`] of what it says; all that such a file cannot say is listed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use crate::package::PackageName;
use crate::source::adb::assemble::{self, Files};
use crate::source::adb::probed::{Answers, Spoken};
use crate::source::adb::read::{device, enter_dump, not_ended, roles};
use crate::source::adb::settings::{self, ABX_MAGIC};
use crate::source::adb::told::Told;
use crate::source::adb::{dump, getprop, unread};
use crate::source::apk::archive::Archive;
use crate::source::error::Error;
use crate::source::read::last_part;
use crate::source::snapshot::{Snapshot, SourceKind, User, UserKind};
use crate::source::tree::Layout;
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// The largest file that is read. A bug report of a phone holds up to 150 MB of text.
const MAX_SIZE: u64 = 512 * 1024 * 1024;

/// Words by which what was saved is told from other files, near its beginning.
const WORDS: [&[u8]; 9] = [
    b"DUMP OF SERVICE",
    b"== dumpstate:",
    b"Database versions:",
    b"Known Packages:",
    b"Verifiers:\n",
    b"Activity Resolver Table:",
    b"Packages:\n  Package [",
    b"<packages>",
    b"<packages ",
];

/// Tells whether a file that begins with `start` is something saved of a phone.
pub(crate) fn is_saved(start: &[u8]) -> bool {
    start.starts_with(ABX_MAGIC) || WORDS.iter().any(|word| memchr::memmem::find(start, word).is_some())
}

/// Tells whether an archive is a bug report, by the names in it.
pub(crate) fn is_bug_report(path: &Path) -> bool {
    let report = std::fs::File::open(path).ok().and_then(|file| {
        let length = file.metadata().ok()?.len();
        Archive::open_for(rawzip::FileReader::from(file), length, is_report).ok()?.wanted()
    });
    report.is_some()
}

/// The text of a bug report among the files of its archive (`dumpstate`, Android 7 to 16).
fn is_report(name: &[u8]) -> bool {
    let named = |start: &[u8]| name.starts_with(start) && name.ends_with(b".txt");
    !name.contains(&b'/') && (named(b"bugreport-") || named(b"dumpstate-") || name == b"dumpstate.txt")
}

/// Reads what was saved in the file at `path`.
///
/// # Errors
/// When the file cannot be read, is too large, or says nothing of packages.
pub(crate) fn read(path: &Path) -> Result<Snapshot, Error> {
    let bytes = bytes_of(path)?;
    let mut snapshot = Snapshot::blank(SourceKind::Dump, last_part(path));
    snapshot.source.sha256 = Some(crate::package::Sha256Digest::of(&bytes));
    let is_xml = {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
        text.starts_with(b"<") || bytes.starts_with(ABX_MAGIC)
    };
    let report = if bytes.starts_with(b"PK") { Some(report(&bytes, path)?) } else { None };
    if is_xml {
        of_file(&bytes, &mut snapshot);
    } else {
        of_text(&String::from_utf8_lossy(report.as_deref().unwrap_or(&bytes)), &mut snapshot);
    }
    if snapshot.packages.is_empty() {
        let problem = snapshot.unread.first().map(|unread| unread.reason.clone());
        return Err(Error::NoPackages { path: path.to_owned(), reason: problem });
    }
    not_held(&mut snapshot);
    snapshot.unread.sort();
    snapshot.unread.dedup();
    Ok(snapshot)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(MAX_SIZE.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MAX_SIZE {
        return Err(Error::TooLarge { path: path.to_owned(), size, limit: MAX_SIZE });
    }
    Ok(bytes)
}

/// Takes the text of a bug report out of its archive.
fn report(bytes: &[u8], path: &Path) -> Result<Vec<u8>, Error> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let none = |reason| Error::NoPackages { path: path.to_owned(), reason };
    let archive = Archive::open_for(bytes, length, is_report).map_err(|reason| none(Some(reason)))?;
    let entry = archive.wanted().ok_or_else(|| none(None))?;
    archive.read(&entry, MAX_SIZE).map_err(|reason| none(Some(reason)))
}

/// Enters what a dump or a bug report says.
fn of_text(text: &str, snapshot: &mut Snapshot) {
    let packages = dump::service(text, "package");
    let is_report = packages.is_some();
    let mut dump = dump::parse(packages.unwrap_or(text));
    if !dump.is_ended {
        snapshot.unread.push(not_ended(&dump));
    }
    let properties = if is_report { getprop::parse(properties(text)) } else { Vec::new() };
    snapshot.device = device(&properties);
    snapshot.device.fingerprint = snapshot.device.fingerprint.take().or(dump.fingerprint.map(str::to_owned));
    snapshot.device.sdk = snapshot.device.sdk.or(dump.sdk);
    let mut told = BTreeMap::new();
    enter_dump(&dump, &mut told, &mut snapshot.unread);
    let users: BTreeSet<u32> =
        told.values().flat_map(|told: &Told| &told.users).map(|told| told.state.user).collect();
    let kind = |id| if id == 0 { UserKind::Main } else { UserKind::Unknown };
    snapshot.users = users.into_iter().map(|id| User { id, kind: kind(id) }).collect();
    let held = dump::service(text, "role").map(Cow::Borrowed).ok_or_else(not_saved);
    let main = snapshot.users.first().map_or(0, |user| user.id);
    roles(held, snapshot.device.sdk, main, snapshot);
    let answers = Answers::default();
    enter(&told, Spoken::of(&mut dump, &answers, told.keys()), snapshot);
}

/// The properties in a bug report.
fn properties(text: &str) -> &str {
    const TITLE: &str = "SYSTEM PROPERTIES (";
    let Some(rest) = text.find(TITLE).and_then(|at| text.get(at..)) else { return "" };
    let end = rest.find("\n------ ").unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Enters what the package manager's own file says.
fn of_file(bytes: &[u8], snapshot: &mut Snapshot) {
    let said = match settings::packages(bytes) {
        Ok(said) => said,
        Err(reason) => {
            snapshot.unread.push(unread("packages", None, reason));
            return;
        }
    };
    snapshot.device.sdk = said.sdk;
    snapshot.device.fingerprint.clone_from(&said.fingerprint);
    let mut told: BTreeMap<PackageName, Told> = BTreeMap::new();
    for kept in &said.packages {
        match PackageName::new(&kept.name) {
            Ok(name) => {
                let shared = said.shared_users.iter().find(|(id, _)| Some(*id) == kept.shared_user);
                told.insert(name, Told::of_file(kept, shared.map(|(_, name)| name.as_str())));
            }
            Err(error) => snapshot.unread.push(Unread {
                kind: UnreadKind::Package,
                path: kept.code_path.clone().unwrap_or_default(),
                package: None,
                reason: UnreadReason::BadName { name: error.name },
            }),
        }
    }
    for kept in &said.updated {
        let Ok(name) = PackageName::new(&kept.name) else { continue };
        let told = told.entry(name).or_default();
        told.image_path.clone_from(&kept.code_path);
        told.system = Some(true);
    }
    if said.nameless > 0 {
        let found = u32::try_from(said.packages.len()).unwrap_or(u32::MAX);
        let counted = found.saturating_add(u32::try_from(said.nameless).unwrap_or(u32::MAX));
        snapshot.unread.push(unread("packages", None, UnreadReason::CountDiffers { counted, found }));
    }
    snapshot.unread.push(unread("users", None, not_saved()));
    snapshot.unread.push(unread("probes", None, not_saved()));
    snapshot.unread.push(unread("default-holders", None, not_saved()));
    enter(&told, Spoken::default(), snapshot);
}

/// Enters the packages. That none has a manifest is said once.
fn enter(told: &BTreeMap<PackageName, Told>, mut spoken: Spoken<'_>, snapshot: &mut Snapshot) {
    let layout = Layout::default();
    let files = Files { layout: &layout, apks: Vec::new(), read: Vec::new(), compressed: &BTreeSet::new() };
    assemble::packages(files, told, snapshot);
    snapshot.unread.retain(|unread| unread.path != "manifest" || unread.reason != UnreadReason::Absent);
    for package in &mut snapshot.packages {
        spoken.enter(package);
    }
}

/// Lists what no such file holds.
fn not_held(snapshot: &mut Snapshot) {
    for what in ["manifest", "block-uninstall", "configuration"] {
        snapshot.unread.push(unread(what, None, not_saved()));
    }
}

fn not_saved() -> UnreadReason {
    UnreadReason::Unsupported { what: "it is not part of what was saved".to_owned() }
}
