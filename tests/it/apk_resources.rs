//! The resource table: one id, by its place, in the language that is asked for.

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::locale::Locale;
use keepone::source::apk::resources::{Resource, Table};
use keepone::source::apk::{Wanted, read_from};
use keepone::source::snapshot::{Label, PackageFacts, Stated};

use crate::apk_builder::{Entry, Is, Xml, android, chunk, halves, id, plain, string_pool, words, zip};

/// How the entries of a type are laid out.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Plain,
    Sparse,
    Offset16,
    Compact,
}

const LAYOUTS: [Layout; 4] = [Layout::Plain, Layout::Sparse, Layout::Offset16, Layout::Compact];

/// A `Res_value`: its type and data.
type Value = (u8, u32);

/// Writes the values of one type in one configuration; an entry is its number, its key, its value.
fn of_type(kind: u8, config: &[u8], entries: &[(u16, u16, Value)], layout: Layout) -> Vec<u8> {
    let last = entries.iter().map(|(number, ..)| *number).max().unwrap();
    let (mut offsets, mut data) = (Vec::new(), Vec::new());
    let is_sparse = matches!(layout, Layout::Sparse);
    for number in 0..=last {
        let entry = entries.iter().find(|(one, ..)| *one == number);
        let Some((_, key, (value_kind, value))) = entry else {
            match layout {
                Layout::Sparse => {}
                Layout::Offset16 => offsets.extend(halves(&[u16::MAX])),
                _ => offsets.extend(words(&[u32::MAX])),
            }
            continue;
        };
        let offset = u16::try_from(data.len()).unwrap();
        offsets.extend(match layout {
            Layout::Sparse => halves(&[number, offset / 4]),
            Layout::Offset16 => halves(&[offset / 4]),
            _ => words(&[offset.into()]),
        });
        if matches!(layout, Layout::Compact) {
            data.extend(halves(&[*key, 8 | u16::from(*value_kind) << 8]));
            data.extend(words(&[*value]));
        } else {
            data.extend(halves(&[8, 0, *key, 0, 8]));
            data.extend([0, *value_kind]);
            data.extend(words(&[*value]));
        }
    }
    let count = if is_sparse { entries.len() } else { usize::from(last) + 1 };
    while !offsets.len().is_multiple_of(4) {
        offsets.push(0);
    }
    let header = 20 + config.len();
    let flags = match layout {
        Layout::Sparse => 1,
        Layout::Offset16 => 2,
        _ => 0,
    };
    let mut body = vec![kind, flags, 0, 0];
    body.extend(words(&[u32::try_from(count).unwrap(), u32::try_from(header + offsets.len()).unwrap()]));
    body.extend(config);
    body.extend(offsets);
    body.extend(data);
    chunk(0x0201, u16::try_from(header).unwrap(), &body)
}

/// A configuration that asks for a language, a country and a release.
fn config(language: &str, country: &str, release: u8) -> Vec<u8> {
    let mut config = vec![0; 64];
    config[0] = 64;
    config[8..8 + language.len()].copy_from_slice(language.as_bytes());
    config[10..10 + country.len()].copy_from_slice(country.as_bytes());
    config[24] = release;
    config
}

/// Writes a table with one package, 0x7f, of two types: `bool` (1) and `string` (2).
fn table(strings: &[&str], keys: &[&str], types: &[Vec<u8>]) -> Vec<u8> {
    let (kinds, names) = (string_pool(&["bool", "string"], false), string_pool(keys, true));
    let mut package = words(&[0x7f]);
    package.extend([0; 256]);
    let start = 288;
    package.extend(words(&[start, 0, start + u32::try_from(kinds.len()).unwrap(), 0, 0]));
    package.extend([kinds, names, types.concat()].concat());
    let mut body = words(&[1]);
    body.extend(string_pool(strings, true));
    body.extend(chunk(0x0200, 288, &package));
    chunk(0x0002, 12, &body)
}

const TEXTS: [&str; 5] = ["Clock", "Clock (US)", "时钟", "時鐘", "com.example.dialer"];
const KEYS: [&str; 4] = ["on", "by_release", "label", "config_defaultDialer"];
const LABEL: u32 = 0x7f02_0000;

/// A table in which everything that the tests ask for has a place.
fn full(layout: Layout) -> Vec<u8> {
    let string = |number, key, text| (number, key, (3, text));
    let types = [
        of_type(
            1,
            &config("", "", 0),
            &[(0, 0, (0x12, u32::MAX)), (1, 1, (0x12, 0)), (5, 0, (1, 0x7f01_0000))],
            layout,
        ),
        of_type(1, &config("", "", 26), &[(1, 1, (0x12, u32::MAX))], layout),
        of_type(
            2,
            &config("", "", 0),
            &[string(0, 2, 0), string(3, 3, 4), (4, 2, (1, LABEL)), (6, 2, (1, 0x7f02_0006))],
            layout,
        ),
        of_type(2, &config("en", "US", 0), &[string(0, 2, 1)], layout),
        of_type(2, &config("zh", "TW", 0), &[string(0, 2, 3)], layout),
        of_type(2, &config("zh", "CN", 0), &[string(0, 2, 2)], layout),
    ];
    table(&TEXTS, &KEYS, &types)
}

/// A table for tests of other things.
pub(crate) fn sample() -> Vec<u8> {
    full(Layout::Plain)
}

/// A table in which one id has a value in `count` configurations.
pub(crate) fn crowded(count: usize) -> Vec<u8> {
    let one = of_type(1, &config("", "", 0), &[(0, 0, (0x12, u32::MAX))], Layout::Plain);
    table(&TEXTS, &KEYS, &[one.repeat(count)])
}

#[test]
fn one_id_is_found_in_every_layout() {
    for layout in LAYOUTS {
        let bytes = full(layout);
        let table = Table::new(&bytes[..]).unwrap();
        assert_eq!(table.boolean(0x7f01_0000), Some(true), "{layout:?}");
        assert_eq!(table.boolean(0x7f01_0005), Some(true), "{layout:?}: a reference is followed");
        assert_eq!(table.value(0x7f02_0003), Some(Resource::Text("com.example.dialer".into())), "{layout:?}");
        for absent in [0x7f01_0002, 0x7f01_0009, 0x7f03_0000, 0x0102_0000, 0] {
            assert_eq!(table.value(absent), None, "{layout:?} {absent:#x}");
        }
    }
}

#[test]
fn what_differs_between_devices_is_not_guessed() {
    let bytes = full(Layout::Plain);
    let table = Table::new(&bytes[..]).unwrap();
    assert_eq!(table.boolean(0x7f01_0001), None, "false below API 26, true from it on");
    assert_eq!(table.value(LABEL), None, "another text in each language");
}

#[test]
fn a_label_is_found_in_english_and_chinese() {
    for layout in LAYOUTS {
        let bytes = full(layout);
        let table = Table::new(&bytes[..]).unwrap();
        for id in [LABEL, 0x7f02_0004] {
            assert_eq!(table.label(id, Locale::English).as_deref(), Some("Clock (US)"));
            assert_eq!(table.label(id, Locale::Chinese).as_deref(), Some("时钟"));
        }
        assert_eq!(table.label(0x7f02_0003, Locale::Chinese), None, "the default is not Chinese");
    }
}

#[test]
fn a_reference_to_itself_ends() {
    let bytes = full(Layout::Plain);
    let table = Table::new(&bytes[..]).unwrap();
    assert_eq!(table.value(0x7f02_0006), None);
    assert_eq!(table.label(0x7f02_0006, Locale::English), None);
}

#[test]
fn a_string_is_found_by_its_name() {
    for layout in LAYOUTS {
        let bytes = full(layout);
        let table = Table::new(&bytes[..]).unwrap();
        assert_eq!(
            table.string_named("config_defaultDialer").as_deref(),
            Some("com.example.dialer"),
            "{layout:?}"
        );
        assert_eq!(table.string_named("label").as_deref(), Some("Clock"));
        assert_eq!(table.string_named("on"), None, "that is no string");
    }
}

/// Reads an APK whose label, switch and scheme are references into `resources`.
fn facts(resources: Entry, labels: bool) -> (PackageFacts, Vec<(DiagnosticCode, String)>) {
    let mut xml = Xml::any();
    xml.start("manifest", &[plain("package", Is::Text("a.b"))]);
    xml.start("application", &[android(id::LABEL, Is::Reference(LABEL))]);
    let switches =
        [android(id::ENABLED, Is::Reference(0x7f01_0000)), android(id::EXPORTED, Is::Reference(0x7f01_0001))];
    xml.start("activity", &[&[android(id::NAME, Is::Text(".A"))], &switches[..]].concat());
    xml.start("intent-filter", &[]).leaf("action", &[android(id::NAME, Is::Text("a.VIEW"))]);
    xml.leaf("data", &[android(id::SCHEME, Is::Reference(0x7f02_0003))]);
    let archive = zip(&[Entry::deflated("AndroidManifest.xml", &xml.finish()), resources]);
    let wanted = Wanted { labels, ..Wanted::default() };
    let read = read_from(&archive[..], u64::try_from(archive.len()).unwrap(), wanted).unwrap();
    (read.facts, read.diagnostics.into_iter().map(|one| (one.code, one.detail)).collect())
}

#[test]
fn the_references_of_a_manifest_are_resolved_where_the_answer_is_sure() {
    let table = full(Layout::Plain);
    for resources in [Entry::stored("resources.arsc", &table), Entry::deflated("resources.arsc", &table)] {
        let (facts, diagnostics) = facts(resources, true);
        let activity = &facts.activities[0];
        assert_eq!(activity.enabled, Some(Stated::Value(true)));
        assert_eq!(activity.exported, Some(Stated::Reference { reference: "@0x7f010001".into() }));
        assert_eq!(
            (&activity.filters[0].schemes[0][..], activity.filters[0].has_references),
            ("com.example.dialer", false)
        );
        let label = Label { en: Some("Clock (US)".into()), zh: Some("时钟".into()), reference: None };
        assert_eq!(facts.application.label, Some(label));
        assert!(diagnostics.is_empty());
    }
}

#[test]
fn labels_are_read_only_when_wanted() {
    let (facts, _) = facts(Entry::stored("resources.arsc", &full(Layout::Plain)), false);
    let label = Label { en: None, zh: None, reference: Some("@0x7f020000".into()) };
    assert_eq!(facts.application.label, Some(label));
}

#[test]
fn a_damaged_table_loses_no_fact_of_the_manifest_and_is_reported() {
    let table = full(Layout::Plain);
    let cut = Entry::stored("resources.arsc", &table[..table.len() - 40]);
    let noise = Entry::stored("resources.arsc", &[7; 500]);
    for resources in [cut, noise] {
        let (facts, diagnostics) = facts(resources, true);
        assert_eq!(facts.activities[0].enabled, Some(Stated::Reference { reference: "@0x7f010000".into() }));
        assert!(
            matches!(&diagnostics[..], [(DiagnosticCode::PartNotRead, detail)] if detail.contains("resources")),
            "{diagnostics:?}"
        );
    }
}
