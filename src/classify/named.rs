//! Words in the package name, in class names and in labels. Only of packages of the image: anyone can choose a name.

use crate::classify::observe::{Look, Origin};
use crate::classify::outcome::EvidenceKind;
use crate::classify::words::words;

impl<'a> Look<'a, '_> {
    /// Looks for the words that are evidence.
    pub(super) fn names(&mut self) {
        if !self.is_of_the_image() {
            return;
        }
        if !self.ignores(EvidenceKind::Name) {
            self.package_name();
            self.classes();
        }
        if !self.ignores(EvidenceKind::Label) {
            self.labels();
        }
    }

    /// Returns whether the package lies where only the maker could put it.
    pub(super) fn is_of_the_image(&self) -> bool {
        !self.package.path.is_empty() && !self.package.path.starts_with("/data/")
    }

    /// The parts of the package name, whole and word by word.
    fn package_name(&mut self) {
        let name: &'a str = self.package.name.as_str();
        let patterns = &self.groups.index.package_words;
        for part in name.split('.') {
            self.observed.see_word(patterns, part, Origin::Text("package name", name));
            for word in words(part).filter(|word| word.len() < part.len()) {
                self.observed.see_word(patterns, word, Origin::Text("package name", name));
            }
        }
    }

    /// The last parts of the classes of all components.
    fn classes(&mut self) {
        let package = self.package;
        let patterns = &self.groups.index.class_words;
        for component in package.activities.iter().chain(&package.receivers).chain(&package.services) {
            let class = component.alias_of.as_ref().unwrap_or(&component.name);
            let before = class.bytes().rposition(|byte| matches!(byte, b'.' | b'$'));
            let last = before.map_or(class.as_str(), |before| &class[before + 1..]);
            for word in words(last) {
                self.observed.see_word(patterns, word, Origin::Text("class", class));
            }
        }
    }

    /// The labels of the entries, then that of the package.
    fn labels(&mut self) {
        let entries = self.entries.iter().filter_map(|entry| entry.component.label.as_ref());
        for label in entries.chain(&self.package.application.label) {
            for text in [&label.zh, &label.en].into_iter().flatten() {
                let said = text.trim().to_lowercase();
                self.observed.see_word(&self.groups.index.labels, &said, Origin::Text("label", text));
            }
        }
    }
}
