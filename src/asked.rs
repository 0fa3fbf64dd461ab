//! Leads from a text of a manifest to what asks for it.
//!
//! Takes the texts that configuration asks for, each with who asks; gives, for one text, everyone who asks for exactly
//! that. Of the thousands of actions, permissions and classes of a phone nearly none is asked for: most are told by
//! their length, before the text itself is fetched, or by their last letters, before it is hashed.

use rustc_hash::FxHashMap;

/// Texts that something asks for, with who asks.
#[derive(Clone, Debug)]
pub(crate) struct Asked<Id> {
    by_text: FxHashMap<String, Vec<Id>>,
    /// A bit for each length of a text that is asked for; the last one stands for all that are longer.
    lengths: u64,
    /// A bit for each [`ending`].
    endings: [u64; ENDINGS / 64],
}

/// How many endings of texts are told apart.
const ENDINGS: usize = 2048;

impl<Id> Default for Asked<Id> {
    fn default() -> Self {
        Self { by_text: FxHashMap::default(), lengths: 0, endings: [0; ENDINGS / 64] }
    }
}

impl<Id> Asked<Id> {
    /// Notes that `id` asks for `text`.
    pub(crate) fn add(&mut self, text: &str, id: Id) {
        let ending = ending(text);
        self.lengths |= length(text);
        self.endings[ending / 64] |= 1 << (ending % 64);
        self.by_text.entry(text.to_owned()).or_default().push(id);
    }

    /// Notes that `id` asks for each of `texts`.
    pub(crate) fn add_all(&mut self, texts: &[String], id: Id)
    where
        Id: Copy,
    {
        for text in texts {
            self.add(text, id);
        }
    }

    /// Returns who asks for `text`, in the order they were noted.
    #[inline]
    pub(crate) fn of(&self, text: &str) -> &[Id] {
        if self.lengths & length(text) == 0 {
            return &[];
        }
        let ending = ending(text);
        if self.endings[ending / 64] & 1 << (ending % 64) == 0 {
            return &[];
        }
        self.by_text.get(text).map_or(&[], Vec::as_slice)
    }
}

/// The bit of a text's length.
#[inline]
fn length(text: &str) -> u64 {
    1 << text.len().min(63)
}

/// A number below [`ENDINGS`] that texts of one length and with the same last letters share.
#[inline]
fn ending(text: &str) -> usize {
    let last = match text.as_bytes() {
        [.., before, last] => usize::from(*before) * 5 + usize::from(*last) * 67,
        [last] => usize::from(*last),
        [] => 0,
    };
    (text.len() * 29 + last) % ENDINGS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn who_asks_is_found_and_nobody_else(
            texts in proptest::collection::vec("[ab相]{0,4}", 0..20),
            other in "[ab相]{0,4}",
        ) {
            let mut asked = Asked::default();
            for (id, text) in texts.iter().enumerate() {
                asked.add(text, id);
            }
            for text in texts.iter().chain([&other]) {
                let expected: Vec<usize> = (0..texts.len()).filter(|&id| texts[id] == *text).collect();
                prop_assert_eq!(asked.of(text), expected);
            }
        }
    }
}
