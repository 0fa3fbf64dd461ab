//! Makes sense of a groups file: numbers the signals, resolves names, and collects every mistake.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::classify::filter::{Data, Intent};
use crate::classify::groups::{Category, Groups, Index, OwnAction, Rule, SCHEMA_VERSION};
use crate::classify::outcome::EvidenceKind;
use crate::classify::raw;
use crate::classify::signal::{ComponentKind, MAX_SIGNALS, Probe, Signal, SignalId, WordPlace};
use crate::package::{Group, Sha256Digest};

/// How many words the signals about own actions may ask for: the bits of a set of them.
const MAX_OWN_WORDS: usize = 128;

/// Reads one file.
#[derive(Default)]
pub(super) struct Reader {
    /// What is wrong with it, one line each.
    pub(super) mistakes: Vec<String>,
    ids: BTreeMap<String, SignalId>,
    /// Words of own actions, by their numbers.
    own_words: Vec<String>,
}

impl Reader {
    /// Returns the groups; they are whole only when there is no mistake.
    pub(super) fn read(&mut self, file: raw::File, text: &str) -> Groups {
        if file.schema_version > SCHEMA_VERSION {
            self.mistakes.push(format!(
                "schema-version {}: this program reads up to {SCHEMA_VERSION}",
                file.schema_version
            ));
        }
        if file.signal.len() > MAX_SIGNALS {
            self.mistakes.push(format!("{} signals: at most {MAX_SIGNALS}", file.signal.len()));
        }
        let mut groups = Groups {
            member_from: file.member_from,
            review_from: file.review_from,
            signals: Vec::new(),
            signal_ids: Vec::new(),
            kinds: Vec::new(),
            index: Index::default(),
            infrastructure: Vec::new(),
            weighed: Vec::new(),
            categories: Vec::new(),
            digest: Sha256Digest(crate::package::hex(&Sha256::digest(text.as_bytes()))),
        };
        for (number, raw) in (0..=u8::MAX).zip(file.signal) {
            self.signal(number, raw, &mut groups);
        }
        groups.infrastructure = self.rules(file.infrastructure, &groups);
        for raw in file.group {
            match Group::from_id(&raw.id) {
                Some(id) if groups.weighed.iter().any(|(known, _)| *known == id) => {
                    self.mistakes.push(format!("group {:?} twice", raw.id));
                }
                Some(id) => {
                    let rules = self.rules(raw.evidence, &groups);
                    groups.weighed.push((id, rules));
                }
                None => self.mistakes.push(format!("no such group: {:?}", raw.id)),
            }
        }
        for raw in file.category {
            let fits = raw.fits.iter().filter_map(|id| self.group(id)).collect();
            groups.categories.push(Category { value: raw.value, name: raw.name, fits });
        }
        groups
    }

    fn group(&mut self, id: &str) -> Option<Group> {
        let group = Group::from_id(id);
        if group.is_none() {
            self.mistakes.push(format!("no such group: {id:?}"));
        }
        group
    }

    fn signal(&mut self, number: SignalId, raw: raw::Signal, groups: &mut Groups) {
        let id = raw.id.clone();
        if self.ids.insert(id.clone(), number).is_some() || id.is_empty() {
            self.mistakes.push(format!("signal id {id:?} is empty or used twice"));
        }
        let Some(signal) = self.meaning(raw) else {
            self.mistakes.push(format!("signal {id:?} must say exactly one thing"));
            return;
        };
        let kind = match &signal {
            Signal::Several { of, .. } => of
                .iter()
                .filter_map(|&part| groups.kinds.get(usize::from(part)).copied())
                .max_by_key(|kind| weakness(*kind))
                .unwrap_or(EvidenceKind::Intent),
            signal => signal.kind(),
        };
        self.enter(number, &signal, &mut groups.index);
        groups.signals.push(signal);
        groups.signal_ids.push(id);
        groups.kinds.push(kind);
    }

    /// Enters a signal where the facts it asks for lead to it.
    fn enter(&mut self, number: SignalId, signal: &Signal, index: &mut Index) {
        match signal {
            Signal::Probe(probe) => {
                let asked = match probe.component {
                    ComponentKind::Activity => &mut index.activities,
                    ComponentKind::Receiver => &mut index.receivers,
                    ComponentKind::Service => &mut index.services,
                };
                asked.add(&probe.intent.action, number);
            }
            Signal::Permission(any) => index.permissions.add_all(any, number),
            Signal::Feature(any) => index.features.add_all(any, number),
            Signal::Authority(any) => index.authorities.add_all(any, number),
            Signal::SharedUser(any) => index.shared_users.add_all(any, number),
            Signal::DefaultHolder(role) => index.holders.add(role, number),
            Signal::Preferred(action) => index.preferred.add(action, number),
            Signal::Words { place, any } => {
                let patterns = match place {
                    WordPlace::Package => &mut index.package_words,
                    WordPlace::Class => &mut index.class_words,
                    WordPlace::Label => &mut index.labels,
                };
                patterns.add_all(any, number);
            }
            Signal::OwnAction { of_activities, words } => {
                let sets = words.iter().map(|set| self.numbered(set, index)).collect();
                index.own_actions.push(OwnAction { id: number, of_activities: *of_activities, sets });
            }
            Signal::ManyActions { .. } => index.prefixes.push(number),
            Signal::Several { .. } => index.several.push(number),
        }
    }

    /// Returns words of own actions as the bits of their numbers.
    fn numbered(&mut self, words: &[String], index: &mut Index) -> u128 {
        words.iter().fold(0, |set, word| {
            let known = self.own_words.iter().position(|known| known == word);
            let Ok(number) = u8::try_from(known.unwrap_or(self.own_words.len())) else { return set };
            if known.is_none() {
                self.own_words.push(word.clone());
                index.own_words.add(word, number);
                if self.own_words.len() > MAX_OWN_WORDS {
                    self.mistakes
                        .push(format!("word {word:?}: own actions hold at most {MAX_OWN_WORDS} words"));
                }
            }
            set | 1_u128.checked_shl(number.into()).unwrap_or_default()
        })
    }

    /// Returns what a signal asks for; `None` when it asks for nothing or for several things at once.
    fn meaning(&mut self, raw: raw::Signal) -> Option<Signal> {
        let mut said: Vec<Signal> = Vec::new();
        for (component, action) in [
            (ComponentKind::Activity, raw.activity),
            (ComponentKind::Receiver, raw.receiver),
            (ComponentKind::Service, raw.service),
        ] {
            if let Some(action) = action {
                said.push(Signal::Probe(Box::new(Probe {
                    component,
                    intent: Intent {
                        action,
                        categories: raw.categories.clone(),
                        data: raw.data.as_deref().map(Data::parse),
                        mime_type: raw.mime_type.clone(),
                    },
                    uri: raw.data.clone(),
                    guard: raw.guard.clone(),
                    min_priority: raw.min_priority,
                    at_entry: raw.at_entry,
                    disabled_counts: raw.disabled_counts,
                    listed_type: raw.listed_type,
                    meta_data: raw.meta_data.clone().map(|name| (name, raw.meta_value.clone())),
                })));
            }
        }
        let mut list = |texts: Vec<String>, make: fn(Vec<String>) -> Signal| {
            if !texts.is_empty() {
                said.push(make(texts));
            }
        };
        list(raw.permission, Signal::Permission);
        list(raw.feature, Signal::Feature);
        list(raw.shared_user, Signal::SharedUser);
        list(raw.authority, Signal::Authority);
        list(raw.package_word, |any| Signal::Words { place: WordPlace::Package, any });
        list(raw.class_word, |any| Signal::Words { place: WordPlace::Class, any });
        list(raw.label, |any| Signal::Words { place: WordPlace::Label, any });
        if !raw.own_action.is_empty() {
            let words = |set: String| set.split_whitespace().map(str::to_owned).collect();
            let words = raw.own_action.into_iter().map(words).collect();
            said.push(Signal::OwnAction { of_activities: raw.of_activities, words });
        }
        if let Some(prefix) = raw.actions_with_prefix {
            if let Some(action) = raw.actions.iter().find(|action| !action.starts_with(&prefix)) {
                self.mistakes.push(format!("{action:?} does not begin with {prefix:?}"));
            }
            let at_least = raw.at_least.unwrap_or(1);
            said.push(Signal::ManyActions { prefix, at_least, known: raw.actions });
        } else if !raw.actions.is_empty() {
            self.mistakes.push(format!("signal {:?} has `actions` without `actions-with-prefix`", raw.id));
        }
        if !raw.several.is_empty() {
            let of = raw.several.iter().filter_map(|id| self.known(id)).collect();
            said.push(Signal::Several { at_least: raw.at_least.unwrap_or(2), of });
        }
        said.extend(raw.default_holder.map(Signal::DefaultHolder));
        said.extend(raw.preferred.map(Signal::Preferred));
        if said.len() == 1 { said.pop() } else { None }
    }

    fn known(&mut self, id: &str) -> Option<SignalId> {
        let number = self.ids.get(id).copied();
        if number.is_none() {
            self.mistakes.push(format!("no signal {id:?} is defined above its use"));
        }
        number
    }

    fn rules(&mut self, raw: Vec<raw::Evidence>, groups: &Groups) -> Vec<Rule> {
        raw.into_iter()
            .map(|raw| {
                if raw.why.trim().is_empty() || (raw.all.is_empty() && raw.any.is_empty()) {
                    self.mistakes.push(format!("evidence {:?} needs a condition and a reason", raw.id));
                }
                let mut resolve =
                    |ids: &[String]| ids.iter().filter_map(|id| self.known(id)).collect::<Vec<_>>();
                let (all, any, none) = (resolve(&raw.all), resolve(&raw.any), resolve(&raw.none));
                let kinds =
                    all.iter().chain(&any).filter_map(|&id| groups.kinds.get(usize::from(id)).copied());
                let kind = kinds.max_by_key(|kind| weakness(*kind)).unwrap_or(EvidenceKind::Intent);
                Rule {
                    id: raw.id,
                    weight: raw.weight.unwrap_or(0),
                    kind,
                    all: all.iter().copied().collect(),
                    any: any.iter().copied().collect(),
                    none: none.into_iter().collect(),
                    grounds: all.into_iter().chain(any).collect(),
                }
            })
            .collect()
    }
}

/// Orders kinds from strong to weak, so that evidence made of several kinds is called by what it rests on least well.
/// A permission beside an intent does not weaken the intent; a word does.
const fn weakness(kind: EvidenceKind) -> u8 {
    match kind {
        EvidenceKind::Declared => 0,
        EvidenceKind::Intent => 1,
        EvidenceKind::Category => 2,
        EvidenceKind::Role => 3,
        EvidenceKind::Image => 4,
        EvidenceKind::Name => 5,
        EvidenceKind::Label => 6,
        EvidenceKind::Claim => 7,
    }
}
