//! What the components of a package answer: the probes of the groups file, actions of the package's own, and many
//! actions of one kind.

use crate::asked::Asked;
use crate::classify::entry::{Switched, component_enabled};
use crate::classify::filter::{self, Match};
use crate::classify::observe::{Look, Origin};
use crate::classify::signal::{ComponentKind, Probe, Signal, SignalId};
use crate::classify::words::words;
use crate::source::snapshot::{Component, Filter, PackageFacts, Stated};

impl<'a> Look<'a, '_> {
    /// Looks at every component.
    pub(super) fn answers(&mut self) {
        let (package, index) = (self.package, &self.groups.index);
        let switched = self.surroundings.overrides().of(package);
        let kinds = [
            ("activity", ComponentKind::Activity, &package.activities, &index.activities),
            ("receiver", ComponentKind::Receiver, &package.receivers, &index.receivers),
            ("service", ComponentKind::Service, &package.services, &index.services),
        ];
        let mut many = Vec::new();
        for (word, kind, components, asked) in kinds {
            for component in components.iter().filter(|component| !component.filters.is_empty()) {
                let reach = Reach::of(package, component, switched);
                for filter in &component.filters {
                    for action in &filter.actions {
                        let origin = Origin::Component(word, &component.name, action);
                        self.probes(asked, component, filter, reach, origin);
                        self.own_action(kind, action, reach.whole(), origin);
                        if kind == ComponentKind::Activity && reach.whole() == Match::Yes {
                            self.prefixes(action, &mut many);
                        }
                    }
                }
            }
        }
        self.many(many);
    }

    /// Asks the probes about one action of a filter.
    fn probes(
        &mut self,
        asked: &Asked<SignalId>,
        component: &'a Component,
        filter: &'a Filter,
        reach: Reach,
        origin: Origin<'a>,
    ) {
        let Origin::Component(_, _, action) = origin else { return };
        for &id in asked.of(action) {
            let Signal::Probe(probe) = &self.groups.signals[usize::from(id)] else { continue };
            if !self.observed.sure.contains(id) {
                let enabled = if probe.disabled_counts { Match::Yes } else { reach.enabled };
                let surely = self.answer(component, filter, probe).min(reach.exported).min(enabled);
                self.observed.see(id, surely, origin);
            }
        }
    }

    /// Returns whether a filter that lists the action of a probe answers it.
    fn answer(&self, component: &Component, filter: &Filter, probe: &Probe) -> Match {
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
        match filter::matches_but_action(filter, &probe.intent) {
            passed if passed != Match::No && probe.at_entry => passed.min(self.at_entry(component)),
            passed => passed,
        }
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

    /// Looks for the words of an action that is the package's own.
    fn own_action(&mut self, kind: ComponentKind, action: &str, surely: Match, origin: Origin<'a>) {
        if action.starts_with("android.") {
            return;
        }
        let last = action.rsplit('.').next().unwrap_or(action);
        let index = &self.groups.index;
        let mut said = 0_u128;
        for word in words(last) {
            index
                .own_words
                .each(word, |number| said |= 1_u128.checked_shl(number.into()).unwrap_or_default());
        }
        if said == 0 {
            return;
        }
        for own in &index.own_actions {
            if own.of_activities && kind != ComponentKind::Activity {
                continue;
            }
            if own.sets.iter().any(|set| said & set == *set) {
                self.observed.see(own.id, surely, origin);
            }
        }
    }

    /// Notes in `many` which signals ask for actions that begin as this one does.
    fn prefixes(&self, action: &'a str, many: &mut Vec<(SignalId, &'a str)>) {
        for &id in &self.groups.index.prefixes {
            if let Signal::ManyActions { prefix, .. } = &self.groups.signals[usize::from(id)]
                && action.starts_with(prefix.as_str())
            {
                many.push((id, action));
            }
        }
    }

    /// Counts the different actions of each signal.
    fn many(&mut self, mut many: Vec<(SignalId, &'a str)>) {
        many.sort_unstable();
        many.dedup();
        for actions in many.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some((id, last)) = actions.last()
                && let Signal::ManyActions { at_least, .. } = &self.groups.signals[usize::from(*id)]
                && actions.len() >= *at_least
            {
                self.observed.see(*id, Match::Yes, Origin::Text("many actions such as", last));
            }
        }
    }
}

/// Whether others reach a component.
#[derive(Clone, Copy)]
struct Reach {
    exported: Match,
    enabled: Match,
}

impl Reach {
    fn of(package: &PackageFacts, component: &Component, switched: Option<&Switched<'_>>) -> Self {
        let exported = match &component.exported {
            Some(Stated::Value(false)) => Match::No,
            Some(Stated::Reference { .. }) => Match::Perhaps,
            None if component.filters.is_empty() => Match::No,
            Some(Stated::Value(true)) | None => Match::Yes,
        };
        let enabled = match component_enabled(package, component, switched) {
            Some(true) => Match::Yes,
            Some(false) => Match::No,
            None => Match::Perhaps,
        };
        Self { exported, enabled }
    }

    fn whole(self) -> Match {
        self.exported.min(self.enabled)
    }
}
