//! Which apps stay non-uninstallable: the exact optimum. Takes plain values - groups, costs, caps - and gives the set
//! that stays; knows nothing of packages, files or makers.
//!
//! Each group may keep at most its cap. What does not stay must be made removable, at its cost, and a group that ends
//! without any fixed app costs its penalty. Most apps serve one group: among those the dearest to change stay, up to the
//! room that is left. Only apps of several groups tie groups together; they are few, and the search over them goes
//! through every way to spend the groups' room (dynamic programming over the room used, at most 2^9 states where every
//! cap is 1). So the result is the optimum, not an approximation.
//!
//! Sets are compared by, in this order: keepers a maker declared that stay; cost; roles and preferences that the kept
//! hold; their evidence; their place in the image; their names. Each measure adds up over a set, so that the best whole
//! is made of best parts, and the last one leaves no ties: the result does not depend on the order of the input.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::iter::once;

use crate::package::Group;
use crate::plan::group_set::{GroupSet, PerGroup};

/// The greatest cost or penalty that is used; greater ones count as this. Sums of a million of them do not overflow.
pub const MAX_COST: u64 = 1 << 40;

/// One app that is non-uninstallable today and belongs to allowed groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its name; no two candidates share one.
    pub name: &'a str,
    /// The allowed groups it counts in; never empty.
    pub groups: GroupSet,
    /// What it costs to make it removable; `None`: it stays, whatever the rule says.
    pub cost: Option<u64>,
    /// For how many of its groups a maker declared it the keeper.
    pub declared: u32,
    /// What decides between sets of equal cost.
    pub rank: Rank,
}

/// What speaks for keeping an app where the cost does not decide. Compared field by field, more is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Roles it holds by default and activities the image prefers, for its groups.
    pub holds: u32,
    /// Its evidence scores in its groups.
    pub score: u32,
    /// How firmly its place belongs to the system: a privileged folder before an ordinary one.
    pub place: u32,
}

/// What a group allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// How many apps may stay.
    pub cap: u32,
    /// What it costs when the group had a fixed app and keeps none.
    pub penalty: u64,
}

/// What stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Positions of the candidates that stay, in the order of their names.
    pub kept: Vec<usize>,
    /// What the others cost, with the penalties of groups that keep none.
    pub cost: u64,
    /// Groups that keep none though they had a fixed app.
    pub without_keeper: GroupSet,
    /// Groups with more apps that cannot be changed than their cap.
    pub over: GroupSet,
}

/// What it would take to keep one app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It stays in the best choice.
    Chosen,
    /// Keeping it costs that much more; 0 when only the tie-break decided.
    Costs(u64),
    /// Keeping it would push out a keeper that the maker declared.
    AgainstDeclared,
    /// Apps that cannot be changed use up this group's cap.
    NoRoom(Group),
}

/// What tells the best choice from the best one that does not keep a certain app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margin {
    /// Without it fewer declared keepers stay.
    Declared,
    /// Without it the plan costs that much more.
    Cost(u64),
    /// Equal cost; what is kept holds more.
    Holds,
    /// Equal cost; the evidence is stronger.
    Score,
    /// Equal cost; it belongs more firmly to the system.
    Place,
    /// Equal in everything but the name.
    Name,
}

/// The search over one set of candidates.
pub struct Search<'a> {
    candidates: &'a [Candidate<'a>],
    limits: PerGroup<Limit>,
    /// Position of each candidate, in the order of their names. "Place" below is an index into this.
    by_name: Vec<usize>,
    /// What it would cost to change every candidate that can be changed.
    all: i64,
    /// Groups that have a fixed app today.
    had: GroupSet,
    /// How many unchangeable apps each group has.
    forced: PerGroup<u32>,
    /// For each group, the places of apps of that group alone that are worth a look, best first.
    single: PerGroup<Vec<usize>>,
    /// Places of apps of several groups that are worth a look, in the order of their names.
    shared: Vec<usize>,
    /// Best sets around an app of certain groups that is itself not worth a look.
    around: RefCell<BTreeMap<GroupSet, Option<Worth>>>,
}

/// How good a set is, but for its names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    declared: u32,
    /// Cost saved by not changing the set, less the penalties.
    saved: i64,
    rank: Rank,
}

impl Worth {
    fn of(candidate: &Candidate<'_>) -> Self {
        let saved = signed(candidate.cost.unwrap_or_default());
        Self { declared: candidate.declared, saved, rank: candidate.rank }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            declared: self.declared.saturating_add(other.declared),
            saved: self.saved.saturating_add(other.saved),
            rank: Rank {
                holds: self.rank.holds.saturating_add(other.rank.holds),
                score: self.rank.score.saturating_add(other.rank.score),
                place: self.rank.place.saturating_add(other.rank.place),
            },
        }
    }
}

/// A set of kept apps: how good it is and the places of its members, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Set {
    worth: Worth,
    kept: Vec<usize>,
}

impl Set {
    fn push(&mut self, place: usize, worth: Worth) {
        self.worth = self.worth.plus(worth);
        self.kept.push(place);
    }
}

impl Ord for Set {
    /// The better set is the greater one. Of two equally good ones that is the set with the first name that the other
    /// lacks; adding the same apps to both does not change that.
    fn cmp(&self, other: &Self) -> Ordering {
        let names = |set: &Self| set.kept.clone().into_iter().chain(once(usize::MAX)).collect::<Vec<_>>();
        self.worth.cmp(&other.worth).then_with(|| names(other).cmp(&names(self)))
    }
}

impl PartialOrd for Set {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Search<'a> {
    /// Prepares the search. A group that a candidate belongs to and that `limits` gives no cap keeps none.
    pub fn new(candidates: &'a [Candidate<'a>], limits: PerGroup<Limit>) -> Self {
        let mut by_name: Vec<usize> = (0..candidates.len()).collect();
        by_name.sort_by_key(|&position| candidates[position].name);
        let all =
            candidates.iter().filter_map(|candidate| candidate.cost).map(signed).fold(0, i64::saturating_add);
        let had = candidates.iter().flat_map(|candidate| candidate.groups.iter()).collect();
        let mut forced = PerGroup::default();
        for candidate in candidates.iter().filter(|candidate| candidate.cost.is_none()) {
            candidate.groups.iter().for_each(|group| *forced.of_mut(group) += 1);
        }
        let mut search = Self {
            candidates,
            limits,
            by_name,
            all,
            had,
            forced,
            single: PerGroup::default(),
            shared: Vec::new(),
            around: RefCell::default(),
        };
        search.sort_out();
        search
    }

    /// Finds the candidates worth a look. Of those that belong to exactly the same groups, no set keeps more than the
    /// groups' room, and exchanging a worse one for a better one improves any set: the best few are enough, and one
    /// more for the question what happens without one of them.
    fn sort_out(&mut self) {
        let mut alike: BTreeMap<GroupSet, Vec<usize>> = BTreeMap::new();
        for place in 0..self.by_name.len() {
            let candidate = self.at(place);
            if candidate.cost.is_some() {
                alike.entry(candidate.groups).or_default().push(place);
            }
        }
        for (groups, mut places) in alike {
            let room = groups.iter().map(|group| self.room(group)).min().unwrap_or_default();
            places.sort_by(|&a, &b| Worth::of(self.at(b)).cmp(&Worth::of(self.at(a))).then(a.cmp(&b)));
            let few = usize::try_from(room).unwrap_or(usize::MAX).saturating_add(1);
            places.truncate(few);
            match (groups.len(), groups.iter().next()) {
                (1, Some(group)) => *self.single.of_mut(group) = places,
                _ => self.shared.append(&mut places),
            }
        }
        self.shared.sort_unstable();
    }

    fn at(&self, place: usize) -> &Candidate<'a> {
        &self.candidates[self.by_name[place]]
    }

    /// How many more apps `group` may keep beside those that cannot be changed.
    fn room(&self, group: Group) -> u32 {
        self.limits.of(group).cap.saturating_sub(*self.forced.of(group))
    }

    /// Returns the best choice.
    pub fn best(&self) -> Choice {
        // Nothing beyond the unchangeable ones always fits, so there is a best set.
        let best = self.solve(GroupSet::EMPTY, None).unwrap_or_default();
        let is_forced = |place: &usize| self.at(*place).cost.is_none();
        let mut kept: Vec<usize> = (0..self.by_name.len()).filter(is_forced).chain(best.kept).collect();
        kept.sort_unstable();
        let covered: GroupSet = kept.iter().flat_map(|&place| self.at(place).groups.iter()).collect();
        Choice {
            cost: self.cost(best.worth),
            without_keeper: self.had.iter().filter(|group| !covered.contains(*group)).collect(),
            over: self
                .had
                .iter()
                .filter(|group| *self.forced.of(*group) > self.limits.of(*group).cap)
                .collect(),
            kept: kept.into_iter().map(|place| self.by_name[place]).collect(),
        }
    }

    /// Returns what it would take to keep the candidate at `position`, given the best choice.
    pub fn keeping(&self, position: usize, best: &Choice) -> Keeping {
        let candidate = &self.candidates[position];
        if best.kept.contains(&position) {
            return Keeping::Chosen;
        }
        if let Some(group) = candidate.groups.iter().find(|group| self.room(*group) == 0) {
            return Keeping::NoRoom(group);
        }
        let Some(rest) = self.best_around(position) else {
            // Unreachable: there is room for it alone in each of its groups.
            return Keeping::AgainstDeclared;
        };
        let worth = rest.plus(Worth::of(candidate));
        let declared = best.kept.iter().map(|&kept| self.candidates[kept]).filter(|kept| kept.cost.is_some());
        if worth.declared < declared.map(|kept| kept.declared).fold(0, u32::saturating_add) {
            return Keeping::AgainstDeclared;
        }
        Keeping::Costs(self.cost(worth).saturating_sub(best.cost))
    }

    /// Returns what tells the best choice from the best one without the changeable candidate at `position`.
    pub fn margin(&self, position: usize, best: &Choice) -> Margin {
        let place = self.by_name.iter().position(|known| *known == position);
        let without = self.solve(GroupSet::EMPTY, place).unwrap_or_default().worth;
        let kept = best.kept.iter().map(|&kept| &self.candidates[kept]).filter(|kept| kept.cost.is_some());
        let with = kept.map(Worth::of).fold(Worth::default(), Worth::plus);
        let more = self.cost(without).saturating_sub(best.cost);
        if with.declared > without.declared {
            Margin::Declared
        } else if more > 0 {
            Margin::Cost(more)
        } else if with.rank.holds > without.rank.holds {
            Margin::Holds
        } else if with.rank.score > without.rank.score {
            Margin::Score
        } else if with.rank.place > without.rank.place {
            Margin::Place
        } else {
            Margin::Name
        }
    }

    /// Returns the worth of the best set beside the candidate at `position`, which takes its own room.
    fn best_around(&self, position: usize) -> Option<Worth> {
        let groups = self.candidates[position].groups;
        let listed = self.shared.iter().chain(groups.iter().flat_map(|group| self.single.of(group)));
        let place = listed.copied().find(|&place| self.by_name[place] == position);
        if place.is_some() {
            return self.solve(groups, place).map(|set| set.worth);
        }
        if let Some(known) = self.around.borrow().get(&groups) {
            return *known;
        }
        let found = self.solve(groups, None).map(|set| set.worth);
        self.around.borrow_mut().insert(groups, found);
        found
    }

    /// The cost that belongs to a set: everything changed, less what the set saves.
    fn cost(&self, worth: Worth) -> u64 {
        u64::try_from(self.all.saturating_sub(worth.saved)).unwrap_or_default()
    }

    /// Returns the best set of changeable apps when one app of each group of `start` stays beside it, `without` left
    /// out; `None` when `start` does not fit.
    fn solve(&self, start: GroupSet, without: Option<usize>) -> Option<Set> {
        let mut used = PerGroup::<u32>::default();
        for group in start.iter() {
            *used.of_mut(group) = 1;
        }
        if !self.fits(&used) {
            return None;
        }
        let mut states = BTreeMap::from([(used, Set::default())]);
        for &place in self.shared.iter().filter(|&&place| Some(place) != without) {
            self.extend(&mut states, place);
        }
        states.iter().map(|(used, set)| self.finish(used, set, without)).max()
    }

    /// Adds to `states` what becomes possible with the app at `place`.
    fn extend(&self, states: &mut BTreeMap<PerGroup<u32>, Set>, place: usize) {
        let candidate = self.at(place);
        let before: Vec<(PerGroup<u32>, Set)> =
            states.iter().map(|(used, set)| (used.clone(), set.clone())).collect();
        for (mut used, mut set) in before {
            candidate.groups.iter().for_each(|group| *used.of_mut(group) += 1);
            if !self.fits(&used) {
                continue;
            }
            set.push(place, Worth::of(candidate));
            let better = |known: &mut Set| {
                if set > *known {
                    known.clone_from(&set);
                }
            };
            states.entry(used).and_modify(better).or_insert(set);
        }
    }

    fn fits(&self, used: &PerGroup<u32>) -> bool {
        Group::ALL.into_iter().all(|group| *used.of(group) <= self.room(group))
    }

    /// Fills what room is left with apps of one group, and counts the penalties.
    fn finish(&self, used: &PerGroup<u32>, set: &Set, without: Option<usize>) -> Set {
        let mut set = set.clone();
        for group in self.had.iter() {
            let left = usize::try_from(self.room(group) - used.of(group)).unwrap_or(usize::MAX);
            let mut covered = *used.of(group) > 0 || *self.forced.of(group) > 0;
            let single = self.single.of(group).iter().filter(|&&place| Some(place) != without);
            for &place in single.take(left) {
                set.push(place, Worth::of(self.at(place)));
                covered = true;
            }
            if !covered {
                set.worth.saved = set.worth.saved.saturating_sub(signed(self.limits.of(group).penalty));
            }
        }
        set.kept.sort_unstable();
        set
    }
}

/// A cost as a signed number, bounded by [`MAX_COST`].
fn signed(cost: u64) -> i64 {
    i64::try_from(cost.min(MAX_COST)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
