//! Writes a resource table (`resources.arsc`) of a wanted size: an app's strings in many languages, and the resources
//! that a manifest refers to, so that every reference of it resolves.

use std::collections::BTreeMap;

use keepone::source::apk::axml::{Document, Node};

use crate::axml::{chunk, extend, length};

/// The number of an app's own package in resource ids.
const OWN_PACKAGE: u32 = 0x7f;

/// `android:enabled` and `android:exported`, which are resolved to truth values; all else to text.
const TRUTH_VALUES: [u32; 2] = [0x0101_000e, 0x0101_0010];

/// Languages of a table, two letters each; the default configuration comes before them. Real apps have about as many.
const LANGUAGES: [&str; 40] = [
    "af", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa",
    "fi", "fr", "gl", "hi", "hr", "hu", "in", "it", "iw", "ja", "ka", "ko", "lt", "lv", "nb", "nl", "pl",
    "pt", "ro", "ru", "th", "tr", "zh",
];

/// What one string costs in the table: its length bytes, its text, its offset, and its entry with offset.
const COST_OF_STRING: usize = 2 + 33 + 1 + 4 + 20;

/// A resource that the manifest refers to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Truth,
}

/// Returns what `manifest` refers to in its own package: kind by type and entry.
fn references(manifest: &[u8]) -> BTreeMap<(u8, u16), Kind> {
    let mut found = BTreeMap::new();
    let Ok(document) = Document::new(manifest) else { return found };
    for element in document.nodes().filter_map(|node| match node {
        Ok(Node::Start(element)) => Some(element),
        _ => None,
    }) {
        for attribute in element.attributes() {
            let [package, kind, high, low] = attribute.data.to_be_bytes();
            if attribute.kind == 0x01 && u32::from(package) == OWN_PACKAGE && kind != 0 {
                let is_truth = TRUTH_VALUES.contains(&document.id(&attribute));
                let wanted = if is_truth { Kind::Truth } else { Kind::Text };
                found.insert((kind, u16::from_be_bytes([high, low])), wanted);
            }
        }
    }
    found
}

/// Writes a table of about `size` bytes in which every reference of `manifest` to its own package resolves.
pub fn resources(manifest: &[u8], size: usize) -> Vec<u8> {
    let references = references(manifest);
    let kinds = references.keys().map(|(kind, _)| *kind).max().unwrap_or(0);
    // The app's other strings are a type of their own behind those that the manifest refers to.
    let bulk = size / COST_OF_STRING / (LANGUAGES.len() + 1);
    let mut strings = Strings::default();
    let mut chunks = Vec::new();
    for kind in 1..=kinds {
        let entries = references.range((kind, 0)..=(kind, u16::MAX));
        let entries: BTreeMap<u16, Kind> = entries.map(|((_, entry), kind)| (*entry, *kind)).collect();
        let count = entries.keys().next_back().map_or(0, |last| usize::from(*last) + 1);
        chunks.extend(spec(kind, count));
        if count > 0 {
            for language in ["", "zh"] {
                chunks.extend(referred(kind, count, &entries, language, &mut strings));
            }
        }
    }
    if bulk > 0 {
        let kind = kinds.saturating_add(1);
        chunks.extend(spec(kind, bulk));
        for language in [""].into_iter().chain(LANGUAGES) {
            let texts = (0..bulk).map(|number| Some((0x03, strings.add(language, number)))).collect();
            chunks.extend(values(kind, texts, language));
        }
    }
    let names = usize::from(kinds) + usize::from(bulk > 0);
    let package = package(&type_names(names), &pool(&["entry".to_owned()]), &chunks);
    let mut rest = Vec::new();
    extend(&mut rest, &[1]);
    rest.extend(pool(&strings.texts));
    rest.extend(package);
    chunk(0x0002, 12, &rest)
}

/// The texts of a table.
#[derive(Default)]
struct Strings {
    texts: Vec<String>,
}

impl Strings {
    /// Adds a text of 33 bytes.
    fn add(&mut self, language: &str, number: usize) -> u32 {
        let index = length(self.texts.len());
        self.texts.push(format!("{language:2} text {number:08} of this app's ui"));
        index
    }
}

/// Writes the values of one configuration that the manifest refers to.
fn referred(
    kind: u8,
    count: usize,
    entries: &BTreeMap<u16, Kind>,
    language: &str,
    strings: &mut Strings,
) -> Vec<u8> {
    let mut all = vec![None; count];
    for (entry, kind) in entries {
        let number = usize::from(*entry);
        all[number] = Some(match kind {
            Kind::Text => (0x03, strings.add(language, number)),
            Kind::Truth => (0x12, u32::MAX),
        });
    }
    values(kind, all, language)
}

/// Writes a chunk that says how many entries a type has, in no configuration of its own.
fn spec(kind: u8, count: usize) -> Vec<u8> {
    let mut rest = vec![kind, 0, 0, 0];
    extend(&mut rest, &[length(count)]);
    rest.resize(rest.len() + count * 4, 0);
    chunk(0x0202, 16, &rest)
}

/// Writes the values that one type has in one configuration; a value is its type and its data.
fn values(kind: u8, values: Vec<Option<(u32, u32)>>, language: &str) -> Vec<u8> {
    const CONFIGURATION: usize = 64;
    let header = 20 + CONFIGURATION;
    let mut rest = vec![kind, 0, 0, 0];
    extend(&mut rest, &[length(values.len()), length(header + values.len() * 4)]);
    let mut configuration = [0; CONFIGURATION];
    configuration[0] = 64;
    configuration[8..8 + language.len()].copy_from_slice(language.as_bytes());
    rest.extend(configuration);
    let mut entries = Vec::new();
    for value in values {
        match value {
            None => extend(&mut rest, &[u32::MAX]),
            Some((kind, data)) => {
                extend(&mut rest, &[length(entries.len())]);
                extend(&mut entries, &[8, 0, kind << 24 | 8, data]);
            }
        }
    }
    rest.extend(entries);
    chunk(0x0201, u16::try_from(header).unwrap_or(u16::MAX), &rest)
}

fn type_names(count: usize) -> Vec<u8> {
    let names: Vec<String> = (1..=count).map(|number| format!("type{number}")).collect();
    pool(&names)
}

fn package(types: &[u8], keys: &[u8], chunks: &[u8]) -> Vec<u8> {
    const HEADER: u32 = 288;
    let mut rest = Vec::new();
    extend(&mut rest, &[OWN_PACKAGE]);
    let mut name: Vec<u8> = "app".encode_utf16().flat_map(u16::to_le_bytes).collect();
    name.resize(256, 0);
    rest.extend(name);
    extend(&mut rest, &[HEADER, 0, HEADER + length(types.len()), 0, 0]);
    rest.extend(types);
    rest.extend(keys);
    rest.extend(chunks);
    chunk(0x0200, 288, &rest)
}

/// Writes a string pool of UTF-8 texts below 128 bytes.
fn pool(texts: &[String]) -> Vec<u8> {
    let mut offsets = Vec::new();
    let mut data = Vec::new();
    for text in texts {
        extend(&mut offsets, &[length(data.len())]);
        let count = u8::try_from(text.len()).expect("texts of a table are short ASCII");
        data.extend([count, count]);
        data.extend(text.as_bytes());
        data.push(0);
    }
    data.resize(data.len().next_multiple_of(4), 0);
    let mut rest = Vec::new();
    extend(&mut rest, &[length(texts.len()), 0, 1 << 8, 28 + length(offsets.len()), 0]);
    rest.extend(offsets);
    rest.extend(data);
    chunk(0x0001, 28, &rest)
}
