//! Counts right and wrong answers, and writes them as a table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use keepone::classify::{Classification, Scope, Status};

use super::labels::Truth;

/// Counts of one group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) labelled: usize,
    pub(super) found: usize,
    pub(super) review: usize,
    pub(super) right: usize,
    pub(super) wrong: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.labelled += other.labelled;
        self.found += other.found;
        self.review += other.review;
        self.right += other.right;
        self.wrong += other.wrong;
    }

    /// Found among labelled, in thousandths.
    pub(super) fn recall(&self) -> Option<usize> {
        (self.found * 1000).checked_div(self.labelled)
    }

    /// Right among said, in thousandths.
    pub(super) fn precision(&self) -> Option<usize> {
        (self.right * 1000).checked_div(self.right + self.wrong)
    }
}

/// Counts by group.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(BTreeMap<String, Counts>);

impl Table {
    /// Counts one answer.
    pub(super) fn count(&mut self, truth: &Truth, entries: u32, answer: &Classification) {
        let of = |status| -> BTreeSet<String> {
            let groups = answer.groups.iter().filter(|membership| membership.status == status);
            groups.map(|membership| membership.id.to_string()).collect()
        };
        let (members, review) = (of(Status::Member), of(Status::Review));
        for member in &members {
            let counts = self.0.entry(member.clone()).or_default();
            if truth.accepted.contains(member) {
                counts.right += 1;
            } else {
                counts.wrong += 1;
            }
        }
        if !truth.accepted.is_empty() && entries > 0 {
            let counts = self.0.entry(truth.group.clone()).or_default();
            counts.labelled += 1;
            let in_scope = answer.scope == Scope::InScope;
            counts.found += usize::from(in_scope && !members.is_disjoint(&truth.accepted));
            counts.review += usize::from(
                in_scope && members.is_disjoint(&truth.accepted) && !review.is_disjoint(&truth.accepted),
            );
        }
    }

    /// Adds the counts of another table.
    pub(super) fn add(&mut self, other: &Self) {
        for (group, counts) in &other.0 {
            self.0.entry(group.clone()).or_default().add(counts);
        }
    }

    /// The sum over all groups.
    pub(super) fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.0.values().for_each(|counts| total.add(counts));
        total
    }

    /// Writes the table under a title.
    pub(super) fn write(&self, title: &str, out: &mut String) {
        let head =
            ["group", "labelled", "found", "review", "missed", "recall", "right", "wrong", "precision"];
        writeln!(out, "{title}\n").unwrap();
        writeln!(
            out,
            "{:20}{:>9}{:>7}{:>8}{:>8}{:>8}{:>8}{:>7}{:>11}",
            head[0], head[1], head[2], head[3], head[4], head[5], head[6], head[7], head[8]
        )
        .unwrap();
        let total = self.total();
        for (group, counts) in
            self.0.iter().map(|(group, counts)| (group.as_str(), counts)).chain([("total", &total)])
        {
            let missed = counts.labelled - counts.found - counts.review;
            let (recall, precision) = (share(counts.recall()), share(counts.precision()));
            writeln!(
                out,
                "{group:20}{:>9}{:>7}{:>8}{missed:>8}{recall:>8}{:>8}{:>7}{precision:>11}",
                counts.labelled, counts.found, counts.review, counts.right, counts.wrong
            )
            .unwrap();
        }
        out.push('\n');
    }
}

fn share(thousandths: Option<usize>) -> String {
    thousandths.map_or_else(|| "-".to_owned(), |share| format!("{}.{:03}", share / 1000, share % 1000))
}
