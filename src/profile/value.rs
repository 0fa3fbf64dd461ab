//! Single values: words that must be known, package names, days, digests, ids; and things that may be there once.

use std::ops::Range;

use toml::Spanned;

use crate::package::{Group, PackageName, Sha256Digest};
use crate::profile::date;
use crate::profile::nearest::nearest;
use crate::profile::problem::{Problem, Thing, Word};
use crate::profile::validate::Checker;

impl Checker<'_> {
    /// Notes a thing that is already there.
    pub(super) fn once(&mut self, what: Thing, kind: &'static str, name: &str, place: Range<usize>) {
        match self.firsts.get(&(kind, name.to_owned())) {
            Some(first) => {
                let first_line = self.collector.origin(first.start).line;
                let problem = Problem::Duplicate { what, name: name.to_owned(), first_line };
                self.collector.note_with_first(place, problem, first.clone());
            }
            None => {
                self.firsts.insert((kind, name.to_owned()), place);
            }
        }
    }

    /// Reads a function group.
    pub(super) fn group_id(&self, id: Option<&Spanned<String>>) -> Option<Group> {
        self.word(id, Word::Group, Group::ALL.map(Group::id), Group::from_id)
    }

    /// Reads a word that must be one of `known`, and notes it when it is none.
    pub(super) fn word<'k, T>(
        &self,
        word: Option<&Spanned<String>>,
        what: Word,
        known: impl IntoIterator<Item = &'k str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = word?;
        let value = read(word.get_ref());
        if value.is_none() {
            let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
            let nearest = nearest(word.get_ref(), known.iter().map(String::as_str)).map(str::to_owned);
            self.collector.note(
                word.span(),
                Problem::UnknownWord { what, found: word.get_ref().clone(), nearest, known },
            );
        }
        value
    }

    /// Reads a package name.
    pub(super) fn package(&self, name: Option<&Spanned<String>>) -> Option<PackageName> {
        let name = name?;
        let package = PackageName::new(name.get_ref()).ok();
        if package.is_none() {
            self.collector.note(name.span(), Problem::BadPackageName { found: name.get_ref().clone() });
        }
        package
    }

    /// Reads a day of the calendar.
    pub(super) fn date(&self, day: Option<&Spanned<String>>) -> Option<String> {
        let day = day?;
        match date::check(day.get_ref()) {
            Ok(()) => Some(day.get_ref().clone()),
            Err(why) => {
                self.collector.note(day.span(), Problem::BadDate { found: day.get_ref().clone(), why });
                None
            }
        }
    }

    /// Reads a digest; colons between the bytes, as some tools print them, do not count.
    pub(super) fn digest(&self, digest: &Spanned<String>) -> Option<Sha256Digest> {
        let digits = digest.get_ref().replace(':', "").to_ascii_lowercase();
        if digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Some(Sha256Digest(digits));
        }
        self.collector.note(digest.span(), Problem::BadDigest { found: digest.get_ref().clone() });
        None
    }

    /// Reads an id of a profile or requirement.
    pub(super) fn id(&self, id: Option<&Spanned<String>>) -> Option<String> {
        let id = id?;
        let text = id.get_ref();
        let fits = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
        if !fits {
            self.collector.note(id.span(), Problem::BadId { found: text.clone() });
        }
        fits.then(|| text.clone())
    }
}
