//! Brings together what the files of a device say of its packages and what its platform says. Takes both, enters packages
//! into the snapshot; a package that only one of them knows is entered with what that one says.

use std::collections::{BTreeMap, BTreeSet};

use crate::package::{PackageName, is_on_data};
use crate::source::adb::told::{Told, is_apk};
use crate::source::adb::unread;
use crate::source::apk::ApkRead;
use crate::source::device::merge;
use crate::source::snapshot::{Snapshot, Split, UserState};
use crate::source::tree::{FileKind, Layout, Wanted, packages};
use crate::source::unread::{Unread, UnreadReason};

/// What the files say.
pub(super) struct Files<'a> {
    /// The layout of the paths.
    pub(super) layout: &'a Layout,
    /// All APKs of the image, and those that run from elsewhere.
    pub(super) apks: Vec<Wanted>,
    /// What each of them says.
    pub(super) read: Vec<Result<ApkRead, UnreadReason>>,
    /// Folders with compressed apps.
    pub(super) compressed: &'a BTreeSet<String>,
}

/// What is left of files after those that became packages by themselves.
struct Rest<'a> {
    layout: &'a Layout,
    /// Manifests of updates, by package.
    updates: BTreeMap<PackageName, Result<ApkRead, UnreadReason>>,
    /// Why the APK of a package was not read.
    failures: BTreeMap<PackageName, UnreadReason>,
    /// Base APKs of the image that belong to a package, whether they were read or not.
    copies: BTreeMap<PackageName, String>,
}

/// Enters every package. Returns the names of packages whose manifest was not read.
pub(super) fn packages(
    files: Files<'_>,
    told: &BTreeMap<PackageName, Told>,
    snapshot: &mut Snapshot,
) -> BTreeSet<PackageName> {
    let rest = of_files(files, told, snapshot);
    let mut by_name: BTreeMap<PackageName, Vec<usize>> = BTreeMap::new();
    let mut by_path: BTreeMap<String, usize> = BTreeMap::new();
    for (index, package) in snapshot.packages.iter().enumerate() {
        by_name.entry(package.name.clone()).or_default().push(index);
        by_path.insert(package.path.clone(), index);
    }
    let mut rest = rest;
    let mut without = BTreeSet::new();
    let mut known = BTreeSet::new();
    for (name, told) in told {
        let place = told.running_path().map(|path| rest.layout.canonical(&path));
        let mut own = by_name.get(name).cloned().unwrap_or_default();
        if own.is_empty() {
            // The platform may know a package by the name it had before.
            let renamed = place.as_ref().and_then(|place| by_path.get(place)).copied();
            own.extend(renamed.filter(|&index| {
                snapshot.packages.get(index).is_some_and(|package| merge::is_of(package, name))
            }));
        }
        known.extend(own.iter().copied());
        if told.is_updated() {
            updated(name, told, &own, &mut rest, snapshot, &mut without);
        } else if own.is_empty() {
            without.insert(name.clone());
            alone(name, told, place, &mut rest, snapshot);
        } else {
            for index in own {
                if let Some(package) = snapshot.packages.get_mut(index) {
                    package.name = name.clone();
                    told.enter(package);
                }
            }
        }
    }
    if !told.is_empty() {
        not_installed(&known, snapshot);
    }
    without
}

/// Enters what the files say by themselves, as the reader of a tree does, and sets apart what the platform has to speak of.
fn of_files<'a>(files: Files<'a>, told: &BTreeMap<PackageName, Told>, snapshot: &mut Snapshot) -> Rest<'a> {
    let layout = files.layout;
    let mut rest =
        Rest { layout, updates: BTreeMap::new(), failures: BTreeMap::new(), copies: BTreeMap::new() };
    let mut running: BTreeMap<String, (&PackageName, bool)> = BTreeMap::new();
    let mut folders: BTreeMap<String, &PackageName> = BTreeMap::new();
    for (name, told) in told {
        if let Some(file) = told.running_file() {
            running.insert(layout.canonical(&file), (name, told.is_updated()));
        }
        for path in [&told.code_path, &told.image_path].into_iter().flatten() {
            folders.insert(layout.canonical(path), name);
        }
    }
    let (mut apks, mut read) = (Vec::new(), Vec::new());
    for (file, said) in files.apks.into_iter().zip(files.read) {
        let owner = running.get(&file.place);
        if let Some((name, true)) = owner {
            rest.updates.insert((*name).clone(), said);
            continue;
        }
        let folder = packages::folder_of(&file.place);
        let lies_in = folders.get(&file.place).or_else(|| folders.get(folder));
        let owner = owner.map(|(name, _)| *name).or(lies_in.copied());
        match (owner, said) {
            (Some(name), Err(reason)) => {
                rest.copies.entry(name.clone()).or_insert(file.place);
                rest.failures.entry(name.clone()).or_insert(reason);
            }
            (_, said) => {
                apks.push(file);
                read.push(said);
            }
        }
    }
    packages::assemble(apks, read, files.compressed, snapshot);
    rest
}

/// Enters a package that runs from an update: the place is that of the image, all else is the update's.
fn updated(
    name: &PackageName,
    told: &Told,
    own: &[usize],
    rest: &mut Rest<'_>,
    snapshot: &mut Snapshot,
    without: &mut BTreeSet<PackageName>,
) {
    let copy_path = told.image_path.as_ref().map(|path| rest.layout.canonical(path));
    let of_image = |index: &&usize| {
        let package = snapshot.packages.get(**index);
        package.is_some_and(|package| match &copy_path {
            Some(path) => package.path == *path,
            None => !is_on_data(&package.path),
        })
    };
    let copy = own.iter().find(of_image).copied();
    let place = copy.and_then(|index| snapshot.packages.get(index)).cloned();
    let running = told.running_file().unwrap_or_default();
    let read = rest.updates.remove(name);
    let mut facts = match read {
        Some(Ok(read)) if read.split.is_none() && merge::is_of(&read.facts, name) => {
            snapshot.diagnostics.extend(read.diagnostics.into_iter().map(|mut diagnostic| {
                diagnostic.path.clone_from(&running);
                diagnostic
            }));
            let mut facts = read.facts;
            facts.name = name.clone();
            told.enter(&mut facts);
            facts
        }
        other => {
            let reason = match other {
                Some(Err(reason)) => reason,
                Some(Ok(_)) => not_its_base(name),
                None => UnreadReason::Absent,
            };
            snapshot.unread.push(unread("manifest", Some(name), reason));
            without.insert(name.clone());
            told.facts(name.clone(), String::new(), String::new())
        }
    };
    facts.update = told.update();
    let folder = running.rsplit_once('/').map_or("", |(folder, _)| folder);
    let split = |name: &String| Split { name: name.clone(), file: format!("{folder}/split_{name}.apk") };
    facts.splits = told.splits.iter().map(split).collect();
    if let Some(copy) = place {
        (facts.path, facts.file, facts.stub) = (copy.path, copy.file, copy.stub);
    } else {
        facts.path = copy_path.clone().or_else(|| told.running_path()).unwrap_or_default();
        let guess = copy_path.filter(|path| is_apk(path)).unwrap_or_else(|| running.clone());
        facts.file = rest.copies.remove(name).unwrap_or(guess);
    }
    match copy.and_then(|index| snapshot.packages.get_mut(index)) {
        Some(entry) => *entry = facts,
        None => snapshot.packages.push(facts),
    }
    for index in own.iter().filter(|index| Some(**index) != copy) {
        if let Some(other) = snapshot.packages.get_mut(*index) {
            told.enter(other);
        }
    }
}

/// Enters a package of which no file was read.
fn alone(
    name: &PackageName,
    told: &Told,
    place: Option<String>,
    rest: &mut Rest<'_>,
    snapshot: &mut Snapshot,
) {
    let reason = rest.failures.remove(name).unwrap_or(UnreadReason::Absent);
    let file = told.running_file().map(|file| rest.layout.canonical(&file));
    let file = file.or_else(|| rest.copies.remove(name));
    let path = place.or_else(|| file.clone());
    let (Some(path), Some(file)) = (path.clone(), file.or(path)) else {
        // Not even where it lies is known.
        snapshot.unread.push(Unread {
            kind: crate::source::unread::UnreadKind::Package,
            path: String::new(),
            package: Some(name.clone()),
            reason,
        });
        return;
    };
    snapshot.unread.push(unread("manifest", Some(name), reason));
    snapshot.packages.push(told.facts(name.clone(), path, file));
}

/// Notes of packages that lie in the image and that the platform does not know that no user has them.
fn not_installed(known: &BTreeSet<usize>, snapshot: &mut Snapshot) {
    let state = |user: u32| UserState { user, installed: Some(false), ..UserState::default() };
    let states: Vec<UserState> = snapshot.users.iter().map(|user| state(user.id)).collect();
    let unknown = snapshot.packages.iter_mut().enumerate().filter(|(index, _)| !known.contains(index));
    for (_, package) in unknown.filter(|(_, package)| package.states.is_empty()) {
        package.states.clone_from(&states);
    }
}

fn not_its_base(name: &PackageName) -> UnreadReason {
    let expected = format!("the base APK of {name}");
    UnreadReason::Malformed { part: "manifest".to_owned(), at: 0, expected }
}

/// Returns the APKs to read: those of the image, and those that run from elsewhere.
pub(super) fn apks(
    files: &BTreeMap<String, Wanted>,
    layout: &Layout,
    told: &BTreeMap<PackageName, Told>,
) -> Vec<Wanted> {
    let of_image = files.values().filter(|file| file.kind == FileKind::Apk);
    let mut apks: BTreeMap<String, Wanted> =
        of_image.map(|file| (file.place.clone(), file.clone())).collect();
    for file in told.values().filter_map(Told::running_file) {
        let place = layout.canonical(&file);
        let source = file.trim_start_matches('/').to_owned();
        let wanted = Wanted { kind: FileKind::Apk, place: place.clone(), source, open: file.into() };
        apks.entry(place).or_insert(wanted);
    }
    apks.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::apk::manifest::empty;
    use crate::source::snapshot::{PackageFacts, SourceKind, User, UserKind};

    fn name(name: &str) -> PackageName {
        PackageName::new(name).unwrap()
    }

    fn apk(place: &str) -> Wanted {
        Wanted { kind: FileKind::Apk, place: place.into(), source: place[1..].into(), open: place.into() }
    }

    fn says(package: &str, version: u64) -> ApkRead {
        let facts = PackageFacts { version_code: Some(version), ..empty(name(package)) };
        ApkRead { facts, split: None, diagnostics: Vec::new() }
    }

    fn read(
        apks: Vec<(Wanted, Result<ApkRead, UnreadReason>)>,
        told: &[(&str, Told)],
    ) -> (Snapshot, BTreeSet<PackageName>) {
        let mut snapshot = Snapshot::blank(SourceKind::Adb, "x".to_owned());
        snapshot.users.push(User { id: 0, kind: UserKind::Main });
        let (apks, read) = apks.into_iter().unzip();
        let files = Files { layout: &Layout::default(), apks, read, compressed: &BTreeSet::new() };
        let told = told.iter().map(|(package, told)| (name(package), told.clone())).collect();
        let without = packages(files, &told, &mut snapshot);
        (snapshot, without)
    }

    #[test]
    fn an_update_keeps_the_place_of_the_image_and_says_all_else() {
        let told = Told {
            code_path: Some("/data/app/~~x==/a.b-y==".into()),
            image_path: Some("/system/app/B".into()),
            version_code: Some(2),
            system: Some(true),
            ..Told::default()
        };
        let apks = vec![
            (apk("/system/app/B/B.apk"), Ok(says("a.b", 1))),
            (apk("/data/app/~~x==/a.b-y==/base.apk"), Ok(says("a.b", 2))),
        ];
        let (snapshot, without) = read(apks, &[("a.b", told)]);
        let [package] = &snapshot.packages[..] else { panic!("{:?}", snapshot.packages) };
        assert_eq!((package.path.as_str(), package.version_code), ("/system/app/B", Some(2)));
        let update = package.update.as_ref().unwrap();
        assert_eq!((update.path.as_str(), update.version_code), ("/data/app/~~x==/a.b-y==", Some(2)));
        assert!(without.is_empty() && snapshot.unread.is_empty());
    }

    #[test]
    fn a_package_whose_apk_was_not_read_keeps_what_the_platform_says() {
        let told =
            Told { code_path: Some("/data/app/a.b-1".into()), version_code: Some(3), ..Told::default() };
        let reason = UnreadReason::Encrypted;
        let (snapshot, without) =
            read(vec![(apk("/data/app/a.b-1/base.apk"), Err(reason.clone()))], &[("a.b", told)]);
        assert_eq!(snapshot.packages[0].version_code, Some(3));
        assert_eq!(snapshot.unread, [unread("manifest", Some(&name("a.b")), reason)]);
        assert_eq!(without.len(), 1);
    }

    #[test]
    fn a_file_that_the_platform_does_not_know_belongs_to_no_user() {
        let told = Told { code_path: Some("/system/app/C".into()), ..Told::default() };
        let apks = vec![
            (apk("/system/app/B/B.apk"), Ok(says("a.b", 1))),
            (apk("/system/app/C/C.apk"), Ok(says("c.d", 1))),
        ];
        let (snapshot, _) = read(apks, &[("c.d", told)]);
        let of = |package: &str| snapshot.packages.iter().find(|entry| entry.name == name(package)).unwrap();
        assert_eq!(of("a.b").states[0].installed, Some(false));
        assert!(of("c.d").states.is_empty());
    }
}
