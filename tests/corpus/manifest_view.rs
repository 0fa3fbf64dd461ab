//! A manifest as elements and attributes, for tests that hold facts against what the document itself says.

use std::fs::File;
use std::path::{Path, PathBuf};

use keepone::source::apk::archive::{Archive, MANIFEST_LIMIT};
use keepone::source::apk::axml::{Document, Node};
use rawzip::FileReader;

/// One attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    pub(crate) id: u32,
    pub(crate) kind: u8,
    pub(crate) data: u32,
    /// The string of a value that is one.
    pub(crate) text: Option<String>,
}

/// One element with its depth; `<manifest>` has depth 1.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) depth: usize,
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
}

impl Element {
    pub(crate) fn attribute(&self, id: u32) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == id)
    }
}

/// Returns the bytes of the manifest of the APK at `path`.
pub(crate) fn manifest_bytes(path: &Path) -> Vec<u8> {
    let file = File::open(path).unwrap();
    let length = file.metadata().unwrap().len();
    let archive = Archive::open(FileReader::from(file), length).unwrap();
    let entry = archive.manifest().unwrap();
    archive.read(&entry, MANIFEST_LIMIT).unwrap()
}

/// Returns the elements of the manifest in `data`.
pub(crate) fn elements(data: &[u8]) -> Vec<Element> {
    let document = Document::new(data).unwrap();
    let text = |index| document.string(index).map(std::borrow::Cow::into_owned);
    let mut depth = 0;
    let mut elements = Vec::new();
    for node in document.nodes() {
        match node.unwrap() {
            Node::Start(element) => {
                depth += 1;
                let attributes = element.attributes().map(|attribute| Attribute {
                    namespace: text(attribute.namespace),
                    name: text(attribute.name).unwrap_or_default(),
                    id: document.id(&attribute),
                    kind: attribute.kind,
                    data: attribute.data,
                    text: (attribute.kind == 3).then(|| text(attribute.data)).flatten(),
                });
                elements.push(Element {
                    depth,
                    namespace: text(element.namespace),
                    name: text(element.name).unwrap_or_default(),
                    attributes: attributes.collect(),
                });
            }
            Node::End => depth -= 1,
        }
    }
    elements
}

/// Returns every APK below `folder`, sorted.
pub(crate) fn apks(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && entry.path().extension().is_some_and(|end| end == "apk") {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}
