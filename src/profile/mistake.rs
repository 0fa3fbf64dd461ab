//! Mistakes in profile files: where each stands, and the collector that gathers all of a file before any is shown.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::language::{Language, Localized};
use crate::profile::problem::Problem;
use crate::profile::resolved::Origin;
use crate::profile::visible::visible;

/// One mistake and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub problem: Problem,
    /// The file, as it was named to the reader.
    pub file: String,
    /// The bytes of the file it is about; empty where something is missing.
    pub span: Range<usize>,
    /// The line of the first byte, from 1.
    pub line: u32,
    /// The character of that line, from 1.
    pub column: u32,
    /// A second place it is about: where a duplicate first stood.
    pub first: Option<Range<usize>>,
}

impl Mistake {
    /// Returns the code: kebab-case, stable, names the problem.
    pub const fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// Returns what the author can do about it, where that is more than the message says.
    pub fn help(&self, language: Language) -> Option<String> {
        self.problem.help(language)
    }
}

impl Localized for Mistake {
    fn localized(&self, language: Language) -> String {
        self.problem.localized(language)
    }
}

/// All mistakes of the files that were read, in the order of their places. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    mistakes: Vec<Mistake>,
    texts: BTreeMap<String, Arc<str>>,
}

impl Mistakes {
    /// Returns the mistakes, by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.mistakes.iter()
    }

    /// Returns how many there are: at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.mistakes.len()
    }

    /// Returns the text of a file that a mistake names, to show the line it stands in.
    pub fn text_of(&self, file: &str) -> &str {
        self.texts.get(file).map_or("", |text| text)
    }

    /// Adds the mistakes of another file.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.mistakes.extend(other.mistakes);
        self.texts.extend(other.texts);
        self.mistakes.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
        self
    }
}

impl<'a> IntoIterator for &'a Mistakes {
    type Item = &'a Mistake;
    type IntoIter = std::slice::Iter<'a, Mistake>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Localized for Mistakes {
    /// Returns one line for each mistake, `file:line:column: code: message; help`, without a snippet.
    fn localized(&self, language: Language) -> String {
        let line = |mistake: &Mistake| {
            let help = mistake.help(language).map(|help| format!("; {help}")).unwrap_or_default();
            let file = visible(&mistake.file);
            let (line, column, code) = (mistake.line, mistake.column, mistake.code());
            format!("{file}:{line}:{column}: {code}: {}{help}", mistake.localized(language))
        };
        self.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localized(Language::English))
    }
}

impl std::error::Error for Mistakes {}

/// Gathers the mistakes of one file.
///
/// It must be asked for them with [`Collector::finish`]: dropping it unread is a bug of ours and panics, so that a
/// mistake cannot be found and then forgotten.
#[derive(Debug)]
pub(super) struct Collector {
    file: String,
    text: Arc<str>,
    line_starts: Vec<usize>,
    found: RefCell<Option<Vec<Mistake>>>,
}

impl Collector {
    /// Starts on one file.
    pub(super) fn new(file: &str, text: Arc<str>) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), text, line_starts, found: RefCell::new(Some(Vec::new())) }
    }

    /// Notes a mistake.
    pub(super) fn note(&self, span: Range<usize>, problem: Problem) {
        self.push(span, problem, None);
    }

    /// Notes a mistake that is about two places.
    pub(super) fn note_with_first(&self, span: Range<usize>, problem: Problem, first: Range<usize>) {
        self.push(span, problem, Some(first));
    }

    fn push(&self, span: Range<usize>, problem: Problem, first: Option<Range<usize>>) {
        let (line, column) = self.place(span.start);
        let mistake = Mistake { problem, file: self.file.clone(), span, line, column, first };
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(mistake);
        }
    }

    /// Returns whether nothing was noted so far.
    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// Returns a part of the file as it is written.
    pub(super) fn written(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// Returns where a value stands.
    pub(super) fn origin(&self, at: usize) -> Origin {
        Origin { file: self.file.clone(), line: self.place(at).0 }
    }

    /// Returns the line and the character of a byte, both from 1.
    fn place(&self, at: usize) -> (u32, u32) {
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start =
            line.checked_sub(1).and_then(|line| self.line_starts.get(line)).copied().unwrap_or_default();
        let before = self.text.get(start..at.min(self.text.len())).unwrap_or_default();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (count(line), count(before.chars().count()).saturating_add(1))
    }

    /// Ends the collection.
    ///
    /// Where the file is not TOML everywhere, what follows from that is left out: a second mistake in such a line, and
    /// keys that are missing.
    ///
    /// # Errors
    /// With every mistake of the file, in the order of their places, when there was one.
    pub(super) fn finish(self) -> Result<(), Mistakes> {
        if self.is_empty() { Ok(()) } else { Err(self.into_mistakes()) }
    }

    /// Ends the collection where there was a mistake.
    pub(super) fn into_mistakes(self) -> Mistakes {
        let mut mistakes = self.found.borrow_mut().take().unwrap_or_default();
        leave_out_consequences(&mut mistakes);
        mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
        Mistakes { mistakes, texts: BTreeMap::from([(self.file.clone(), Arc::clone(&self.text))]) }
    }
}

fn leave_out_consequences(found: &mut Vec<Mistake>) {
    let is_syntax = |mistake: &Mistake| matches!(mistake.problem, Problem::Syntax { .. });
    let broken: BTreeSet<u32> =
        found.iter().filter(|mistake| is_syntax(mistake)).map(|mistake| mistake.line).collect();
    if broken.is_empty() {
        return;
    }
    found.retain(|mistake| {
        let follows = matches!(mistake.problem, Problem::MissingKey { .. }) || broken.contains(&mistake.line);
        is_syntax(mistake) || !follows
    });
    found.dedup_by_key(|mistake| (is_syntax(mistake), mistake.line, mistake.span.start));
}

impl Drop for Collector {
    fn drop(&mut self) {
        let forgotten = self.found.borrow().as_ref().is_some_and(|found| !found.is_empty());
        assert!(
            !forgotten || std::thread::panicking(),
            "mistakes of {} were found and not reported",
            self.file
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> Problem {
        Problem::MissingKey { key: "id", table: "[[group]]" }
    }

    #[test]
    fn places_count_characters_from_one() {
        let collector = Collector::new("f", "a\n通信录 = 1\n".into());
        collector.note(2..3, missing());
        collector.note(11..12, missing());
        collector.note(0..0, missing());
        let mistakes = collector.finish().unwrap_err();
        let places: Vec<_> = mistakes.iter().map(|mistake| (mistake.line, mistake.column)).collect();
        assert_eq!(places, [(1, 1), (2, 1), (2, 4)]);
    }

    #[test]
    #[should_panic(expected = "found and not reported")]
    fn a_forgotten_mistake_is_a_bug() {
        let collector = Collector::new("f", "".into());
        collector.note(0..0, missing());
        drop(collector);
    }

    #[test]
    fn a_file_without_mistakes_is_clean() {
        assert_eq!(Collector::new("f", "".into()).finish(), Ok(()));
    }

    #[test]
    fn what_follows_from_a_syntax_error_is_left_out() {
        let collector = Collector::new("f", "a\nb\nc".into());
        collector.note(0..1, Problem::Syntax { words: "key with no value".to_owned() });
        collector.note(0..1, Problem::BadId { found: "a".to_owned() });
        collector.note(2..3, missing());
        collector.note(4..5, Problem::BadId { found: "c".to_owned() });
        let codes: Vec<_> = collector.finish().unwrap_err().iter().map(Mistake::code).collect();
        assert_eq!(codes, ["syntax", "bad-id"]);
    }
}
