//! The running device as a source. Takes a [`Reader`], which asks the platform one question at a time, gives an unsealed
//! [`Snapshot`]; never judges, and knows neither Java nor Android's interfaces.
//!
//! Packages are counted by a cheap query first, and what the platform answers is held against that count. Whatever goes
//! wrong with one answer - it is missing, too large, no JSON, of another package - becomes an entry of what was not read:
//! no package is lost, and nothing is made up. The manifest of each package is read from its APK too, for the platform
//! tells only of filters that answered a question.

mod answer;
mod bound;
pub(crate) mod merge;
mod reader;
mod whole;

use std::path::PathBuf;

use crate::package::PackageName;
use crate::source::apk::{self, Wanted};
use crate::source::snapshot::{PackageFacts, ProfileLayer, Snapshot, SourceKind};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

pub use reader::Reader;

/// How a device is read.
#[derive(Clone, Debug)]
pub struct DeviceOptions {
    /// Where the device's paths begin: `/` on a device, a folder in a test.
    pub root: PathBuf,
    /// Whether manifests are read from the APKs. Where they are not, that counts as not read.
    pub manifests: bool,
    /// When the facts were captured, RFC 3339 in UTC, as the caller says.
    pub captured: Option<String>,
    /// Files of the firmware that add to the rule, which the caller found.
    pub layers: Vec<ProfileLayer>,
}

impl Default for DeviceOptions {
    fn default() -> Self {
        Self { root: PathBuf::from("/"), manifests: true, captured: None, layers: Vec::new() }
    }
}

/// Reads the device that `reader` stands for. The snapshot is not sealed: [`crate::inventory::Inventory::fresh`] takes it
/// as it is, [`crate::source::count::seal`] makes it fit to be kept.
pub fn read_device(reader: &mut dyn Reader, options: &DeviceOptions) -> Snapshot {
    let mut snapshot = Snapshot::blank(SourceKind::Device, "device".to_owned());
    snapshot.captured.clone_from(&options.captured);
    snapshot.profile_layers.clone_from(&options.layers);
    let names = whole::names(reader, &mut snapshot);
    whole::device(reader, &mut snapshot);
    if !options.manifests {
        let reason = UnreadReason::Unsupported { what: "manifests were not asked for".to_owned() };
        snapshot.unread.push(facts("manifest", None, reason));
    }
    let known = snapshot.unread.iter().fold(merge::Known::ALL, |known, entry| known.without(&entry.path));
    let mut budget = bound::ALL_RECORDS;
    for (done, name) in names.iter().enumerate() {
        if done % PROGRESS_EVERY == 0 {
            reader.progress(done, names.len());
        }
        match record(reader, name, &mut budget) {
            Ok((mut facts, held)) => {
                let known = held.iter().fold(known, |known, entry| known.without(&entry.path));
                snapshot.unread.extend(held);
                if options.manifests {
                    manifest(&mut facts, known, options, &mut snapshot);
                }
                bound::labels(&mut facts, &mut snapshot.diagnostics);
                snapshot.packages.push(facts);
            }
            Err(reason) => snapshot.unread.push(Unread {
                kind: UnreadKind::Package,
                path: String::new(),
                package: Some(name.clone()),
                reason,
            }),
        }
    }
    reader.progress(names.len(), names.len());
    snapshot
}

/// How many packages are read between two reports of progress.
const PROGRESS_EVERY: usize = 16;

/// Some facts that were not read, of one package or of the device.
fn facts(what: &str, package: Option<&PackageName>, reason: UnreadReason) -> Unread {
    Unread { kind: UnreadKind::Facts, path: bound::short(what), package: package.cloned(), reason }
}

/// Reads the record of one package: its facts, and which of them the platform held back.
fn record(
    reader: &mut dyn Reader,
    name: &PackageName,
    budget: &mut usize,
) -> Result<(PackageFacts, Vec<Unread>), UnreadReason> {
    let bytes = reader.read(name)?.ok_or(UnreadReason::Gone)?;
    let too_large = |limit: usize| UnreadReason::TooLarge { size: size(bytes.len()), limit: size(limit) };
    if bytes.len() > bound::RECORD {
        return Err(too_large(bound::RECORD));
    }
    *budget = budget.checked_sub(bytes.len()).ok_or_else(|| too_large(*budget))?;
    let answer::Record { package, not_read } = answer::parse(&bytes)?;
    bound::check(&package, name)?;
    let held = not_read.into_iter().map(|entry| facts(&entry.what, Some(name), entry.because.into()));
    Ok((package, held.collect()))
}

/// Reads the manifest from the package's APK and unites it with what the platform said.
fn manifest(
    package: &mut PackageFacts,
    known: merge::Known,
    options: &DeviceOptions,
    snapshot: &mut Snapshot,
) {
    let file = running_file(package);
    let not_read = |reason| facts("manifest", Some(&package.name), reason);
    let Some(inside) = bound::inside(&file) else {
        let expected = "a path from the root without `..`".to_owned();
        snapshot.unread.push(not_read(UnreadReason::Malformed { part: "path".to_owned(), at: 0, expected }));
        return;
    };
    let labels =
        package.application.label.as_ref().is_none_or(|label| label.en.is_none() && label.zh.is_none());
    let wanted = Wanted { labels, digest: false, signers: false };
    match apk::read_guarded(&options.root.join(inside), wanted) {
        Err(reason) => snapshot.unread.push(not_read(reason)),
        Ok(read) if read.split.is_some() || !merge::is_of(&read.facts, &package.name) => {
            let expected = format!("the base APK of {}", package.name);
            let reason = UnreadReason::Malformed { part: "manifest".to_owned(), at: 0, expected };
            snapshot.unread.push(not_read(reason));
        }
        Ok(read) => {
            merge::unite(package, read.facts, known);
            snapshot.diagnostics.extend(read.diagnostics.into_iter().map(|mut diagnostic| {
                diagnostic.path.clone_from(&file);
                diagnostic
            }));
        }
    }
}

/// The base APK that runs: that of the update, where there is one. An installer always calls it `base.apk`
/// (`PackageInstallerSession.validateApkInstallLocked`).
fn running_file(package: &PackageFacts) -> String {
    match &package.update {
        None => package.file.clone(),
        Some(update) if has_extension(&update.path) => update.path.clone(),
        Some(update) => format!("{}/base.apk", update.path.trim_end_matches('/')),
    }
}

fn has_extension(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("apk"))
}

fn size(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
