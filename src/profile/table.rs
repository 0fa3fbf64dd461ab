//! Strict reading of one TOML table: every key is known, every value has its type, and each mistake is noted with its
//! place instead of ending the reading.
//!
//! serde stops at the first mistake of a file, so the tables are read by hand from the parser's own spanned values.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::profile::mistake::Collector;
use crate::profile::nearest::nearest;
use crate::profile::problem::{Kind, Problem};
use crate::profile::resolved::Bilingual;

/// One table of a file.
#[derive(Clone)]
pub(super) struct Table<'a> {
    /// How messages call it, `[[waiver]]`.
    name: &'static str,
    /// Where it is opened.
    place: Range<usize>,
    entries: &'a DeTable<'a>,
    collector: &'a Collector,
}

/// A value with its place.
pub(super) type Placed<T> = Option<Spanned<T>>;

impl<'a> Table<'a> {
    /// Opens a table that has the keys `known` and notes every other key it holds.
    pub(super) fn open(
        name: &'static str,
        known: &'static [&'static str],
        place: Range<usize>,
        entries: &'a DeTable<'a>,
        collector: &'a Collector,
    ) -> Self {
        for key in entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let problem = Problem::UnknownKey {
                key: key.get_ref().to_string(),
                table: name,
                nearest: nearest(key.get_ref(), known.iter().copied()),
                known,
            };
            collector.note(key.span(), problem);
        }
        Self { name, place, entries, collector }
    }

    /// Returns where the table is opened.
    pub(super) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Returns the place of a key, when the table has it.
    pub(super) fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.get_key_value(key).map(|(key, _)| key.span())
    }

    /// Notes a key as missing, when it is.
    pub(super) fn require(&self, key: &'static str) {
        if !self.entries.contains_key(key) {
            self.collector.note(self.place(), Problem::MissingKey { key, table: self.name });
        }
    }

    /// Reads a text that says something.
    pub(super) fn text(&self, key: &'static str) -> Placed<String> {
        let value = self.entries.get(key)?;
        let Some(text) = value.get_ref().as_str() else { return self.wrong_type(key, Kind::Text, value) };
        if text.trim().is_empty() {
            self.collector.note(value.span(), Problem::Empty { key, table: self.name });
            return None;
        }
        Some(Spanned::new(value.span(), text.to_owned()))
    }

    /// Reads a text that must be there.
    pub(super) fn required_text(&self, key: &'static str) -> Placed<String> {
        self.require(key);
        self.text(key)
    }

    /// Reads a whole number as it is written; its range is for the caller to check.
    pub(super) fn number(&self, key: &'static str) -> Placed<String> {
        let value = self.entries.get(key)?;
        match decimal(value.get_ref()) {
            Some(number) => Some(Spanned::new(value.span(), number)),
            None => self.wrong_type(key, Kind::Number, value),
        }
    }

    /// Reads `true` or `false`.
    pub(super) fn flag(&self, key: &'static str) -> Placed<bool> {
        let value = self.entries.get(key)?;
        match value.get_ref().as_bool() {
            Some(flag) => Some(Spanned::new(value.span(), flag)),
            None => self.wrong_type(key, Kind::Flag, value),
        }
    }

    /// Reads a date, bare or quoted, as text; whether it is a day of the calendar is for the caller to check.
    pub(super) fn date(&self, key: &'static str) -> Placed<String> {
        let value = self.entries.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            // As written: what the calendar does not have, the parser leaves out of its own value.
            DeValue::Datetime(_) => self.collector.written(value.span()).to_owned(),
            _ => return self.wrong_type(key, Kind::Date, value),
        };
        Some(Spanned::new(value.span(), text))
    }

    /// Reads a text in both languages.
    pub(super) fn bilingual(&self, key: &'static str) -> Placed<Bilingual> {
        let value = self.entries.get(key)?;
        let Some(entries) = value.get_ref().as_table() else {
            return self.wrong_type(key, Kind::Bilingual, value);
        };
        let table = Table::open(key, BILINGUAL_KEYS, value.span(), entries, self.collector);
        let (en, zh) = (table.required_text("en"), table.required_text("zh"));
        Some(Spanned::new(value.span(), Bilingual { en: en?.into_inner(), zh: zh?.into_inner() }))
    }

    /// Reads a text in both languages that must be there.
    pub(super) fn required_bilingual(&self, key: &'static str) -> Placed<Bilingual> {
        self.require(key);
        self.bilingual(key)
    }

    /// Reads words that are the same in both languages, such as the number of a clause, or a text in both.
    pub(super) fn words(&self, key: &'static str) -> Placed<Bilingual> {
        let value = self.entries.get(key)?;
        match value.get_ref() {
            DeValue::Table(_) => self.bilingual(key),
            DeValue::String(_) => self.text(key).map(|words| {
                let (place, words) = (words.span(), words.into_inner());
                Spanned::new(place, Bilingual { en: words.clone(), zh: words })
            }),
            _ => self.wrong_type(key, Kind::Words, value),
        }
    }

    /// Reads words that must be there.
    pub(super) fn required_words(&self, key: &'static str) -> Placed<Bilingual> {
        self.require(key);
        self.words(key)
    }

    /// Reads an array of texts; an empty array is one.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let value = self.entries.get(key)?;
        let Some(array) = value.get_ref().as_array() else { return self.wrong_type(key, Kind::Texts, value) };
        let text = |item: &Spanned<DeValue<'_>>| match item.get_ref().as_str() {
            Some(text) => Some(Spanned::new(item.span(), text.to_owned())),
            None => self.wrong_type(key, Kind::Text, item),
        };
        Some(array.iter().filter_map(text).collect())
    }

    /// Reads `[key]`.
    pub(super) fn table(
        &self,
        key: &'static str,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Option<Self> {
        let value = self.entries.get(key)?;
        match value.get_ref().as_table() {
            Some(entries) => Some(Self::open(name, known, value.span(), entries, self.collector)),
            None => self.wrong_type(key, Kind::Table, value),
        }
    }

    /// Reads every `[[key]]`.
    pub(super) fn tables(
        &self,
        key: &'static str,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Vec<Self> {
        let Some(value) = self.entries.get(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            return self.wrong_type(key, Kind::Tables, value).unwrap_or_default();
        };
        let open = |item: &'a Spanned<DeValue<'a>>| match item.get_ref().as_table() {
            Some(entries) => Some(Self::open(name, known, item.span(), entries, self.collector)),
            None => self.wrong_type(key, Kind::Tables, item),
        };
        array.iter().filter_map(open).collect()
    }

    fn wrong_type<T>(&self, key: &str, expected: Kind, value: &Spanned<DeValue<'_>>) -> Option<T> {
        let found = value.get_ref().type_str();
        self.collector.note(value.span(), Problem::WrongType { key: key.to_owned(), expected, found });
        None
    }
}

/// Returns a whole number as decimal digits, or as written when it is too large for that; `None` for other values.
pub(super) fn decimal(value: &DeValue<'_>) -> Option<String> {
    let number = value.as_integer()?;
    let small = i64::from_str_radix(number.as_str(), number.radix());
    Some(small.map_or_else(|_| number.to_string(), |small| small.to_string()))
}

/// The keys of a text in both languages.
const BILINGUAL_KEYS: &[&str] = &["en", "zh"];
