//! What a journal says, put together: runs, changes, what became of them, what was undone.

use std::collections::BTreeMap;

use crate::enforce::journal::entry::{Begin, CameOut, Change, Entry, Torn};
use crate::enforce::order::Purpose;

/// Everything a journal says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The runs, in order.
    pub runs: Vec<Run>,
    /// The changes, by number.
    pub changes: BTreeMap<u64, Changed>,
    /// What follows the last whole entry.
    pub torn: Option<Torn>,
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its number: that of the entry that began it.
    pub run: u64,
    /// How it began.
    pub begin: Begin,
    /// Whether it came to its end.
    pub ended: bool,
}

/// One change and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The run it belongs to.
    pub run: u64,
    /// What was to be done.
    pub change: Change,
    /// What became of it; `None`: the run was interrupted.
    pub came_out: Option<CameOut>,
    /// The run that undid it; `None`: it was not undone.
    pub undone_in: Option<u64>,
}

impl Changed {
    /// Returns whether it stands: it was not made by an undo, and was not undone.
    pub fn stands(&self) -> bool {
        self.undone_in.is_none() && !matches!(self.change.purpose, Purpose::Undo { .. })
    }

    /// Returns whether it stands and an undo would bring back what was before it.
    pub fn can_undo(&self) -> bool {
        self.stands() && self.change.comes_back()
    }
}

impl History {
    pub(super) fn new(torn: Option<Torn>) -> Self {
        Self { torn, ..Self::default() }
    }

    pub(super) fn push(&mut self, seq: u64, entry: Entry) {
        match entry {
            Entry::Begin(begin) => self.runs.push(Run { run: seq, begin: *begin, ended: false }),
            Entry::Change(change) => {
                let run = self.runs.last().map_or(0, |run| run.run);
                self.changes.insert(seq, Changed { run, change: *change, came_out: None, undone_in: None });
            }
            Entry::CameOut(came_out) => {
                if let Some(changed) = self.changes.get_mut(&came_out.change) {
                    let touched = changed.came_out.take().and_then(|earlier| earlier.touched);
                    let mut came_out = *came_out;
                    came_out.touched = came_out.touched.or(touched);
                    changed.came_out = Some(came_out);
                }
            }
            Entry::Undone(undone) => {
                if let Some(changed) = self.changes.get_mut(&undone.change) {
                    changed.undone_in = Some(self.runs.last().map_or(0, |run| run.run));
                }
            }
            Entry::End(end) => {
                if let Some(run) = self.runs.iter_mut().find(|run| run.run == end.run) {
                    run.ended = true;
                }
            }
        }
    }

    /// Returns the last run when it did not come to its end.
    pub fn interrupted(&self) -> Option<&Run> {
        self.runs.last().filter(|run| !run.ended)
    }

    /// Returns the changes that stand: not made by an undo, and not undone.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = (u64, &Changed)> {
        self.changes.iter().map(|(seq, changed)| (*seq, changed)).filter(|(_, changed)| changed.stands())
    }
}
