//! Finds the patterns that a word fits. A pattern is a word, with `*` at one or both ends for anything that may stand
//! there; the case of ASCII letters does not matter.

/// Patterns with what each stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns<Id> {
    /// Whole words and beginnings (`camera*`), by the slot of their first byte.
    from_start: Slots<Id>,
    /// Endings (`*clock`), by the slot of their last byte.
    to_end: Slots<Id>,
    /// What may stand anywhere (`*file*`), or has no letter to go by.
    anywhere: Vec<Pattern<Id>>,
}

/// Both cases of an ASCII letter share one of these.
type Slots<Id> = [Vec<Pattern<Id>>; 32];

#[derive(Clone, Debug)]
struct Pattern<Id> {
    text: String,
    place: Place,
    id: Id,
}

/// Where in a word the text of a pattern stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Start,
    End,
    Anywhere,
}

impl<Id: Copy> Patterns<Id> {
    /// Adds a pattern.
    pub(super) fn add(&mut self, pattern: &str, id: Id) {
        let (place, text) = match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => (Place::Anywhere, pattern.trim_matches('*')),
            (Some(end), None) => (Place::End, end),
            (None, Some(start)) => (Place::Start, start),
            (None, None) => (Place::Whole, pattern),
        };
        let bytes = text.as_bytes();
        let patterns = match (place, bytes.first(), bytes.last()) {
            (Place::Whole | Place::Start, Some(first), _) => &mut self.from_start[slot(*first)],
            (Place::End, _, Some(last)) => &mut self.to_end[slot(*last)],
            _ => &mut self.anywhere,
        };
        patterns.push(Pattern { text: text.to_owned(), place, id });
    }

    /// Adds several patterns that stand for the same.
    pub(super) fn add_all(&mut self, patterns: &[String], id: Id) {
        for pattern in patterns {
            self.add(pattern, id);
        }
    }

    /// Calls `each` with what the patterns stand for that `word` fits.
    pub(super) fn each(&self, word: &str, mut each: impl FnMut(Id)) {
        let bytes = word.as_bytes();
        let from_start = bytes.first().map_or(&[][..], |first| &self.from_start[slot(*first)]);
        let to_end = bytes.last().map_or(&[][..], |last| &self.to_end[slot(*last)]);
        for patterns in [from_start, to_end, &self.anywhere] {
            patterns.iter().filter(|pattern| pattern.fits(bytes)).for_each(|pattern| each(pattern.id));
        }
    }
}

impl<Id> Pattern<Id> {
    fn fits(&self, word: &[u8]) -> bool {
        let text = self.text.as_bytes();
        let part = match self.place {
            Place::Whole if word.len() == text.len() => Some(word),
            Place::Whole => None,
            Place::Start => word.get(..text.len()),
            Place::End => word.len().checked_sub(text.len()).and_then(|from| word.get(from..)),
            Place::Anywhere => {
                return text.is_empty()
                    || word.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text));
            }
        };
        part.is_some_and(|part| part.eq_ignore_ascii_case(text))
    }
}

const fn slot(byte: u8) -> usize {
    (byte & 31) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a pattern says, read from the words of the module's head.
    fn fits(pattern: &str, word: &str) -> bool {
        let (pattern, word) = (pattern.to_ascii_lowercase(), word.to_ascii_lowercase());
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => word.contains(pattern.trim_matches('*')),
            (Some(end), None) => word.ends_with(end),
            (None, Some(start)) => word.starts_with(start),
            (None, None) => word == pattern,
        }
    }

    fn found(patterns: &[&str], word: &str) -> Vec<usize> {
        let mut all = Patterns::default();
        for (id, pattern) in patterns.iter().enumerate() {
            all.add(pattern, id);
        }
        let mut found = Vec::new();
        all.each(word, |id| found.push(id));
        found.sort_unstable();
        found
    }

    #[test]
    fn stars_stand_for_anything() {
        let patterns = ["clock", "*clock", "camera*", "*file*", "*应用商店*"];
        for (word, expected) in [
            ("clock", &[0, 1][..]),
            ("AlarmClock", &[1]),
            ("Camera", &[2]),
            ("mycamera", &[]),
            ("MyFiles", &[3]),
            ("小米应用商店", &[4]),
        ] {
            assert_eq!(found(&patterns, word), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn every_pattern_is_found_that_fits(
            patterns in proptest::collection::vec("[*]?[aAb相 ]{0,3}[*]?", 0..12),
            word in "[aAbB相 ]{0,6}",
        ) {
            let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
            let expected: Vec<usize> = (0..patterns.len()).filter(|&id| fits(patterns[id], &word)).collect();
            prop_assert_eq!(found(&patterns, &word), expected);
        }
    }
}
