//! Makes sense of a groups file: numbers the signals, resolves names, and collects every mistake.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::classify::filter::{Data, Intent};
use crate::classify::groups::{Category, Groups, Index, Rule, SCHEMA_VERSION};
use crate::classify::outcome::EvidenceKind;
use crate::classify::raw;
use crate::classify::signal::{ComponentKind, MAX_SIGNALS, Probe, Signal, SignalId, WordPlace};
use crate::package::{Group, Sha256Digest};

/// Reads one file.
#[derive(Default)]
pub(super) struct Reader {
    /// What is wrong with it, one line each.
    pub(super) mistakes: Vec<String>,
    ids: BTreeMap<String, SignalId>,
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
        let index = &mut groups.index;
        let mut enter = |map: fn(&mut Index) -> &mut FxHashMap<String, Vec<SignalId>>, key: &str| {
            map(index).entry(key.to_owned()).or_default().push(number);
        };
        match &signal {
            Signal::Probe(probe) => {
                let action = &probe.intent.action;
                match probe.component {
                    ComponentKind::Activity => enter(|index| &mut index.activities, action),
                    ComponentKind::Receiver => enter(|index| &mut index.receivers, action),
                    ComponentKind::Service => enter(|index| &mut index.services, action),
                }
            }
            Signal::Permission(any) => {
                for permission in any {
                    enter(|index| &mut index.permissions, permission);
                }
            }
            Signal::Words { place: WordPlace::Class, any } => {
                for word in any {
                    enter(|index| &mut index.class_words, word);
                }
            }
            Signal::Several { .. } => index.several.push(number),
            Signal::ManyActions { .. } => index.prefixes.push(number),
            Signal::OwnAction { .. } => index.own_actions.push(number),
            _ => index.others.push(number),
        }
        groups.signals.push(signal);
        groups.signal_ids.push(id);
        groups.kinds.push(kind);
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
                Rule { id: raw.id, weight: raw.weight.unwrap_or(0), kind, all, any, none }
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
