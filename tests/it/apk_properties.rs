//! Whatever the bytes are: no parser of an APK panics, and none takes damaged bytes for more than there is.

use keepone::source::apk::locale::Locale;
use keepone::source::apk::manifest::{NoResources, read};
use keepone::source::apk::resources::Table;
use keepone::source::apk::signer::{of_scheme, of_signature_file};
use keepone::source::apk::{Wanted, read_from};
use proptest::prelude::*;

use crate::apk_builder::{Entry, Is, Xml, android, id, plain, zip_with};
use crate::{apk_resources, apk_signer};

const ALL: Wanted = Wanted { labels: true, digest: false, signers: true };

/// A whole APK: manifest with filters, resource table, signing block.
fn sample() -> Vec<u8> {
    let mut xml = Xml::any();
    xml.start("manifest", &[android(id::VERSION_CODE, Is::Number(3)), plain("package", Is::Text("a.b"))]);
    xml.start("application", &[android(id::LABEL, Is::Reference(0x7f02_0000))]);
    xml.start(
        "activity",
        &[android(id::NAME, Is::Text(".A")), android(id::ENABLED, Is::Reference(0x7f01_0000))],
    );
    xml.start("intent-filter", &[android(id::PRIORITY, Is::Text("1"))]);
    xml.leaf("action", &[android(id::NAME, Is::Text("a.VIEW"))]);
    xml.leaf("data", &[android(id::SCHEME, Is::Text("tel"))]);
    let entries = [
        Entry::stored("AndroidManifest.xml", &xml.finish()),
        Entry::stored("resources.arsc", &apk_resources::sample()),
    ];
    zip_with(&entries, &apk_signer::sample())
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap()
}

/// Asks a table everything that it can be asked.
fn ask(bytes: &[u8]) {
    if let Ok(table) = Table::new(bytes) {
        for id in [0x7f01_0000, 0x7f01_0001, 0x7f02_0000, 0x7f02_0004, 0x7f02_ffff, 0] {
            let _ = (table.value(id), table.label(id, Locale::English), table.label(id, Locale::Chinese));
        }
        let _ = table.strings_named(&["label", "config_defaultDialer"]);
    }
}

/// Overwrites bytes at places given as parts of the whole.
fn mutated(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (place, byte) in changes {
        let at = place.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    let byte = prop_oneof![any::<u8>(), Just(0), Just(0x7f), Just(0x80), Just(0xff)];
    prop::collection::vec((any::<prop::sample::Index>(), byte), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2048)) {
        let _ = read_from(&bytes[..], length(&bytes), ALL);
        let _ = read(&bytes, &NoResources);
        let _ = (of_scheme(&bytes), of_signature_file(&bytes));
        ask(&bytes);
    }

    #[test]
    fn a_damaged_apk_never_panics(changes in changes()) {
        let bytes = mutated(sample(), &changes);
        let _ = read_from(&bytes[..], length(&bytes), ALL);
    }

    #[test]
    fn a_damaged_manifest_never_panics(changes in changes(), cut in any::<prop::sample::Index>()) {
        let whole = Xml::any().start("manifest", &[plain("package", Is::Text("a.b"))]).start("application", &[])
            .leaf("activity", &[android(id::NAME, Is::Text(".A"))]).finish();
        let bytes = mutated(whole, &changes);
        let _ = read(&bytes, &NoResources);
        let _ = read(&bytes[..cut.index(bytes.len())], &NoResources);
    }

    #[test]
    fn a_damaged_table_never_panics(changes in changes(), cut in any::<prop::sample::Index>()) {
        let bytes = mutated(apk_resources::sample(), &changes);
        ask(&bytes);
        ask(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn a_length_that_is_wrong_never_panics(stated in any::<u64>()) {
        let bytes = sample();
        let _ = read_from(&bytes[..], stated, ALL);
    }
}

#[test]
fn the_sample_is_read_whole() {
    let bytes = sample();
    let read = read_from(&bytes[..], length(&bytes), ALL).unwrap();
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.facts.application.label.unwrap().zh.as_deref(), Some("时钟"));
    assert_eq!(read.facts.signers.unwrap().len(), 1);
}
