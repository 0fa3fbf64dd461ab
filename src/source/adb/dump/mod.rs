//! The text of `dumpsys package`. Takes the text, gives what it says of each package, borrowed from it; never panics and
//! never fills in what the text leaves out.
//!
//! The form is nowhere promised. What has held from Android 7 to 16 and across makers is relied on and nothing else: a
//! section begins with a name and a colon at the margin, a package with `Package [name] (hash):`, what belongs to a line
//! stands further in than it. Lines that are not known are passed over, for makers add their own.

mod filter;
mod lines;
mod package;
mod table;

use lines::Lines;

pub use package::{Package, UserLine};
pub use table::{Answering, Table};

/// What a dump says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dump<'a> {
    /// The packages that run.
    pub packages: Vec<Package<'a>>,
    /// The copies in the image of packages that run from an update (`Hidden system packages`).
    pub hidden: Vec<Package<'a>>,
    /// Components with the filters they answer by.
    pub answering: Vec<Answering<'a>>,
    /// Content providers: authority, and the component as `package/class`.
    pub authorities: Vec<(&'a str, &'a str)>,
    /// The build fingerprint that the package manager noted last.
    pub fingerprint: Option<&'a str>,
    /// The API level that the package manager noted last.
    pub sdk: Option<u32>,
    /// Whether there was a section of packages.
    pub has_packages: bool,
    /// Whether another section follows the packages: a dump that was cut ends in the middle of them.
    pub is_ended: bool,
}

/// How a section of a bug report ends.
const END_OF_SERVICE: &str = "--------- ";

/// Reads a dump. Of a whole bug report, its part on the package service: see [`service`].
pub fn parse(text: &str) -> Dump<'_> {
    let mut dump = Dump::default();
    let mut lines = Lines::of(text);
    while let Some(line) = lines.next() {
        if line.text.starts_with(END_OF_SERVICE) {
            dump.is_ended |= dump.has_packages;
            break;
        }
        let Some(name) = line.section() else { continue };
        match name {
            "Packages" => {
                dump.has_packages = true;
                package::section(&mut lines, &mut dump.packages);
                continue;
            }
            "Hidden system packages" => package::section(&mut lines, &mut dump.hidden),
            "ContentProvider Authorities" => authorities(&mut lines, &mut dump),
            "Database versions" => versions(&mut lines, &mut dump),
            _ => match Table::named(name) {
                Some(table) => table::section(table, &mut lines, &mut dump.answering),
                None => lines.pass(0),
            },
        }
        dump.is_ended |= dump.has_packages;
    }
    dump
}

/// Finds the part of a bug report that a service dumped; of a text that is no bug report, nothing.
pub fn service<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let title = format!("DUMP OF SERVICE {name}:");
    let critical = format!("DUMP OF SERVICE CRITICAL {name}:");
    let high = format!("DUMP OF SERVICE HIGH {name}:");
    let mut from = 0_usize;
    for line in text.split_inclusive('\n') {
        from = from.saturating_add(line.len());
        let line = line.trim_end();
        if line == title || line == critical || line == high {
            let rest = text.get(from..)?;
            let end = rest.find("\nDUMP OF SERVICE ").unwrap_or(rest.len());
            return rest.get(..end);
        }
    }
    None
}

fn authorities<'a>(lines: &mut Lines<'a>, dump: &mut Dump<'a>) {
    let mut authority = None;
    while let Some(line) = lines.inside(0) {
        if let Some(named) = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix("]:")) {
            authority = Some(named);
        } else if let (Some(authority), Some(component)) = (authority, component_in(line.text, "Provider{")) {
            dump.authorities.push((authority, component));
        }
    }
}

/// Of `Provider{a25282b com.x/.Y}` the component.
fn component_in<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let inside = text.strip_prefix(start)?.strip_suffix('}')?;
    inside.split_whitespace().find(|word| word.contains('/'))
}

fn versions<'a>(lines: &mut Lines<'a>, dump: &mut Dump<'a>) {
    while let Some(line) = lines.inside(0) {
        for word in line.text.split_whitespace() {
            match word.split_once('=') {
                Some(("sdkVersion", sdk)) if dump.sdk.is_none() => dump.sdk = sdk.parse().ok(),
                Some(("fingerprint", print)) if dump.fingerprint.is_none() => dump.fingerprint = Some(print),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DUMP: &str = "Database versions:\n  Internal:\n    sdkVersion=30 databaseVersion=3\n    fingerprint=a/b:11/c:user/release-keys\n\n\
        Activity Resolver Table:\n  Non-Data Actions:\n      a.b.GO:\n        1a2b com.x/.Go\n\n\
        ContentProvider Authorities:\n  [com.x.stuff]:\n    Provider{1 com.x/.Stuff}\n      applicationInfo=ApplicationInfo{2 com.x}\n\n\
        Packages:\n  Package [com.x] (1a):\n    codePath=/data/app/com.x\n    User 0: installed=true\n\n\
        Hidden system packages:\n  Package [com.x] (2b):\n    codePath=/system/app/X\n\n\
        Shared users:\n";

    #[test]
    fn a_dump_is_taken_apart_by_its_sections() {
        let dump = parse(DUMP);
        assert_eq!((dump.sdk, dump.fingerprint), (Some(30), Some("a/b:11/c:user/release-keys")));
        assert_eq!(dump.packages[0].code_path, Some("/data/app/com.x"));
        assert_eq!(dump.hidden[0].code_path, Some("/system/app/X"));
        assert_eq!(dump.authorities, [("com.x.stuff", "com.x/.Stuff")]);
        assert_eq!(dump.answering[0].component, "com.x/.Go");
        assert!(dump.has_packages && dump.is_ended);
    }

    #[test]
    fn a_dump_that_stops_within_the_packages_is_not_ended() {
        let end = DUMP.find("Hidden").unwrap();
        assert!(!parse(&DUMP[..end]).is_ended);
        assert!(!parse("").has_packages);
    }

    #[test]
    fn the_part_of_a_bug_report_is_found() {
        let report = format!(
            "x\nDUMP OF SERVICE a:\n1\n-----\nDUMP OF SERVICE package:\n{DUMP}\n--------- 0.1s was\nDUMP OF SERVICE z:\n"
        );
        let part = service(&report, "package").unwrap();
        assert_eq!(parse(part).packages.len(), 1);
        assert_eq!(service(&report, "role"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC*|([ a-zA-Z\\[\\]():={}\"/,.0-9\n]|Package \\[|User 0: |Packages:\n|Activity Resolver Table:\n){0,200}") {
            parse(&text);
            service(&text, "package");
        }

        #[test]
        fn a_cut_dump_never_panics(at in 0..DUMP.len()) {
            parse(DUMP.get(..at).unwrap_or_default());
        }
    }
}
