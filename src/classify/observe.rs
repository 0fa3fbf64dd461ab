//! Looks at one package and says which signals it gives: surely, or perhaps where a fact is an unresolved reference.
//!
//! Every fact leads to the signals that ask for it, so the work grows with the facts, not with the signals. What
//! components answer is in [`super::answers`], words in names and labels in [`super::named`].

use std::collections::BTreeSet;

use crate::classify::Options;
use crate::classify::entry::Entry;
use crate::classify::filter::Match;
use crate::classify::groups::Groups;
use crate::classify::outcome::EvidenceKind;
use crate::classify::patterns::Patterns;
use crate::classify::signal::{ComponentKind, Signal, SignalId, SignalSet, WordPlace};
use crate::classify::surroundings::Surroundings;
use crate::classify::unread::Part;
use crate::source::snapshot::{Claim, PackageFacts, Stated};

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
    pub(super) fn see(&mut self, id: SignalId, surely: Match, origin: Origin<'a>) {
        if surely == Match::Yes && !self.sure.contains(id) {
            self.sure.insert(id);
            self.origins.push((id, origin));
        }
        if surely != Match::No {
            self.possible.insert(id);
        }
    }

    /// Notes every one of `ids` as seen.
    fn see_all(&mut self, ids: &[SignalId], origin: Origin<'a>) {
        for &id in ids {
            self.see(id, Match::Yes, origin);
        }
    }

    /// Notes what the patterns stand for that `word` fits.
    pub(super) fn see_word(&mut self, patterns: &Patterns<SignalId>, word: &str, origin: Origin<'a>) {
        patterns.each(word, |id| self.see(id, Match::Yes, origin));
    }

    /// Returns where a signal was first seen.
    pub(super) fn origin(&self, id: SignalId) -> Option<Origin<'a>> {
        self.origins.iter().find(|(known, _)| *known == id).map(|(_, origin)| *origin)
    }

    /// Returns whether an unresolved reference leaves some signal open.
    pub(super) fn is_open(&self) -> bool {
        self.sure != self.possible
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
    };
    look.answers();
    look.declared();
    look.image();
    look.names();
    look.unread();
    look.several();
    if let Some(claims) = surroundings.claims.get(package.name.as_str()) {
        look.observed.claims.clone_from(claims);
    }
    look.observed
}

pub(super) struct Look<'a, 'b> {
    pub(super) package: &'a PackageFacts,
    pub(super) entries: &'b [Entry<'a>],
    pub(super) surroundings: &'b Surroundings<'a>,
    pub(super) groups: &'b Groups,
    ignore: &'b BTreeSet<EvidenceKind>,
    pub(super) observed: Observed<'a>,
}

impl Look<'_, '_> {
    pub(super) fn ignores(&self, kind: EvidenceKind) -> bool {
        self.ignore.contains(&kind)
    }

    /// Permissions, features, providers' authorities and the shared user id.
    fn declared(&mut self) {
        let (package, index) = (self.package, &self.groups.index);
        for permission in &package.permissions {
            self.observed.see_all(index.permissions.of(permission), Origin::Text("permission", permission));
        }
        if self.ignores(EvidenceKind::Declared) {
            return;
        }
        for feature in &package.features {
            self.observed.see_all(index.features.of(feature), Origin::Text("feature", feature));
        }
        for authority in package.providers.iter().flat_map(|provider| &provider.authorities) {
            self.observed.see_all(index.authorities.of(authority), Origin::Text("provider", authority));
        }
        if let Some(user) = package.shared_user_id.as_ref().and_then(Stated::value) {
            self.observed.see_all(index.shared_users.of(user), Origin::Text("shared user id", user));
        }
    }

    /// What the image says of the package: roles that it holds by default, actions it is preferred for.
    fn image(&mut self) {
        let (name, index) = (self.package.name.as_str(), &self.groups.index);
        let Surroundings { holders, preferred, .. } = self.surroundings;
        for (kind, said, asked) in [
            (EvidenceKind::Role, holders, &index.holders),
            (EvidenceKind::Image, preferred, &index.preferred),
        ] {
            if self.ignores(kind) {
                continue;
            }
            for (what, path) in said.get(name).into_iter().flatten() {
                self.observed.see_all(asked.of(what), Origin::At(what, path));
            }
        }
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
