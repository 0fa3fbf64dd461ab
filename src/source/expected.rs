//! What the device should have: a list given beside a source. Takes the list, gives an unread entry for every package
//! and every file of a kind that is read which the source lacks; never adds a fact.
//!
//! One entry a line, in any of the forms that tools print:
//!
//! | line | from |
//! |---|---|
//! | `com.example.app` | a list of names |
//! | `package:com.example.app` | `pm list packages` |
//! | `package:/system/app/X/X.apk=com.example.app` | `pm list packages -f` |
//! | `/system/app/X/X.apk`, `system/app/X/X.apk` | a list of files |
//! | `4096  /system/app/X/X.apk`, `4096<tab>system/…` | `installed-files.txt` |
//! | `system/app/X/X.apk<tab>4096<tab>ok` below the header `path<tab>…` | a table |
//!
//! Blank lines and lines that start with `#` are passed over, as are a byte order mark and carriage returns.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::PackageName;
use crate::source::error::Error;
use crate::source::snapshot::Snapshot;
use crate::source::tree::{FileKind, Layout};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// The largest list that is read, in bytes. A full listing of a phone's files holds about 1 MB.
pub const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// What a device should have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The entries, in the list's order.
    pub entries: Vec<Entry>,
    /// Lines that are neither a path nor a package name.
    pub diagnostics: Vec<Diagnostic>,
}

/// One thing the device should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The file, as the list writes it.
    pub path: Option<String>,
    /// The package.
    pub package: Option<PackageName>,
}

/// Reads the list in the file at `path`.
///
/// # Errors
/// The file cannot be read, is larger than [`MAX_SIZE`], or names nothing at all.
pub fn read(path: &Path) -> Result<Expected, Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let file = match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NotFound { path: path.to_owned() });
        }
        other => other.map_err(io)?,
    };
    let size = file.metadata().map_err(io)?.len();
    if size > MAX_SIZE {
        return Err(Error::TooLarge { path: path.to_owned(), size, limit: MAX_SIZE });
    }
    let mut bytes = Vec::new();
    file.take(MAX_SIZE).read_to_end(&mut bytes).map_err(io)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let expected = parse(&bytes, &name);
    if expected.entries.is_empty() {
        Err(Error::NothingExpected { path: path.to_owned() })
    } else {
        Ok(expected)
    }
}

/// Reads a list; `name` is what diagnostics call it.
pub fn parse(bytes: &[u8], name: &str) -> Expected {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // In a listing of all files a name without a slash is a file at the root, not a package.
    let is_listing = lines.iter().filter_map(|line| std::str::from_utf8(line).ok()).any(is_other_file);
    let mut expected = Expected::default();
    for (number, line) in (1_u64..).zip(lines) {
        let mut fault = |code, detail: String| {
            expected.diagnostics.push(Diagnostic { path: name.to_owned(), at: number, code, detail });
        };
        let Ok(text) = std::str::from_utf8(line) else {
            fault(DiagnosticCode::LineNotUnderstood, String::from_utf8_lossy(line).trim().to_owned());
            continue;
        };
        match entry(text, is_listing) {
            Line::Nothing => {}
            Line::Entry(entry) => expected.entries.push(entry),
            Line::NotUnderstood => fault(DiagnosticCode::LineNotUnderstood, text.trim().to_owned()),
            Line::BadName(bad) => fault(DiagnosticCode::NotAPackageName, bad),
        }
    }
    expected
}

/// Says whether a line is the path of a file that is no app: then the list is one of all files.
fn is_other_file(line: &str) -> bool {
    let line = line.trim();
    !line.starts_with(['#', '-', '|']) && !line.starts_with("package:") && {
        let (path, _) = columns(line);
        path.contains('/') && ![".apk", ".apex", ".capex", ".gz"].iter().any(|end| path.ends_with(end))
    }
}

enum Line {
    Nothing,
    Entry(Entry),
    NotUnderstood,
    BadName(String),
}

/// Reads one line.
fn entry(line: &str, is_listing: bool) -> Line {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') || line == "path" || line.starts_with("path\t") {
        return Line::Nothing;
    }
    if let Some(package) = line.strip_prefix("package:") {
        return from_package_manager(package);
    }
    // The words of a command or the row of a table, not the name of a file.
    if line.starts_with("--") || line.starts_with('|') {
        return Line::NotUnderstood;
    }
    // People note behind a name what the app is.
    let line = match line.split_once(" #") {
        Some((name, _)) if PackageName::new(name.trim_end()).is_ok() => name.trim_end(),
        _ => line,
    };
    let (subject, sized) = columns(line);
    let is_file =
        subject.contains('/') || sized || is_listing || FileKind::of(&format!("/{subject}")).is_some();
    if is_file {
        let bad = subject.is_empty() || subject.chars().any(char::is_control);
        return if bad {
            Line::NotUnderstood
        } else {
            Line::Entry(Entry { path: Some(subject.to_owned()), package: None })
        };
    }
    match PackageName::new(subject) {
        Ok(package) => Line::Entry(Entry { path: None, package: Some(package) }),
        Err(_) => Line::NotUnderstood,
    }
}

/// Reads what `pm list packages` prints behind `package:`: a name, or a path, `=` and a name; options add the version,
/// the installer and the user id behind blanks.
fn from_package_manager(text: &str) -> Line {
    let subject = [" versionCode:", " uid:", "  installer=", " installer="]
        .iter()
        .fold(text, |rest, mark| rest.find(mark).and_then(|at| rest.get(..at)).unwrap_or(rest))
        .trim();
    let (path, name) = match subject.rsplit_once('=') {
        Some((path, name)) if path.contains('/') => (Some(path.to_owned()), name),
        // Without `-f` there is no path, and no package name holds an equals sign.
        _ => (None, subject),
    };
    match PackageName::new(name) {
        Ok(package) => Line::Entry(Entry { path, package: Some(package) }),
        Err(_) => Line::BadName(name.to_owned()),
    }
}

/// The column with the path or name, and whether a size stood beside it.
fn columns(line: &str) -> (&str, bool) {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((first, rest)) = line.split_once([' ', '\t'])
        && is_number(first)
    {
        return (rest.trim_start().split('\t').next().unwrap_or_default(), true);
    }
    match line.split_once('\t') {
        Some((first, _)) => (first.trim_end(), first.contains('/')),
        None => (line, false),
    }
}

impl Expected {
    /// The folders in which compressed apps are expected, by their path on the device.
    pub(crate) fn compressed(&self, layout: &Layout) -> BTreeSet<String> {
        let paths = self.entries.iter().filter_map(|entry| entry.path.as_deref());
        paths
            .map(|path| layout.canonical(path))
            .filter(|place| FileKind::of(place) == Some(FileKind::Compressed))
            .filter_map(|place| place.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
            .collect()
    }
}

/// What a source has, by every name it goes by.
pub(crate) struct Known {
    /// Paths on the device, canonical, of everything that was met: read or listed as unread.
    places: BTreeSet<String>,
    packages: BTreeSet<PackageName>,
    layout: Layout,
}

impl Known {
    /// What a snapshot tells about its source.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        Self::new(std::iter::empty(), snapshot, Layout::default())
    }

    /// What was met in a tree.
    pub(crate) fn in_tree<'a>(
        files: impl Iterator<Item = &'a str>,
        snapshot: &Snapshot,
        layout: Layout,
    ) -> Self {
        Self::new(files, snapshot, layout)
    }

    fn new<'a>(files: impl Iterator<Item = &'a str>, snapshot: &Snapshot, layout: Layout) -> Self {
        let mut places: BTreeSet<String> = files.map(|path| layout.device_path(path)).collect();
        for package in &snapshot.packages {
            places.insert(layout.canonical(&package.file));
            places.extend(package.source_path.as_deref().map(|path| layout.canonical(path)));
            places.extend(package.splits.iter().map(|split| layout.canonical(&split.file)));
        }
        let config = &snapshot.system_config;
        let said = config.statements.iter().map(|statement| &statement.path);
        let said = said.chain(config.preferred.iter().map(|preferred| &preferred.path));
        let said = said.chain(snapshot.device.properties.values().map(|property| &property.path));
        let said = said.chain(snapshot.maker_lists.iter().map(|list| &list.path));
        let said = said.chain(snapshot.claims.iter().map(|claim| &claim.path));
        let said = said.chain(snapshot.profile_layers.iter().map(|layer| &layer.path));
        places.extend(
            said.chain(snapshot.unread.iter().map(|unread| &unread.path)).map(|path| layout.canonical(path)),
        );
        let named = snapshot.unread.iter().filter_map(|unread| unread.package.clone());
        let packages = snapshot.packages.iter().map(|package| package.name.clone()).chain(named).collect();
        Self { places, packages, layout }
    }
}

/// Lists in `snapshot` what is expected and not known. A path that is missing while its package was read elsewhere is
/// not: the package manager prints the place of an update where there is one.
pub(crate) fn note_absent(expected: &Expected, known: &Known, snapshot: &mut Snapshot) {
    snapshot.diagnostics.extend(expected.diagnostics.iter().cloned());
    let mut absent = BTreeSet::new();
    for entry in &expected.entries {
        let named = entry.package.as_ref().is_some_and(|package| known.packages.contains(package));
        let place = entry.path.as_deref().map(|path| known.layout.canonical(path));
        let unread = match place {
            _ if named => continue,
            Some(place) if known.places.contains(&place) => continue,
            Some(place) => match FileKind::of(&place) {
                Some(kind) => (kind.unread(&place), place),
                None => continue,
            },
            None => (UnreadKind::Package, String::new()),
        };
        let (kind, path) = unread;
        absent.insert(Unread { kind, path, package: entry.package.clone(), reason: UnreadReason::Absent });
    }
    snapshot.unread.extend(absent);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What one line means: its path and package.
    fn meaning(line: &str) -> Option<(Option<String>, Option<String>)> {
        let expected = parse(line.as_bytes(), "list");
        let entry = expected.entries.into_iter().next()?;
        Some((entry.path, entry.package.map(String::from)))
    }

    fn both(path: &str, package: &str) -> (Option<String>, Option<String>) {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (text(path), text(package))
    }

    #[test]
    fn every_form_of_line_is_understood() {
        for (line, path, package) in [
            ("com.a", "", "com.a"),
            ("package:com.a", "", "com.a"),
            ("package:com.a uid:10012", "", "com.a"),
            ("package:/system/app/A/A.apk=com.a", "/system/app/A/A.apk", "com.a"),
            (
                "package:/data/app/~~q==/com.a-x==/base.apk=com.a",
                "/data/app/~~q==/com.a-x==/base.apk",
                "com.a",
            ),
            ("package:/a b/A.apk=com.a versionCode:7 installer=com.b uid:1", "/a b/A.apk", "com.a"),
            ("/system/app/My App/A.apk", "/system/app/My App/A.apk", ""),
            ("system/app/A.apk\t12\tok", "system/app/A.apk", ""),
            ("A.apk", "A.apk", ""),
            ("   12  /system/a b.apk", "/system/a b.apk", ""),
            ("12\tsystem/a.apk", "system/a.apk", ""),
        ] {
            assert_eq!(meaning(line), Some(both(path, package)), "{line}");
        }
        for line in ["", "# com.a", "path\tsize\tstate", "two words", "package:", "package:/x=1"] {
            assert_eq!(meaning(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line() {
        let told = |bytes: &[u8]| -> Vec<(u64, DiagnosticCode)> {
            parse(bytes, "list").diagnostics.iter().map(|problem| (problem.at, problem.code)).collect()
        };
        assert_eq!(told(b"com.a\n\nno name\n"), [(3, DiagnosticCode::LineNotUnderstood)]);
        assert_eq!(told(b"com.a\npackage:no name\n"), [(2, DiagnosticCode::NotAPackageName)]);
        assert_eq!(told(b"\xff\n"), [(1, DiagnosticCode::LineNotUnderstood)]);
    }

    #[test]
    fn a_name_in_a_listing_of_files_is_a_file() {
        let listing = parse(b"system/lib/libc.so\nREADME.md\n", "list");
        assert!(listing.entries.iter().all(|entry| entry.package.is_none()));
        let names = parse(b"system/app/A.apk\nREADME.md\n", "list");
        assert_eq!(names.entries.iter().filter(|entry| entry.package.is_some()).count(), 1);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            parse(&bytes, "list");
        }

        #[test]
        fn every_line_is_an_entry_told_or_passed_over(lines in prop::collection::vec("(package:)?[a-z/.= \t]{1,12}", 0..8)) {
            let expected = parse(lines.join("\n").as_bytes(), "list");
            let blank = lines.iter().filter(|line| line.trim().is_empty() || line.trim() == "path" || line.trim().starts_with("path\t"));
            prop_assert_eq!(expected.entries.len() + expected.diagnostics.len() + blank.count(), lines.len());
        }
    }
}
