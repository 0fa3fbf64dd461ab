//! Looks at one package and says which signals it gives: surely, or perhaps where a fact is an unresolved reference.

use std::collections::{BTreeMap, BTreeSet};

use crate::classify::Options;
use crate::classify::entry::{Entry, component_enabled};
use crate::classify::filter::{self, Match};
use crate::classify::groups::Groups;
use crate::classify::outcome::EvidenceKind;
use crate::classify::signal::{ComponentKind, Probe, Signal, SignalId, SignalSet, WordPlace};
use crate::classify::surroundings::Surroundings;
use crate::classify::unread::Part;
use crate::classify::words;
use crate::source::snapshot::{Claim, Component, Filter, Label, PackageFacts, Stated};

/// Where a signal was seen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    Component(&'static str, &'a str, &'a str),
    Text(&'static str, &'a str),
    At(&'a str, &'a str),
}

impl std::fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Component(kind, class, action) => write!(f, "{kind} {class}: {action}"),
            Self::Text(kind, text) => write!(f, "{kind} {text}"),
            Self::At(what, path) => write!(f, "{what} in {path}"),
        }
    }
}

/// The signals of one package.
#[derive(Default)]
pub(super) struct Observed<'a> {
    /// Seen.
    pub(super) sure: SignalSet,
    /// Seen, or perhaps there behind an unresolved reference.
    pub(super) possible: SignalSet,
    /// Where each sure signal was first seen.
    pub(super) origins: Vec<(SignalId, Origin<'a>)>,
    pub(super) claims: Vec<&'a Claim>,
}

impl<'a> Observed<'a> {
    fn see(&mut self, id: SignalId, surely: Match, origin: Origin<'a>) {
        if surely == Match::Yes && !self.sure.contains(id) {
            self.sure.insert(id);
            self.origins.push((id, origin));
        }
        if surely != Match::No {
            self.possible.insert(id);
        }
    }

    /// Returns where a signal was first seen.
    pub(super) fn origin(&self, id: SignalId) -> Option<Origin<'a>> {
        self.origins.iter().find(|(known, _)| *known == id).map(|(_, origin)| *origin)
    }
}

/// Looks at `package` with its entries.
pub(super) fn observe<'a>(
    package: &'a PackageFacts,
    entries: &[Entry<'a>],
    surroundings: &Surroundings<'a>,
    groups: &Groups,
    options: &Options,
) -> Observed<'a> {
    let mut look = Look {
        package,
        entries,
        surroundings,
        groups,
        ignore: &options.ignore,
        observed: Observed::default(),
        said: Vec::new(),
    };
    look.components("activity", ComponentKind::Activity, &package.activities);
    look.components("receiver", ComponentKind::Receiver, &package.receivers);
    look.components("service", ComponentKind::Service, &package.services);
    look.permissions();
    look.class_words();
    look.others();
    look.unread();
    look.several();
    if let Some(claims) = surroundings.claims.get(package.name.as_str()) {
        look.observed.claims.clone_from(claims);
    }
    look.observed
}

struct Look<'a, 'b> {
    package: &'a PackageFacts,
    entries: &'b [Entry<'a>],
    surroundings: &'b Surroundings<'a>,
    groups: &'b Groups,
    ignore: &'b BTreeSet<EvidenceKind>,
    observed: Observed<'a>,
    /// Words of the action at hand.
    said: Vec<String>,
}

impl<'a> Look<'a, '_> {
    fn components(&mut self, word: &'static str, kind: ComponentKind, components: &'a [Component]) {
        let index = match kind {
            ComponentKind::Activity => &self.groups.index.activities,
            ComponentKind::Receiver => &self.groups.index.receivers,
            ComponentKind::Service => &self.groups.index.services,
        };
        let mut counts = vec![BTreeSet::new(); self.groups.index.prefixes.len()];
        for component in components {
            let Reach { exported, enabled } = self.reach(component);
            for filter in &component.filters {
                for action in &filter.actions {
                    let origin = Origin::Component(word, &component.name, action);
                    for &id in index.get(action).into_iter().flatten() {
                        let Signal::Probe(probe) = &self.groups.signals[usize::from(id)] else { continue };
                        let enabled = if probe.disabled_counts { Match::Yes } else { enabled };
                        let surely = self.answers(component, filter, probe).min(exported).min(enabled);
                        self.observed.see(id, surely, origin);
                    }
                    if kind == ComponentKind::Activity && enabled == Match::Yes && exported == Match::Yes {
                        self.prefixes(action, &mut counts);
                    }
                    self.own_action(kind, action, exported.min(enabled), origin);
                }
            }
        }
        for (count, &id) in counts.iter().zip(&self.groups.index.prefixes) {
            if let Signal::ManyActions { at_least, .. } = &self.groups.signals[usize::from(id)]
                && count.len() >= *at_least
            {
                let last: &'a str = count.iter().next_back().copied().unwrap_or_default();
                self.observed.see(id, Match::Yes, Origin::Text("many actions such as", last));
            }
        }
    }

    fn prefixes(&self, action: &'a str, counts: &mut [BTreeSet<&'a str>]) {
        for (count, &id) in counts.iter_mut().zip(&self.groups.index.prefixes) {
            if let Signal::ManyActions { prefix, .. } = &self.groups.signals[usize::from(id)]
                && action.starts_with(prefix.as_str())
            {
                count.insert(action);
            }
        }
    }

    fn own_action(&mut self, kind: ComponentKind, action: &'a str, surely: Match, origin: Origin<'a>) {
        if action.starts_with("android.") {
            return;
        }
        let last = action.rsplit('.').next().unwrap_or(action);
        self.said.clear();
        words::each_word(last, |word| self.said.push(word.to_owned()));
        for &id in &self.groups.index.own_actions {
            let Signal::OwnAction { of_activities, words: sets } = &self.groups.signals[usize::from(id)]
            else {
                continue;
            };
            if self.observed.sure.contains(id) || (*of_activities && kind != ComponentKind::Activity) {
                continue;
            }
            let is_said = |wanted: &String| self.said.iter().any(|word| words::fits(wanted, word));
            if sets.iter().any(|set| set.iter().all(is_said)) {
                self.observed.see(id, surely, origin);
            }
        }
    }

    fn reach(&self, component: &Component) -> Reach {
        let exported = match &component.exported {
            Some(Stated::Value(false)) => Match::No,
            Some(Stated::Reference { .. }) => Match::Perhaps,
            None if component.filters.is_empty() => Match::No,
            Some(Stated::Value(true)) | None => Match::Yes,
        };
        let enabled = match component_enabled(self.package, component, self.surroundings.overrides()) {
            Some(true) => Match::Yes,
            Some(false) => Match::No,
            None => Match::Perhaps,
        };
        Reach { exported, enabled }
    }

    fn answers(&self, component: &Component, filter: &Filter, probe: &Probe) -> Match {
        let guard = component.permission.as_ref().or(self.package.application.permission.as_ref());
        if probe.guard.is_some() && probe.guard.as_ref() != guard
            || probe.min_priority.is_some_and(|lowest| filter.priority < lowest)
        {
            return Match::No;
        }
        if probe.listed_type
            && !probe.intent.mime_type.as_ref().is_some_and(|wanted| filter.types.contains(wanted))
        {
            return Match::No;
        }
        if let Some((name, value)) = &probe.meta_data {
            let carried = component
                .meta_data
                .iter()
                .any(|meta| meta.name == *name && (value.is_none() || meta.value == *value));
            if !carried {
                return Match::No;
            }
        }
        let place = if probe.at_entry { self.at_entry(component) } else { Match::Yes };
        filter::matches(filter, &probe.intent).min(place)
    }

    /// Returns whether a component is a launcher entry, what an entry's alias points to, or a sister alias of it.
    fn at_entry(&self, component: &Component) -> Match {
        let class = component.alias_of.as_ref().unwrap_or(&component.name);
        self.entries
            .iter()
            .filter(|entry| entry.component.alias_of.as_ref().unwrap_or(&entry.component.name) == class)
            .map(|entry| if entry.enabled == Some(true) { Match::Yes } else { Match::Perhaps })
            .max()
            .unwrap_or(Match::No)
    }

    fn permissions(&mut self) {
        for permission in &self.package.permissions {
            for &id in self.groups.index.permissions.get(permission).into_iter().flatten() {
                self.observed.see(id, Match::Yes, Origin::Text("permission", permission));
            }
        }
    }

    /// Words in class names, from any component. Only for packages of the image: anyone can name a class.
    fn class_words(&mut self) {
        if self.ignore.contains(&EvidenceKind::Name) || !self.is_of_the_image() {
            return;
        }
        let package = self.package;
        let all = package.activities.iter().chain(&package.receivers).chain(&package.services);
        for component in all {
            let class = component.alias_of.as_ref().unwrap_or(&component.name);
            let simple = class.rsplit(['.', '$']).next().unwrap_or(class);
            let Self { observed, groups, .. } = self;
            words::each_word(simple, |word| {
                for &id in groups.index.class_words.get(word).into_iter().flatten() {
                    observed.see(id, Match::Yes, Origin::Text("class", class));
                }
            });
        }
    }

    /// Returns whether the package lies where only the maker could put it.
    fn is_of_the_image(&self) -> bool {
        !self.package.path.is_empty() && !self.package.path.starts_with("/data/")
    }

    fn others(&mut self) {
        let name = self.package.name.as_str();
        for &id in &self.groups.index.others {
            if self.ignore.contains(&self.groups.kinds[usize::from(id)]) {
                continue;
            }
            let found = match &self.groups.signals[usize::from(id)] {
                Signal::Feature(any) => {
                    find(&self.package.features, any).map(|text| Origin::Text("feature", text))
                }
                Signal::SharedUser(any) => self
                    .package
                    .shared_user_id
                    .as_ref()
                    .and_then(Stated::value)
                    .filter(|user| any.contains(user))
                    .map(|user| Origin::Text("shared user id", user)),
                Signal::Authority(any) => self
                    .package
                    .providers
                    .iter()
                    .find_map(|provider| find(&provider.authorities, any))
                    .map(|text| Origin::Text("provider", text)),
                Signal::DefaultHolder(role) => of(&self.surroundings.holders, name, role),
                Signal::Preferred(action) => of(&self.surroundings.preferred, name, action),
                Signal::Words { place: WordPlace::Package, any } if self.is_of_the_image() => {
                    package_word(name, any).then_some(Origin::Text("package name", name))
                }
                Signal::Words { place: WordPlace::Label, any } if self.is_of_the_image() => self.label(any),
                _ => None,
            };
            if let Some(origin) = found {
                self.observed.see(id, Match::Yes, origin);
            }
        }
    }

    fn label(&self, any: &[String]) -> Option<Origin<'a>> {
        let entries = self.entries.iter().filter_map(|entry| entry.component.label.as_ref());
        entries.chain(self.package.application.label.as_ref()).find_map(|label: &'a Label| {
            [label.zh.as_deref(), label.en.as_deref()].into_iter().flatten().find_map(|text| {
                let said = text.trim().to_lowercase();
                any.iter().any(|pattern| words::fits(pattern, &said)).then_some(Origin::Text("label", text))
            })
        })
    }

    /// Signals that hang on facts that were not read may be there.
    fn unread(&mut self) {
        let parts = self.surroundings.unread.of(self.package);
        if parts.is_empty() {
            return;
        }
        let of = |kind| match kind {
            ComponentKind::Activity => parts.contains(Part::Activities),
            ComponentKind::Receiver => parts.contains(Part::Receivers),
            ComponentKind::Service => parts.contains(Part::Services),
        };
        let manifest = parts.contains(Part::Manifest);
        let components =
            of(ComponentKind::Activity) || of(ComponentKind::Receiver) || of(ComponentKind::Service);
        for (id, signal) in (0..=SignalId::MAX).zip(&self.groups.signals) {
            let open = match signal {
                Signal::Probe(probe) => of(probe.component),
                Signal::ManyActions { .. } | Signal::OwnAction { of_activities: true, .. } => {
                    manifest || of(ComponentKind::Activity)
                }
                Signal::OwnAction { .. } => manifest || components,
                Signal::Permission(_) => parts.contains(Part::Permissions),
                Signal::Authority(_) => parts.contains(Part::Providers),
                Signal::Words { place: WordPlace::Class, .. } => components && self.is_of_the_image(),
                _ => false,
            };
            if open {
                self.observed.possible.insert(id);
            }
        }
    }

    /// Signals made of others; the file defines the parts first.
    fn several(&mut self) {
        for &id in &self.groups.index.several {
            let Signal::Several { at_least, of } = &self.groups.signals[usize::from(id)] else { continue };
            let count = |set: &SignalSet| of.iter().filter(|&&part| set.contains(part)).count();
            let surely = if count(&self.observed.sure) >= *at_least {
                Match::Yes
            } else if count(&self.observed.possible) >= *at_least {
                Match::Perhaps
            } else {
                continue;
            };
            let first = of.iter().find_map(|&part| self.observed.origin(part));
            self.observed.see(id, surely, first.unwrap_or(Origin::Text("package", &self.package.path)));
        }
    }
}

struct Reach {
    exported: Match,
    enabled: Match,
}

fn find<'a>(stated: &'a [String], any: &[String]) -> Option<&'a str> {
    stated.iter().find(|text| any.contains(text)).map(String::as_str)
}

fn of<'a>(map: &BTreeMap<&'a str, Vec<(&'a str, &'a str)>>, name: &str, wanted: &str) -> Option<Origin<'a>> {
    let (what, path) = map.get(name)?.iter().find(|(what, _)| *what == wanted)?;
    Some(Origin::At(what, path))
}

fn package_word(name: &str, any: &[String]) -> bool {
    name.split('.').any(|part| {
        let whole = part.to_ascii_lowercase();
        let mut found = any.iter().any(|pattern| words::fits(pattern, &whole));
        words::each_word(part, |word| found |= any.iter().any(|pattern| words::fits(pattern, word)));
        found
    })
}
