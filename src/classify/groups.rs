//! The evidence of every group, read from `config/groups.toml` and checked.

use std::sync::LazyLock;

use crate::asked::Asked;
use crate::classify::outcome::EvidenceKind;
use crate::classify::patterns::Patterns;
use crate::classify::raw;
use crate::classify::reader::Reader;
use crate::classify::signal::{Probe, Signal, SignalId, SignalSet};
use crate::package::{Group, Sha256Digest};

/// The newest `schema-version` of a groups file that is read.
pub const SCHEMA_VERSION: u32 = 1;

/// Signals, evidence, thresholds and what appCategory claims fit, ready to be asked.
#[derive(Clone, Debug)]
pub struct Groups {
    pub(super) member_from: i32,
    pub(super) review_from: i32,
    pub(super) signals: Vec<Signal>,
    pub(super) signal_ids: Vec<String>,
    pub(super) kinds: Vec<EvidenceKind>,
    pub(super) index: Index,
    pub(super) infrastructure: Vec<Rule>,
    pub(super) weighed: Vec<(Group, Vec<Rule>)>,
    pub(super) categories: Vec<Category>,
    pub(super) digest: Sha256Digest,
}

/// Where a fact of a package leads: from an action, permission or word to the signals that ask for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// By the actions that activities, receivers and services answer.
    pub(super) activities: Asked<SignalId>,
    pub(super) receivers: Asked<SignalId>,
    pub(super) services: Asked<SignalId>,
    pub(super) permissions: Asked<SignalId>,
    pub(super) features: Asked<SignalId>,
    pub(super) authorities: Asked<SignalId>,
    pub(super) shared_users: Asked<SignalId>,
    /// By the roles that the package holds by default, and the actions the image prefers it for.
    pub(super) holders: Asked<SignalId>,
    pub(super) preferred: Asked<SignalId>,
    pub(super) package_words: Patterns<SignalId>,
    pub(super) class_words: Patterns<SignalId>,
    pub(super) labels: Patterns<SignalId>,
    /// The words that signals about own actions ask for, numbered.
    pub(super) own_words: Patterns<u8>,
    pub(super) own_actions: Vec<OwnAction>,
    /// Signals that ask for many actions with one prefix.
    pub(super) prefixes: Vec<SignalId>,
    /// Signals made of other signals, in the order of the file.
    pub(super) several: Vec<SignalId>,
}

/// A signal about the words of a package's own actions.
#[derive(Clone, Debug)]
pub(super) struct OwnAction {
    pub(super) id: SignalId,
    pub(super) of_activities: bool,
    /// Sets of words, each as the bits of their numbers; every word of one set must be there.
    pub(super) sets: Vec<u128>,
}

/// One piece of evidence: a condition over signals and what it weighs.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) weight: i16,
    pub(super) kind: EvidenceKind,
    pub(super) all: SignalSet,
    pub(super) any: SignalSet,
    pub(super) none: SignalSet,
    /// The signals that speak for the condition, in the order of the file.
    pub(super) grounds: Vec<SignalId>,
}

impl Rule {
    /// Returns whether the condition holds, with `for_it` asked for what must be there and `against_it` for what must
    /// not.
    pub(super) fn holds(&self, for_it: &SignalSet, against_it: &SignalSet) -> bool {
        for_it.contains_all(&self.all)
            && (self.any.is_empty() || for_it.contains_any(&self.any))
            && !against_it.contains_any(&self.none)
    }
}

/// What a value of `android:appCategory` fits.
#[derive(Clone, Debug)]
pub(super) struct Category {
    pub(super) value: u8,
    pub(super) name: String,
    pub(super) fits: Vec<Group>,
}

static BUILT_IN: LazyLock<Groups> = LazyLock::new(|| {
    Groups::parse(include_str!("../../config/groups.toml"))
        .expect("config/groups.toml is compiled in and a test parses it")
});

impl Groups {
    /// Returns the groups that are compiled in.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads a groups file.
    ///
    /// # Errors
    /// Every mistake of the file, one line each.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let file: raw::File = toml::from_str(text).map_err(|error| vec![error.to_string()])?;
        let mut reader = Reader::default();
        let groups = reader.read(file, text);
        if reader.mistakes.is_empty() { Ok(groups) } else { Err(reader.mistakes) }
    }

    /// Returns the digest of the file these groups were read from.
    pub const fn digest(&self) -> &Sha256Digest {
        &self.digest
    }

    /// Returns from how many points on a package is a member of a group, and from how many a person must look at it.
    pub const fn thresholds(&self) -> (i32, i32) {
        (self.member_from, self.review_from)
    }

    /// Returns what a value of `android:appCategory` is called and which groups it fits; `None` for a value that says
    /// nothing. Takes Android's number or its name.
    pub fn category(&self, value: &str) -> Option<(&str, &[Group])> {
        let known = |category: &&Category| category.name == value || value.parse() == Ok(category.value);
        self.categories.iter().find(known).map(|category| (category.name.as_str(), category.fits.as_slice()))
    }

    /// Returns every probe with its id, for sources that ask a device instead of reading manifests.
    pub fn probes(&self) -> impl Iterator<Item = (&str, &Probe)> {
        self.signal_ids.iter().zip(&self.signals).filter_map(|(id, signal)| match signal {
            Signal::Probe(probe) => Some((id.as_str(), &**probe)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_groups_have_no_mistake_and_cover_every_group() {
        let groups = Groups::parse(include_str!("../../config/groups.toml")).unwrap_or_else(|mistakes| {
            panic!("{}", mistakes.join("\n"));
        });
        for group in Group::ALL {
            assert!(
                groups.weighed.iter().any(|(known, rules)| *known == group && !rules.is_empty()),
                "{group}"
            );
        }
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let text = "schema-version = 9\nmember-from = 70\nreview-from = 40\n\
            [[signal]]\nid = \"a\"\n[[group]]\nid = \"phones\"\n\
            [[group]]\nid = \"contacts\"\n[[group.evidence]]\nid = \"e\"\nall = [\"nothing\"]\nwhy = \"\"\n";
        let mistakes = Groups::parse(text).unwrap_err();
        assert_eq!(mistakes.len(), 5, "{mistakes:#?}");
    }
}
