//! How the phone lies. What it does with a change is looked up by the package the change is of; what becomes of an answer,
//! by the words that were asked.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::Answer;

/// What becomes of a change of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// Says that it is done, and does nothing.
    Ignores,
    /// Disables a package that is to go.
    Disables,
    /// Does it, and takes it back after so many seconds of the phone's clock.
    Reverts(u64),
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Twist {
    /// Only the beginning is given.
    Truncate(usize),
    /// None is given.
    Hang,
    /// So many bytes without an end of a line are given.
    Flood(usize),
    /// Bytes that mean nothing are given.
    Garbage,
    /// Another maker's way of saying the same: words of his own in front and between, other ends of lines.
    Maker,
    /// Words for the same that nobody has heard.
    Foreign,
    /// This text is given.
    Says(String),
}

/// Where a package can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// `pm list packages`.
    Lists,
    /// `cmd package query-…`.
    Queries,
    /// `dumpsys package`.
    Dumps,
}

impl Place {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [(Self::Lists, "lists"), (Self::Queries, "queries"), (Self::Dumps, "dumps")]
            .into_iter()
            .find_map(|(place, name)| (name == text).then_some(place))
    }
}

/// What is told at the end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Answer(Answer),
    Flood(usize),
    Nothing,
}

/// All lies of the phone.
#[derive(Debug, Default)]
pub(crate) struct Lies {
    /// By package; `*` is every package.
    pub(crate) of: BTreeMap<String, Lie>,
    /// Packages that some answers leave out while others have them.
    pub(crate) hidden: BTreeSet<(Place, String)>,
    /// By the beginning of what was asked, its words joined by blanks.
    pub(crate) twists: Vec<(String, Twist)>,
}

impl Lies {
    /// Returns the lie about a package.
    pub(crate) fn about(&self, package: &str) -> Option<Lie> {
        self.of.get(package).or_else(|| self.of.get("*")).copied()
    }

    /// Whether a package is left out somewhere.
    pub(crate) fn hides(&self, place: Place, package: &str) -> bool {
        self.hidden.contains(&(place, package.to_owned()))
    }

    /// Lets the twist that fits the question have its way with the answer.
    pub(crate) fn tell(&self, words: &[String], mut answer: Answer) -> Told {
        let asked = words.join(" ");
        let Some((_, twist)) = self.twists.iter().find(|(begin, _)| asked.starts_with(begin.as_str())) else {
            return Told::Answer(answer);
        };
        match twist {
            Twist::Truncate(bytes) => answer.output.truncate(*bytes),
            Twist::Hang => return Told::Nothing,
            Twist::Flood(bytes) => return Told::Flood(*bytes),
            Twist::Garbage => answer.output = garbage(answer.output.len().max(64)),
            Twist::Maker => answer.output = of_another_maker(&answer.output),
            Twist::Foreign => answer.output = in_other_words(&answer.output),
            Twist::Says(text) => answer.output = text.clone().into_bytes(),
        }
        Told::Answer(answer)
    }
}

/// The same bytes at each run, of every value.
fn garbage(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn of_another_maker(output: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(output);
    let mut changed = String::from("[VendorPms] dump enter, caller=shell\r\n");
    for line in text.lines() {
        changed.push_str(&line.replace(" installed=", " vendorState=0 installed="));
        changed.push_str(" \r\n");
    }
    changed.into_bytes()
}

fn in_other_words(output: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(output);
    let words = [
        ("package:", "app="),
        ("Package [", "App ["),
        ("installed=", "here="),
        ("found:", "there:"),
        ("UserInfo", "Person"),
    ];
    words.iter().fold(text.into_owned(), |text, (word, other)| text.replace(word, other)).into_bytes()
}
