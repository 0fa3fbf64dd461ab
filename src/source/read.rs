//! Reads any source by its path. Takes the path and what is wanted, gives a sealed [`Snapshot`].

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::source::apk::{self, Wanted};
use crate::source::error::{Error, Foreign};
use crate::source::expected::{self, Expected, Known};
use crate::source::snapshot::{Snapshot, SourceKind, Totals};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};
use crate::source::{count, load, tree};

/// What is wanted of a source.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The kind of source; detected when not given.
    pub kind: Option<SourceKind>,
    /// A list of what the device should have: package names or paths, see [`expected::parse`].
    pub expected: Option<PathBuf>,
    /// Whether labels are resolved from the APKs' resource tables.
    pub labels: bool,
    /// Whether the files are digested.
    pub digests: bool,
    /// Whether the digests of signing certificates are read.
    pub signers: bool,
    /// When the facts were captured, in seconds since 1970 (`SOURCE_DATE_EPOCH`); no clock is read.
    pub source_date_epoch: Option<u64>,
    /// The `adb` program; found as [`crate::adb::Program::find`] does when not given.
    #[cfg(feature = "cli")]
    pub adb: Option<PathBuf>,
    /// The user of the phone whose roles and components a device seen through `adb` is asked for; the first when not given.
    #[cfg(feature = "cli")]
    pub user: Option<u32>,
    /// What a device seen through `adb` is asked about its components.
    #[cfg(feature = "cli")]
    pub probes: Vec<crate::source::adb::Probe>,
}

impl ReadOptions {
    pub(crate) const fn wanted(&self) -> Wanted {
        Wanted { labels: self.labels, digest: self.digests, signers: self.signers }
    }
}

/// Something that is told how far reading has come. Calls come from several threads.
pub trait Progress: Sync {
    /// Reading of `total` files begins.
    fn started(&self, total: usize);
    /// One more file is done.
    fn advanced(&self);
    /// All files are done.
    fn finished(&self) {}
}

/// Progress that nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn started(&self, _total: usize) {}
    fn advanced(&self) {}
}

/// Reads the source at `path`: a folder as a firmware tree, a file as an APK or a snapshot.
///
/// What cannot be read inside the source is listed in [`Snapshot::unread`] with its reason and stops nothing.
///
/// # Errors
/// When the source as a whole cannot be read: it is not there, is empty, holds no APK, is broken, or is of a kind that
/// is not read.
pub fn read(path: &Path, options: &ReadOptions, progress: &dyn Progress) -> Result<Snapshot, Error> {
    let kind = detect(path, options.kind)?;
    let expected = options.expected.as_deref().map(expected::read).transpose()?;
    let mut snapshot = match kind {
        SourceKind::Tree => tree::read(path, options, expected.as_ref(), progress)?,
        SourceKind::Apk => read_apk(path, options, progress)?,
        SourceKind::Snapshot => {
            let loaded = load::load(path)?;
            let Some(expected) = expected else { return Ok(loaded) };
            return Ok(with_expected(loaded, &expected));
        }
        #[cfg(feature = "cli")]
        SourceKind::Adb => return read_adb(path, options, expected.as_ref(), progress),
        #[cfg(feature = "cli")]
        SourceKind::Dump => crate::source::adb::saved::read(path)?,
        #[cfg(not(feature = "cli"))]
        SourceKind::Adb | SourceKind::Dump => {
            return Err(Error::Unsupported { path: path.to_owned(), what: Foreign::Adb });
        }
        SourceKind::Device => {
            return Err(Error::Unsupported { path: path.to_owned(), what: Foreign::Device });
        }
    };
    if let Some(expected) = &expected
        && matches!(kind, SourceKind::Apk | SourceKind::Dump)
    {
        expected::note_absent(expected, &Known::of(&snapshot), &mut snapshot);
    }
    snapshot.captured = options.source_date_epoch.map(rfc3339);
    count::seal(&mut snapshot);
    Ok(snapshot)
}

/// Reads a device through the `adb` program. What stands behind `adb:` is its serial; without one, the only device is meant.
#[cfg(feature = "cli")]
fn read_adb(
    path: &Path,
    options: &ReadOptions,
    expected: Option<&Expected>,
    progress: &dyn Progress,
) -> Result<Snapshot, Error> {
    let named = path.to_string_lossy();
    let serial = if is_adb(path) { named.strip_prefix("adb").unwrap_or_default() } else { &*named };
    let serial = serial.trim_start_matches(':');
    let program = crate::adb::Program::find(options.adb.as_deref())?;
    let picked = program.pick((!serial.is_empty()).then_some(serial))?;
    let mut shell = program.shell(&picked)?;
    let options = crate::source::adb::Options {
        name: if serial.is_empty() { "adb".to_owned() } else { serial.to_owned() },
        user: options.user,
        probes: &options.probes,
        source_date_epoch: options.source_date_epoch,
        expected,
        digests: options.digests,
        signers: options.signers,
    };
    let read = crate::source::adb::read(&mut shell, &options, progress);
    Ok(read.map_err(crate::adb::Error::from)?)
}

/// Notes what a loaded snapshot lacks. Only the entries added are counted anew: what its writer counted stays, so that a
/// thinned snapshot is still noticed.
fn with_expected(mut snapshot: Snapshot, expected: &Expected) -> Snapshot {
    let before = count::totals(&snapshot);
    let known = Known::of(&snapshot);
    expected::note_absent(expected, &known, &mut snapshot);
    let after = count::totals(&snapshot);
    let grown = |stated: u32, before: u32, after: u32| stated.saturating_add(after.saturating_sub(before));
    snapshot.totals = Totals {
        packages: snapshot.totals.packages,
        unread: grown(snapshot.totals.unread, before.unread, after.unread),
        facts: grown(snapshot.totals.facts, before.facts, after.facts),
    };
    snapshot
}

/// Tells the kind of source, or holds `path` against the kind that was asked for.
fn detect(path: &Path, asked: Option<SourceKind>) -> Result<SourceKind, Error> {
    let unsupported = |what| Error::Unsupported { path: path.to_owned(), what };
    if asked == Some(SourceKind::Adb) {
        return Ok(SourceKind::Adb);
    }
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(_) if is_adb(path) && asked.is_none() => return Ok(SourceKind::Adb),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NotFound { path: path.to_owned() });
        }
        Err(source) => return Err(Error::Io { path: path.to_owned(), source }),
    };
    match asked {
        Some(kind @ SourceKind::Tree) if !metadata.is_dir() => {
            Err(Error::WrongKind { path: path.to_owned(), kind })
        }
        Some(kind @ (SourceKind::Apk | SourceKind::Snapshot | SourceKind::Dump)) if metadata.is_dir() => {
            Err(Error::WrongKind { path: path.to_owned(), kind })
        }
        _ if !metadata.is_dir() && !metadata.is_file() => Err(unsupported(Foreign::Special)),
        Some(kind) => Ok(kind),
        None if metadata.is_dir() => Ok(SourceKind::Tree),
        None => kind_of_file(path),
    }
}

fn is_adb(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path == "adb" || path.starts_with("adb:"))
}

/// Tells the kind of a file by its extension, else by its first bytes.
fn kind_of_file(path: &Path) -> Result<SourceKind, Error> {
    let unsupported = |what| Err(Error::Unsupported { path: path.to_owned(), what });
    let extension =
        path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "apk" => return Ok(SourceKind::Apk),
        "json" => return Ok(SourceKind::Snapshot),
        "apks" | "xapk" | "apkm" | "aab" => return unsupported(Foreign::Bundle),
        #[cfg(feature = "cli")]
        "zip" if crate::source::adb::saved::is_bug_report(path) => return Ok(SourceKind::Dump),
        "img" | "zip" | "bin" | "ozip" | "ofp" | "ops" | "tar" | "md5" | "tgz" | "br" | "dat" | "apex"
        | "capex" => {
            return unsupported(Foreign::Image);
        }
        _ => {}
    }
    let mut start = [0; 4096];
    let mut file = std::fs::File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let length = file.read(&mut start).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let start = start.get(..length).unwrap_or_default();
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if text.starts_with(b"{") {
        Ok(SourceKind::Snapshot)
    } else if start.starts_with(b"PK\x03\x04") {
        Ok(SourceKind::Apk)
    } else if start.starts_with(b"CrAU") || start.starts_with(&[0x3a, 0xff, 0x26, 0xed]) {
        unsupported(Foreign::Image)
    } else if is_saved(start) {
        Ok(SourceKind::Dump)
    } else {
        unsupported(Foreign::File)
    }
}

/// Tells what was saved of a phone from other files.
fn is_saved(start: &[u8]) -> bool {
    #[cfg(feature = "cli")]
    return crate::source::adb::saved::is_saved(start);
    #[cfg(not(feature = "cli"))]
    {
        let _ = start;
        false
    }
}

/// Reads one APK. Its place on a device is not known, so its paths are its file name.
fn read_apk(path: &Path, options: &ReadOptions, progress: &dyn Progress) -> Result<Snapshot, Error> {
    // An APK that cannot be opened is no fact about the package in it.
    std::fs::File::open(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    let name = last_part(path);
    let mut snapshot = Snapshot::blank(SourceKind::Apk, name.clone());
    progress.started(1);
    match apk::read_guarded(path, options.wanted()) {
        Ok(apk::ApkRead { split: Some(split), facts, diagnostics }) => {
            let reason = UnreadReason::NoBase { split };
            snapshot.unread.push(Unread {
                kind: UnreadKind::Split,
                path: name,
                package: Some(facts.name),
                reason,
            });
            snapshot.diagnostics = diagnostics;
        }
        Ok(apk::ApkRead { facts, diagnostics, .. }) => {
            snapshot.source.sha256.clone_from(&facts.sha256);
            let mut facts = facts;
            facts.path.clone_from(&name);
            facts.file = name;
            snapshot.packages.push(facts);
            snapshot.diagnostics = diagnostics;
        }
        Err(reason) => {
            snapshot.unread.push(Unread { kind: UnreadKind::Package, path: name, package: None, reason });
        }
    }
    progress.advanced();
    progress.finished();
    Ok(snapshot)
}

/// The last part of a path that has a name: of `phone/root/.` it is `root`. The name of the folder `.` itself is asked
/// of the system.
pub(crate) fn last_part(path: &Path) -> String {
    let named = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    named(path)
        .or_else(|| path.canonicalize().ok().as_deref().and_then(named))
        .unwrap_or_else(|| "/".to_owned())
}

/// Writes seconds since 1970 as a time in UTC, RFC 3339.
///
/// The year is found in the civil calendar counted from March, where the leap day ends the year.
pub fn rfc3339(seconds: u64) -> String {
    const DAY: u64 = 86_400;
    // The last second of the year 9999; RFC 3339 has no later one.
    let seconds = seconds.min(253_402_300_799);
    let (days, rest) = (seconds / DAY, seconds % DAY);
    // 719,468 days lie between 0000-03-01 and 1970-01-01; 146,097 days make 400 years.
    let shifted = days.saturating_add(719_468);
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest % 3_600 / 60, rest % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_time_in_utc() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(rfc3339(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(rfc3339(1_709_251_199), "2024-02-29T23:59:59Z");
        assert_eq!(rfc3339(u64::MAX), "9999-12-31T23:59:59Z");
    }
}
