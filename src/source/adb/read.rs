//! Reads a device: asks in three rounds on one stream, then brings the answers together.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::adb::{Answer, Gone, Shell};
use crate::package::{PackageName, is_on_data};
use crate::source::adb::assemble::{self, Files};
use crate::source::adb::compare::{self, Lists};
use crate::source::adb::dump::{self, Dump};
use crate::source::adb::listing::Listing;
use crate::source::adb::probed::{Answers, Spoken};
use crate::source::adb::role::Roles;
use crate::source::adb::told::Told;
use crate::source::adb::{
    Probe, answer, ask, getprop, image, listing, policy, probe, settings, unread, users,
};
use crate::source::count::seal;
use crate::source::expected::{self, Expected, Known};
use crate::source::property::is_kept;
use crate::source::read::{Progress, rfc3339};
use crate::source::snapshot::{
    Administrator, DefaultHolder, Device, Property, Snapshot, SourceKind, User, UserKind,
};
use crate::source::tree::properties::{self, PropertyFile};
use crate::source::tree::{self, FileKind, Wanted, config, packages};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// Where a property stands that the running device tells.
const GETPROP: &str = "getprop";

/// The first release with roles: Android 10.
const ROLES: u32 = 29;

/// What is wanted of a device.
#[derive(Debug, Default)]
pub struct Options<'a> {
    /// What the source is called: the serial as it was given.
    pub name: String,
    /// The user whose roles and components are asked for; the first when not given, or not there.
    pub user: Option<u32>,
    /// What the platform is asked about components.
    pub probes: &'a [Probe],
    /// When the facts were captured, in seconds since 1970; no clock is read.
    pub source_date_epoch: Option<u64>,
    /// What the device should have.
    pub expected: Option<&'a Expected>,
    /// Whether digests of files are wanted, which no reading over adb gives.
    pub digests: bool,
    /// Whether digests of signing certificates are wanted, which no reading over adb gives.
    pub signers: bool,
}

/// Reads the device behind `shell`.
///
/// # Errors
/// When the stream ends before every answer is whole. What a device does not tell is no error but listed.
pub fn read(shell: &mut dyn Shell, options: &Options<'_>, progress: &dyn Progress) -> Result<Snapshot, Gone> {
    let mut snapshot = Snapshot::blank(SourceKind::Adb, options.name.clone());
    let first = shell.ask(&ask::first())?;
    let mut first = first.iter();
    let properties = told_by(first.next()).and_then(|text| whole("properties", getprop::parse(&text)));
    let running = device(properties.as_deref().unwrap_or_default());
    if let Err(reason) = &properties {
        snapshot.unread.push(unread("properties", None, reason.clone()));
    }
    let (list, types) = (told_by(first.next()), told_by(first.next()));
    snapshot.users = who(list, types.as_deref().unwrap_or_default(), &mut snapshot.unread);
    let counted = told_by(first.next()).map(|text| listing::parse(&text).packages.len());
    let roots = ask::roots(told_by(first.next()).ok().as_deref());

    let mut commands = ask::whole(&roots);
    for user in &snapshot.users {
        commands.extend(ask::of_user(user.id, running.sdk));
    }
    let asked = options.user.filter(|user| snapshot.users.iter().any(|known| known.id == *user));
    let main = asked.unwrap_or_else(|| snapshot.users.first().map_or(0, |user| user.id));
    commands.extend(options.probes.iter().map(|asked| ask::probe(asked, main)));
    let answers = shell.ask(&commands)?;
    let mut answers = answers.iter();

    let dumped = told_by(answers.next());
    let mut dump = dumped.as_ref().map(|text| dump::parse(text)).unwrap_or_default();
    roles(told_by(answers.next()), running.sdk, main, &mut snapshot);
    administration(told_by(answers.next()), &mut snapshot);
    let files = files(answers.next(), &mut snapshot.unread);
    let mut told = BTreeMap::new();
    match &dumped {
        Ok(text) => of_dump(&dump, text, &mut told, &mut snapshot.unread),
        Err(reason) => snapshot.unread.push(unread("packages", None, reason.clone())),
    }
    let of_users: Vec<Vec<&Answer>> =
        snapshot.users.iter().map(|_| answers.by_ref().take(ask::PER_USER).collect()).collect();
    per_user(&of_users, counted, dump.has_packages, &mut told, &mut snapshot);
    let mut answered = Answers::default();
    probes(options.probes, answers, &mut answered, &mut snapshot.unread);

    let apks = assemble::apks(&files.files, &files.layout, &told);
    snapshot.unread.extend(not_listed(&apks, &files));
    let others: Vec<&Wanted> = files.files.values().filter(|file| file.kind != FileKind::Apk).collect();
    let read_whole = |file: &&&Wanted| !matches!(file.kind, FileKind::Apex | FileKind::Compressed);
    let to_read: Vec<&Wanted> = others.iter().filter(read_whole).copied().collect();
    progress.started(apks.len().saturating_add(to_read.len()));
    let contents = image::contents(shell, &to_read, progress)?;
    let manifests = image::manifests(shell, &apks, progress)?;
    progress.finished();

    let compressed = packages::compressed(files.places.iter().cloned());
    let of_files = Files { layout: &files.layout, apks, read: manifests, compressed: &compressed };
    let without = assemble::packages(of_files, &told, &mut snapshot);
    let mut spoken = Spoken::of(&mut dump, &answered, without.iter());
    for package in &mut snapshot.packages {
        spoken.enter(package);
    }
    let property_files = configuration(&to_read, contents, &mut snapshot);
    snapshot.device = joined(running, &property_files);
    let others: Vec<Wanted> = others.into_iter().cloned().collect();
    packages::note_compressed(&others, &mut snapshot);
    tree::note_apex(&others, files.places.iter().map(String::as_str), &mut snapshot);
    let hidden = answered.hidden(&snapshot, main, &without);
    snapshot.unread.extend(hidden);
    if let Some(expected) = options.expected {
        let known = Known::in_tree(files.places.iter().map(String::as_str), &snapshot, files.layout);
        expected::note_absent(expected, &known, &mut snapshot);
    }
    snapshot.unread.extend(not_given(options));
    snapshot.unread.sort();
    snapshot.unread.dedup();
    snapshot.diagnostics.sort();
    snapshot.captured = options.source_date_epoch.map(rfc3339);
    seal(&mut snapshot);
    Ok(snapshot)
}

/// What was wanted and is not read over adb: the bytes of the files stay on the device.
fn not_given(options: &Options<'_>) -> impl Iterator<Item = Unread> {
    let wanted = [("sha256", options.digests), ("signers", options.signers)];
    let asked = wanted.into_iter().filter(|(_, asked)| *asked);
    asked.map(|(what, _)| {
        let reason = UnreadReason::Unsupported { what: "digests over adb: files are not copied".to_owned() };
        unread(what, None, reason)
    })
}

/// Refuses an answer that was given and holds nothing of its form.
fn whole<T>(what: &str, parsed: Vec<T>) -> Result<Vec<T>, UnreadReason> {
    if parsed.is_empty() { Err(none_of(what)) } else { Ok(parsed) }
}

fn none_of(what: &str) -> UnreadReason {
    UnreadReason::Malformed { part: "text".to_owned(), at: 0, expected: what.to_owned() }
}

fn told_by(answer: Option<&Answer>) -> Result<Cow<'_, str>, UnreadReason> {
    answer::text(answer.ok_or_else(missing)?)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn missing() -> UnreadReason {
    UnreadReason::Internal { message: "an answer is missing".to_owned() }
}

/// Reads the users; a running phone has a first one, whatever it says.
fn who(list: Result<Cow<'_, str>, UnreadReason>, dump: &str, found: &mut Vec<Unread>) -> Vec<User> {
    let known = list.map(|list| users::parse(&list, dump));
    match known {
        Ok(known) if !known.is_empty() => return known,
        Ok(_) => {
            let expected = "the users of the phone".to_owned();
            let reason = UnreadReason::Malformed { part: "text".to_owned(), at: 0, expected };
            found.push(unread("users", None, reason));
        }
        Err(reason) => found.push(unread("users", None, reason)),
    }
    vec![User { id: 0, kind: UserKind::Unknown }]
}

/// The facts about the device that its properties tell.
pub(super) fn device(settings: &[(String, String)]) -> Device {
    let file = PropertyFile { path: GETPROP.to_owned(), settings: settings.to_vec() };
    properties::device(std::slice::from_ref(&file))
}

/// Names for each property of the running device the file that sets it so, where one does. Without any property of the
/// running device, the files stand.
fn joined(mut running: Device, files: &[PropertyFile]) -> Device {
    let of_image = properties::device(files);
    if running.properties.is_empty() {
        return of_image;
    }
    for (name, property) in &mut running.properties {
        if let Some(Property { path, .. }) =
            of_image.properties.get(name).filter(|set| set.value == property.value)
        {
            property.path.clone_from(path);
        }
    }
    running.properties.retain(|name, property| is_kept(name, &property.value));
    running
}

/// Enters who holds a role for the main user.
pub(super) fn roles(
    text: Result<Cow<'_, str>, UnreadReason>,
    sdk: Option<u32>,
    main: u32,
    snapshot: &mut Snapshot,
) {
    // Every release that has roles names the user whose they are.
    let roles = text.and_then(|text| {
        let roles = Roles::parse(&text);
        if roles.is_said() { Ok(roles) } else { Err(none_of("the roles of a user")) }
    });
    match roles {
        Ok(roles) => {
            for (role, holders) in roles.of_user(main) {
                let holder = |package: &PackageName| DefaultHolder {
                    role: role.to_owned(),
                    package: package.to_string(),
                    path: "dumpsys role".to_owned(),
                };
                snapshot.system_config.default_holders.extend(holders.iter().map(holder));
            }
            if !roles.is_whole() {
                let reason = none_of("package names as holders of roles");
                snapshot.unread.push(unread("default-holders", None, reason));
            }
        }
        // There are no roles before.
        Err(_) if sdk.is_some_and(|sdk| sdk < ROLES) => {}
        Err(reason) => snapshot.unread.push(unread("default-holders", None, reason)),
    }
}

/// Enters who administers the device or owns it.
fn administration(text: Result<Cow<'_, str>, UnreadReason>, snapshot: &mut Snapshot) {
    let text = match text {
        Ok(text) => text,
        Err(reason) => {
            snapshot.unread.push(unread("administrators", None, reason));
            return;
        }
    };
    let policy = policy::parse(&text);
    let mut holders: BTreeMap<(u32, &str), bool> = BTreeMap::new();
    for (user, component) in &policy.admins {
        if let Some((package, _)) = component.split_once('/') {
            holders.entry((*user, package)).or_default();
        }
    }
    let main = snapshot.users.first().map_or(0, |user| user.id);
    let owners = policy.device_owner.map(|package| (main, package)).into_iter().chain(policy.profile_owners);
    holders.extend(owners.map(|owner| (owner, true)));
    snapshot.administrators.extend(holders.into_iter().map(|((user, package), owner)| Administrator {
        user,
        package: package.to_owned(),
        owner,
    }));
}

/// Reads the list of files.
fn files(answer: Option<&Answer>, found: &mut Vec<Unread>) -> image::Listing {
    let Some(answer) = answer else { return image::Listing::default() };
    let text = answer.text();
    let mut files = image::listing(&text);
    found.append(&mut files.unread);
    // `find` ends with another status where one folder was barred; what it listed stands.
    let is_ended = text.ends_with('\n');
    if answer.cut || files.places.is_empty() || !is_ended {
        let reason = match answer::bytes(answer) {
            Err(reason) => reason,
            Ok(_) if !is_ended => none_of("a list of files that ends with a line"),
            Ok(_) => UnreadReason::Absent,
        };
        found.push(Unread { kind: UnreadKind::Folder, path: "/".to_owned(), package: None, reason });
    }
    files
}

/// The platform names APKs of the image that the list of its files lacks: the list is not whole, and configuration may be
/// missing as well.
fn not_listed(apks: &[Wanted], files: &image::Listing) -> Option<Unread> {
    let of_image =
        |place: &str| !is_on_data(place) && !place.starts_with("/apex/") && !place.starts_with("/mnt/");
    let named = apks.iter().filter(|apk| of_image(&apk.place));
    let missing = named.clone().filter(|apk| !files.places.contains(&apk.place)).count();
    if missing == 0 || files.places.is_empty() {
        return None;
    }
    let named = named.count();
    let reason =
        UnreadReason::CountDiffers { counted: count(named), found: count(named.saturating_sub(missing)) };
    Some(Unread { kind: UnreadKind::Folder, path: "/".to_owned(), package: None, reason })
}

/// Takes what the dump says of each package. What a cut one lacks shows when it is held against the lists; a line that was
/// cut in the middle shows here.
fn of_dump(dump: &Dump<'_>, text: &str, told: &mut BTreeMap<PackageName, Told>, found: &mut Vec<Unread>) {
    if !dump.has_packages || !(dump.is_ended || text.ends_with('\n')) {
        found.push(not_ended(dump));
    }
    enter_dump(dump, told, found);
}

/// A dump that stops before its end.
pub(super) fn not_ended(dump: &Dump<'_>) -> Unread {
    let expected = if dump.has_packages { "a section behind the packages" } else { "a section of packages" };
    let reason = UnreadReason::Malformed { part: "text".to_owned(), at: 0, expected: expected.to_owned() };
    unread("packages", None, reason)
}

/// Enters the packages of a dump and the copies in the image of those that were updated.
pub(super) fn enter_dump(dump: &Dump<'_>, told: &mut BTreeMap<PackageName, Told>, found: &mut Vec<Unread>) {
    for package in &dump.packages {
        match PackageName::new(package.name) {
            Ok(name) => {
                told.insert(name, Told::of_dump(package));
            }
            Err(error) => found.push(Unread {
                kind: UnreadKind::Package,
                path: package.code_path.unwrap_or_default().chars().take(300).collect(),
                package: None,
                reason: UnreadReason::BadName { name: error.name.chars().take(300).collect() },
            }),
        }
    }
    for hidden in &dump.hidden {
        let Ok(name) = PackageName::new(hidden.name) else { continue };
        let told = told.entry(name).or_default();
        told.image_path = hidden.code_path.map(str::to_owned);
        told.image_version = hidden.version_code;
        told.system = Some(true);
    }
}

/// Enters what is told of each user's packages and lists where it differs from the dump.
fn per_user(
    answers: &[Vec<&Answer>],
    counted: Result<usize, UnreadReason>,
    has_dump: bool,
    told: &mut BTreeMap<PackageName, Told>,
    snapshot: &mut Snapshot,
) {
    let users: Vec<u32> = snapshot.users.iter().map(|user| user.id).collect();
    let texts: Vec<Vec<Result<Cow<'_, str>, UnreadReason>>> = answers
        .iter()
        .map(|answers| answers.iter().take(ask::LISTS).map(|answer| answer::text(answer)).collect())
        .collect();
    let mut lists: Vec<Lists<'_>> = Vec::new();
    for (user, texts) in users.iter().zip(&texts) {
        let list = |index: usize| -> Result<Listing<'_>, UnreadReason> {
            let text = texts.get(index).ok_or_else(missing)?;
            text.as_ref().map(|text| listing::parse(text)).map_err(Clone::clone)
        };
        lists.push(Lists {
            user: *user,
            installed: list(0),
            all: list(1),
            system: list(2),
            disabled: list(3),
        });
    }
    for lists in &lists {
        compare::enter(lists, has_dump, told, &mut snapshot.unread);
    }
    for lists in &lists {
        snapshot.unread.extend(compare::differences(lists, has_dump, told));
    }
    match (counted, lists.first().map(|lists| &lists.installed)) {
        (Ok(counted), Some(Ok(listed))) if counted != listed.packages.len() => {
            let found = count(listed.packages.len());
            let reason = UnreadReason::CountDiffers { counted: count(counted), found };
            snapshot.unread.push(unread("count", None, reason));
        }
        (Err(reason), _) => snapshot.unread.push(unread("count", None, reason)),
        _ => {}
    }
    for (user, answers) in users.iter().zip(answers) {
        blocked(*user, answers.get(ask::LISTS).copied(), told, &mut snapshot.unread);
    }
}

/// Enters for which packages uninstalling is blocked. Only a shell with the rights of root may read that.
fn blocked(
    user: u32,
    answer: Option<&Answer>,
    told: &mut BTreeMap<PackageName, Told>,
    found: &mut Vec<Unread>,
) {
    let what = format!("block-uninstall, user {user}");
    let bytes = answer.ok_or_else(missing).and_then(answer::bytes);
    match bytes.and_then(settings::restrictions) {
        Ok(restrictions) => {
            for (name, told) in told {
                let is_blocked = restrictions.blocked.contains(name.as_str());
                told.set(user, |state| state.block_uninstall = Some(is_blocked));
            }
        }
        Err(reason) => found.push(unread(&what, None, reason)),
    }
}

/// Takes the answers to the probes. A device that does not know the question is told so once.
fn probes<'a>(
    asked: &[Probe],
    answers: impl Iterator<Item = &'a Answer>,
    given: &mut Answers,
    found: &mut Vec<Unread>,
) {
    let mut reasons: BTreeSet<UnreadReason> = BTreeSet::new();
    for (asked, answer) in asked.iter().zip(answers) {
        let text = match answer::text(answer) {
            Ok(text) => text,
            Err(reason) => {
                reasons.insert(reason);
                continue;
            }
        };
        let Some(answered) = probe::parse(&text) else {
            let expected = format!("a number of components, not {:?}", answer::short(&text));
            reasons.insert(UnreadReason::Malformed { part: "text".to_owned(), at: 0, expected });
            continue;
        };
        given.add(asked, &answered.components);
        let length = answered.components.len();
        if answered.counted != Some(length) {
            let counted = count(answered.counted.unwrap_or_default());
            reasons.insert(UnreadReason::CountDiffers { counted, found: count(length) });
        }
    }
    found.extend(reasons.into_iter().take(8).map(|reason| unread("probes", None, reason)));
}

/// Enters the configuration files as the reader of a tree does. Property files that this shell may not read are no loss: the
/// running device told the values.
fn configuration(
    files: &[&Wanted],
    contents: Vec<Result<Vec<u8>, UnreadReason>>,
    snapshot: &mut Snapshot,
) -> Vec<PropertyFile> {
    let told_by_device = snapshot.unread.iter().all(|unread| unread.path != "properties");
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    for (file, content) in files.iter().zip(contents) {
        if told_by_device && file.kind == FileKind::Properties && content.is_err() {
            continue;
        }
        kept.push((*file).clone());
        left.push(content);
    }
    let mut left = left.into_iter();
    config::enter(&kept, |_| left.next().unwrap_or_else(|| Err(missing())), snapshot)
}
