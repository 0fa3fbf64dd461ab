//! The files of the image, by their path on the device, where the phone was given them.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files.
#[derive(Debug)]
pub(crate) struct Files {
    /// What to open, by the path on the device.
    places: BTreeMap<String, PathBuf>,
    /// Files that lie nowhere but here.
    content: BTreeMap<String, Vec<u8>>,
}

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    File,
    Folder,
}

impl Files {
    pub(crate) fn new(places: BTreeMap<String, PathBuf>) -> Self {
        Self { places, content: BTreeMap::new() }
    }

    /// Files that lie nowhere but here.
    pub(crate) fn of(content: BTreeMap<String, Vec<u8>>) -> Self {
        Self { places: BTreeMap::new(), content }
    }

    /// Adds a file of its own.
    pub(crate) fn add(&mut self, path: &str, content: Vec<u8>) {
        self.content.insert(path.to_owned(), content);
    }

    /// What a path is; `None` where there is nothing.
    pub(crate) fn entry(&self, path: &str) -> Option<Entry> {
        let path = plain(path);
        if self.places.contains_key(&path) || self.content.contains_key(&path) {
            return Some(Entry::File);
        }
        self.below(&path).next().map(|_| Entry::Folder)
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = plain(path);
        self.content.get(&path).cloned().or_else(|| std::fs::read(self.places.get(&path)?).ok())
    }

    /// Every file below a folder, in order.
    pub(crate) fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let inside = format!("{}/", folder.trim_end_matches('/'));
        let placed = self.places.range(inside.clone()..).map(|(path, _)| path);
        let own = self.content.range(inside.clone()..).map(|(path, _)| path);
        let (a, b) = (inside.clone(), inside);
        placed
            .take_while(move |path| path.starts_with(&a))
            .chain(own.take_while(move |path| path.starts_with(&b)))
            .map(String::as_str)
    }

    /// The names directly in a folder, each once.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let folder = plain(folder);
        let start = folder.trim_end_matches('/').len() + 1;
        let mut names: Vec<String> = self
            .below(&folder)
            .filter_map(|path| path.get(start..))
            .map(|rest| rest.split('/').next().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

/// A path without doubled slashes and without one at its end.
fn plain(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    format!("/{}", parts.join("/"))
}
