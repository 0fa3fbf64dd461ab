//! Small files that ask for much time or memory: each is read or refused in bounded time.

use std::time::{Duration, Instant};

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::manifest::{NoResources, read};
use keepone::source::apk::resources::Table;
use keepone::source::apk::{Wanted, read_from};
use keepone::source::unread::UnreadReason;

use crate::apk_builder::{Entry, Is, Xml, android, halves, id, plain, words, zip};
use crate::apk_resources;

/// Far above what any of these takes, even unoptimized; a bomb that goes off takes minutes.
const BOUND: Duration = Duration::from_secs(20);

fn bounded<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
    result
}

fn application(utf8: bool) -> Xml {
    let mut xml = Xml::new(utf8, &[id::NAME, id::TARGET_ACTIVITY]);
    xml.start("manifest", &[plain("package", Is::Text("a.b"))]).start("application", &[]);
    xml
}

#[test]
fn one_long_string_that_many_elements_share_does_not_become_much_text() {
    let long = "a.".repeat(1 << 20);
    let mut xml = application(true);
    xml.repeated(2000, |xml| {
        xml.leaf("activity", &[android(id::NAME, Is::Text(&long))]);
    });
    let reason = bounded(|| read(&xml.finish(), &NoResources).map(|_| ())).unwrap_err();
    assert!(
        matches!(reason, UnreadReason::Malformed { ref expected, .. } if expected.contains("64 MiB")),
        "{reason:?}"
    );
}

#[test]
fn one_long_element_name_is_not_looked_through_again_and_again() {
    let long = "a".repeat(4 << 20);
    let mut xml = application(true);
    xml.repeated(20_000, |xml| {
        xml.leaf(&long, &[]);
    });
    assert!(bounded(|| read(&xml.finish(), &NoResources)).is_ok());
}

#[test]
fn attributes_without_a_stride_are_one() {
    let mut xml = application(false);
    for _ in 0..50_000 {
        let mut body = words(&[u32::MAX, 0]);
        body.extend(halves(&[20, 0, u16::MAX, 0, 0, 0]));
        xml.node(0x0102, &body);
        xml.node(0x0103, &words(&[u32::MAX, 0]));
    }
    assert!(bounded(|| read(&xml.finish(), &NoResources)).is_ok());
}

#[test]
fn many_permissions_and_aliases_are_all_kept() {
    const MANY: usize = 50_000;
    let mut xml = Xml::new(true, &[id::NAME, id::TARGET_ACTIVITY]);
    xml.start("manifest", &[plain("package", Is::Text("a.b"))]);
    for number in 0..MANY {
        let name = format!("a.permission.P{number}");
        xml.leaf("uses-permission", &[android(id::NAME, Is::Text(&name))]);
        xml.leaf("uses-permission", &[android(id::NAME, Is::Text(&name))]);
    }
    xml.start("application", &[]).leaf("activity", &[android(id::NAME, Is::Text(".A"))]);
    for number in 0..MANY {
        let (name, target) = (format!(".B{number}"), Is::Text(if number == 7 { ".None" } else { ".A" }));
        xml.leaf(
            "activity-alias",
            &[android(id::NAME, Is::Text(&name)), android(id::TARGET_ACTIVITY, target)],
        );
    }
    let document = xml.finish();
    let read = bounded(|| read(&document, &NoResources)).unwrap();
    assert_eq!((read.facts.permissions.len(), read.facts.activities.len()), (MANY, MANY + 1));
    assert_eq!(read.diagnostics.len(), 1);
}

#[test]
fn deeply_nested_elements_do_not_exhaust_the_stack() {
    let mut xml = application(false);
    for _ in 0..100_000 {
        xml.start("activity", &[]);
    }
    let document = xml.finish();
    assert_eq!(bounded(|| read(&document, &NoResources)).unwrap().facts.activities.len(), 1);
}

#[test]
fn many_entries_of_one_name_are_told_once() {
    let manifest = Xml::any().start("manifest", &[plain("package", Is::Text("a.b"))]).finish();
    let mut entries = vec![Entry::stored("AndroidManifest.xml", &manifest)];
    entries.resize(20_000, Entry::stored("AndroidManifest.xml", b""));
    let archive = zip(&entries);
    let read = bounded(|| read_from(&archive[..], u64::try_from(archive.len()).unwrap(), Wanted::default()))
        .unwrap();
    let codes: Vec<_> = read.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, [DiagnosticCode::DuplicateEntry]);
}

#[test]
fn a_table_that_makes_lookups_long_is_given_up_and_reported() {
    let resources = apk_resources::crowded(60_000);
    assert!(Table::new(&resources[..]).is_ok());
    let mut xml = Xml::any();
    xml.start("manifest", &[plain("package", Is::Text("a.b"))]).start("application", &[]);
    for _ in 0..2000 {
        xml.leaf(
            "activity",
            &[android(id::NAME, Is::Text(".A")), android(id::ENABLED, Is::Reference(0x7f01_0000))],
        );
    }
    let archive = zip(&[
        Entry::deflated("AndroidManifest.xml", &xml.finish()),
        Entry::deflated("resources.arsc", &resources),
    ]);
    let read = bounded(|| read_from(&archive[..], u64::try_from(archive.len()).unwrap(), Wanted::default()))
        .unwrap();
    assert_eq!(read.facts.activities.len(), 2000);
    assert_eq!(read.diagnostics[0].code, DiagnosticCode::PartNotRead);
}

#[test]
fn a_table_of_endless_chunks_is_refused() {
    let resources = apk_resources::crowded(70_000);
    assert_eq!(
        bounded(|| Table::new(&resources[..]).map(|_| ())).unwrap_err().expected,
        "at most 65,536 chunks"
    );
}
