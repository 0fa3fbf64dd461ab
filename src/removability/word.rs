//! Rule: the lists of makers, and the switches that turn them on.
//!
//! Takes the lists of a snapshot; gives, for one package, the word that decides, those against it, and the lists that
//! may hold another word but were not read. A list found in the image counts whoever made the phone: a port carries the
//! lists of the software it runs.
//!
//! Precedence: the higher `precedence` of the file's rule decides; between equals the word that says fixed. A word whose
//! switch, condition or variant hangs on a property that was not stated is neither said nor unsaid.

use std::collections::BTreeMap;

use crate::maker::Conventions;
use crate::maker::condition;
use crate::maker::place::one_form;
use crate::maker::rule::{ListRule, Partition, Says};
use crate::maker::site::Recognised;
use crate::removability::outcome::Verdict;
use crate::source::snapshot::{Device, MakerList, MakerListEntry, PackageFacts, Snapshot};
use crate::source::unread::UnreadKind;

/// What one entry of a list says about a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) rule: &'a ListRule,
    /// The file, as a path on the device.
    pub(super) path: &'a str,
    pub(super) says: Says,
    /// The property that would have to be known to tell whether the word counts; `None` when it counts.
    pub(super) hangs_on: Option<&'a str>,
}

impl Word<'_> {
    /// Returns the verdict the word stands for.
    pub(super) fn verdict(&self) -> Verdict {
        if self.says == Says::Fixed { Verdict::NonUninstallable } else { Verdict::Uninstallable }
    }
}

/// A list that may say something and was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Silent {
    /// What it could say; both when its kind is not known.
    pub(super) says: Vec<Says>,
    /// Where it decides among lists.
    pub(super) precedence: u32,
    /// Which packages it speaks of.
    pub(super) speaks_of: Partition,
    /// The file, or what to call it.
    pub(super) called: String,
    /// Whether it is known to exist: it was met and not read, or its switch is stated to be on. Otherwise the maker's
    /// platform may read it, and the source holds none.
    pub(super) exists: bool,
}

/// What the lists of one device say.
pub(super) struct Words<'a> {
    by_package: BTreeMap<&'a str, Vec<Word<'a>>>,
    by_path: BTreeMap<String, Vec<Word<'a>>>,
    /// Lists that were not read or are not there.
    pub(super) silent: Vec<Silent>,
}

impl<'a> Words<'a> {
    /// Reads the lists of `snapshot` with the rules of `conventions`.
    pub(super) fn collect(
        snapshot: &'a Snapshot,
        conventions: &'a Conventions,
        makers: &[Recognised<'_>],
    ) -> Self {
        let mut words = Self { by_package: BTreeMap::new(), by_path: BTreeMap::new(), silent: Vec::new() };
        for list in &snapshot.maker_lists {
            if let Some(rule) = conventions.list(&list.list) {
                words.add(rule, list, &snapshot.device);
            }
        }
        words.note_unread(snapshot, conventions);
        words.note_absent(snapshot, conventions, makers);
        words
    }

    /// Returns the words about a package, wherever its copies lie, the deciding one first.
    pub(super) fn about(&self, package: &PackageFacts) -> Vec<&Word<'a>> {
        let mut words: Vec<&Word<'a>> =
            self.by_package.get(package.name.as_str()).into_iter().flatten().collect();
        if !self.by_path.is_empty() {
            let (folder, file) = (one_form(&package.path), one_form(&package.file));
            words.extend(self.by_path.get(&folder).into_iter().flatten());
            if file != folder {
                words.extend(self.by_path.get(&file).into_iter().flatten());
            }
        }
        words.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.path.cmp(b.path)));
        words.dedup();
        words
    }

    fn add(&mut self, rule: &'a ListRule, list: &'a MakerList, device: &'a Device) {
        if rule.evidence_only {
            return;
        }
        let Some(standing) = standing(rule, &list.path, device) else { return };
        for entry in &list.entries {
            let Some(says) = said(rule, entry) else { continue };
            let hangs_on =
                match entry.condition.as_deref().map(|condition| condition::holds(condition, device)) {
                    Some(Some(false)) => continue,
                    Some(None) => Some(condition::FIRST_API_LEVEL),
                    Some(Some(true)) | None => standing,
                };
            let word = Word { rule, path: &list.path, says, hangs_on };
            if entry.subject.starts_with('/') {
                self.by_path.entry(one_form(&entry.subject)).or_default().push(word);
            } else {
                self.by_package.entry(&entry.subject).or_default().push(word);
            }
        }
    }

    /// Notes the lists that were met and not read, wholly or in part.
    fn note_unread(&mut self, snapshot: &Snapshot, conventions: &Conventions) {
        for unread in snapshot.unread.iter().filter(|unread| unread.kind == UnreadKind::MakerList) {
            let rule = conventions.list_for(&unread.path);
            let counts = rule.is_none_or(|rule| {
                !rule.evidence_only && standing(rule, &unread.path, &snapshot.device).is_some()
            });
            if counts {
                self.silent.push(silent(rule, unread.path.clone(), true));
            }
        }
    }

    /// Notes the lists that the platforms recognised may read and that the source does not hold.
    fn note_absent(&mut self, snapshot: &Snapshot, conventions: &Conventions, makers: &[Recognised<'_>]) {
        let recognised = |maker: &str| makers.iter().any(|found| found.maker.id == maker);
        for rule in conventions.lists().iter().filter(|rule| !rule.evidence_only && recognised(&rule.maker)) {
            let met = snapshot.maker_lists.iter().any(|list| list.list == rule.id)
                || snapshot.unread.iter().any(|unread| {
                    unread.kind == UnreadKind::MakerList
                        && rule.files.iter().any(|file| file.names(&unread.path))
                });
            let switched = rule.switch.as_ref().map(|switch| switch.holds(&snapshot.device));
            if met || switched == Some(Some(false)) || released(rule, &snapshot.device) == Some(false) {
                continue;
            }
            let called = rule.files.first().map(crate::maker::place::Pattern::example).unwrap_or_default();
            self.silent.push(silent(Some(rule), called, switched == Some(Some(true))));
        }
        for unseen in conventions.unseen().iter().filter(|unseen| recognised(&unseen.maker)) {
            if unseen.switch.as_ref().is_none_or(|switch| switch.holds(&snapshot.device) == Some(true)) {
                self.silent.push(Silent {
                    says: vec![unseen.says],
                    precedence: u32::MAX,
                    speaks_of: unseen.speaks_of,
                    called: unseen.called.clone(),
                    exists: false,
                });
            }
        }
    }
}

/// Orders words: the higher precedence first, between equals the one that says fixed.
fn rank(word: &Word<'_>) -> (u32, bool) {
    (u32::MAX - word.rule.precedence, word.says != Says::Fixed)
}

fn silent(rule: Option<&ListRule>, called: String, exists: bool) -> Silent {
    let mut says: Vec<Says> =
        rule.map_or_else(|| vec![Says::Removable, Says::Fixed], |rule| rule.says.values().copied().collect());
    says.sort_unstable();
    says.dedup();
    Silent {
        says,
        precedence: rule.map_or(u32::MAX, |rule| rule.precedence),
        speaks_of: rule.map_or(Partition::Any, |rule| rule.speaks_of),
        called,
        exists,
    }
}

/// Returns what an entry says by its word; `None` when its word says nothing about removing.
fn said(rule: &ListRule, entry: &MakerListEntry) -> Option<Says> {
    let word = entry.says.as_deref().unwrap_or("*");
    rule.says.get(word).or_else(|| rule.says.get("*")).copied()
}

/// Tells whether the platform reads a list: `None` when it does not, else the property that this hangs on, if any.
#[expect(clippy::option_option, reason = "not read; read for certain; read if a property says so")]
fn standing<'a>(rule: &'a ListRule, path: &str, device: &Device) -> Option<Option<&'a str>> {
    let switched = rule.switch.as_ref().map_or(Some(true), |switch| switch.holds(device));
    let variant = rule.variant.as_ref().map_or(Some(true), |property| is_variant(path, property, device));
    let hangs_on = |decided: Option<bool>, property: &'a str| match decided {
        Some(true) => Ok(None),
        Some(false) => Err(()),
        None => Ok(Some(property)),
    };
    let switch_name = rule.switch.as_ref().map_or("", |switch| switch.name.as_str());
    let tests = [
        hangs_on(released(rule, device), "ro.build.version.sdk"),
        hangs_on(switched, switch_name),
        hangs_on(variant, rule.variant.as_deref().unwrap_or_default()),
    ];
    let mut first = None;
    for test in tests {
        first = first.or(test.ok()?);
    }
    Some(first)
}

/// Tells whether the platform's release reads the list.
fn released(rule: &ListRule, device: &Device) -> Option<bool> {
    if rule.min_sdk.is_none() && rule.max_sdk.is_none() {
        return Some(true);
    }
    let sdk = device.sdk?;
    Some(rule.min_sdk.is_none_or(|min| sdk >= min) && rule.max_sdk.is_none_or(|max| sdk <= max))
}

/// Tells whether a file that ends in `_<variant>` is the one of this device; one without an ending is for all.
fn is_variant(path: &str, property: &str, device: &Device) -> Option<bool> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((_, variant)) =
        name.rsplit_once('_').filter(|(_, ending)| ending.bytes().all(|b| b.is_ascii_digit()))
    else {
        return Some(true);
    };
    device.properties.get(property).map(|stated| stated.value.trim() == variant)
}
