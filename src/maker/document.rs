//! Strict reading of the project's own TOML files: every mistake of a file at once, each with its line.
//!
//! Takes a text, gives typed values and the [`Mistake`]s; knows nothing of what the values mean. A key nobody asked for
//! is a mistake.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One mistake of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// All mistakes of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}line {}: {}", mistake.line, mistake.message)?;
        }
        Ok(())
    }
}

/// The mistakes found so far, shared by every table of one file.
#[derive(Clone)]
pub(crate) struct Collector<'text> {
    text: &'text str,
    found: Rc<RefCell<Vec<Mistake>>>,
}

impl Collector<'_> {
    /// Notes a mistake at a byte offset of the text.
    pub(crate) fn note(&self, at: usize, message: String) {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = before.split(|byte| *byte == b'\n').count();
        self.found.borrow_mut().push(Mistake { line, message });
    }

    /// Returns the mistakes in the order of the file.
    pub(crate) fn finish(self) -> Vec<Mistake> {
        let mut found = self.found.take();
        found.sort();
        found
    }
}

/// Parses `text`; syntax errors are the first mistakes.
pub(crate) fn parse(text: &str) -> (Spanned<DeTable<'_>>, Collector<'_>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let collector = Collector { text, found: Rc::default() };
    for error in errors {
        collector.note(error.span().map_or(0, |span| span.start), error.message().to_owned());
    }
    (table, collector)
}

/// One table of the file. Every key must be asked for before it is dropped with [`Table::finish`].
pub(crate) struct Table<'doc, 'text> {
    values: &'doc DeTable<'text>,
    at: usize,
    collector: Collector<'text>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'doc, 'text> Table<'doc, 'text> {
    /// Wraps a parsed table.
    pub(crate) fn new(table: &'doc Spanned<DeTable<'text>>, collector: &Collector<'text>) -> Self {
        Self::at(table.get_ref(), table.span().start, collector)
    }

    fn at(values: &'doc DeTable<'text>, at: usize, collector: &Collector<'text>) -> Self {
        Self { values, at, collector: collector.clone(), asked: RefCell::default() }
    }

    /// Notes a mistake of the table as a whole.
    pub(crate) fn mistake(&self, message: impl Into<String>) {
        self.collector.note(self.at, message.into());
    }

    /// Notes a mistake of the value of `key`, or of the table when it has none.
    pub(crate) fn mistake_at(&self, key: &str, message: impl Into<String>) {
        let at = self.values.get(key).map_or(self.at, |value| value.span().start);
        self.collector.note(at, message.into());
    }

    /// Returns the value of a key and remembers that it was asked for.
    fn value(&self, key: &'static str) -> Option<&'doc Spanned<DeValue<'text>>> {
        self.asked.borrow_mut().insert(key);
        self.values.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) {
        self.collector.note(value.span().start, format!("`{key}` must be {expected}"));
    }

    /// Returns an optional text.
    pub(crate) fn optional_text(&self, key: &'static str) -> Option<&'doc str> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(value, key, "a text that is not empty");
        }
        text
    }

    /// Returns a text that must be there; the empty text stands for a missing one, which is noted.
    pub(crate) fn text(&self, key: &'static str) -> &'doc str {
        if !self.values.contains_key(key) {
            self.asked.borrow_mut().insert(key);
            self.mistake(format!("`{key}` is missing"));
            return "";
        }
        self.optional_text(key).unwrap_or_default()
    }

    /// Returns a list of texts; empty when the key is not there.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<&'doc str> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let texts = value.get_ref().as_array().and_then(|items| {
            items.iter().map(|item| item.get_ref().as_str().filter(|text| !text.is_empty())).collect()
        });
        texts.unwrap_or_else(|| {
            self.wrong(value, key, "a list of texts");
            Vec::new()
        })
    }

    /// Returns an optional truth value.
    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, key, "true or false");
        }
        flag
    }

    /// Returns an optional whole number.
    pub(crate) fn number<N: std::str::FromStr>(&self, key: &'static str) -> Option<N> {
        let value = self.value(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .filter(|number| number.radix() == 10)
            .and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong(value, key, "a whole number in range");
        }
        number
    }

    /// Reads one of the words a key may have; a missing one is noted.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let written = self.text(key);
        if written.is_empty() {
            return None;
        }
        let known = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
        if known.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.mistake_at(key, format!("`{key}` is {written:?}, expected one of: {}", words.join(", ")));
        }
        known
    }

    /// Reads one of the words a key may have, where the key may be left out.
    pub(crate) fn optional_word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.values.contains_key(key).then(|| self.word(key, words)).flatten()
    }

    /// Returns a table of this table.
    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'doc, 'text>> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, key, "a table");
        }
        table.map(|table| Table::at(table, value.span().start, &self.collector))
    }

    /// Returns the tables of an array of tables; empty when the key is not there.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'doc, 'text>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, key, "an array of tables");
            return Vec::new();
        };
        let table = |item: &'doc Spanned<DeValue<'text>>| {
            let table = item.get_ref().as_table();
            if table.is_none() {
                self.wrong(item, key, "an array of tables");
            }
            table.map(|table| Table::at(table, item.span().start, &self.collector))
        };
        items.iter().filter_map(table).collect()
    }

    /// Notes every key nobody asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.take();
        for (key, _) in self.values {
            if !asked.contains(key.get_ref().as_ref()) {
                let known: Vec<&str> = asked.iter().copied().collect();
                let message =
                    format!("unknown key `{}`, expected one of: {}", key.get_ref(), known.join(", "));
                self.collector.note(key.span().start, message);
            }
        }
    }
}
