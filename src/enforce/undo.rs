//! Puts back what stood before. Takes a journal and a carrier; goes through the changes that stand in reverse, writes what
//! stood before each, puts back what the platform had changed along with it, and lists what cannot return.
//!
//! Every write of an undo is journalled like any other, so that an interrupted undo can be run again.

use std::collections::BTreeSet;

use crate::enforce::along::concerned;
use crate::enforce::carrier::{Because, Carrier, CarrierError, Reading};
use crate::enforce::carry::Write;
use crate::enforce::cell::{Cell, Held, Value};
use crate::enforce::guard::{self, ROLES};
use crate::enforce::hand::Hand;
use crate::enforce::journal::{CameOut, Change, Changed, Entry, Journal, Store, Undone};
use crate::enforce::order::{Consent, Guard, Order, Purpose, RunKind, Task};
use crate::enforce::outcome::{ChangeOutcome, Reason};
use crate::enforce::result::{self, ChangeResult, RunResult, TOOL, Told, refused};
use crate::enforce::same::{differing, same};
use crate::failure::{Failure, FailureCode};
use crate::language::Text;

/// Undoes changes: those chosen by their numbers, or all that stand.
///
/// # Errors
/// When a number names no change that stands; when the carrier does not answer or the journal cannot be written before
/// anything was done.
pub fn undo<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    now: &str,
    chosen: Option<&[u64]>,
) -> Result<RunResult, Failure> {
    const NO_SUCH: Text = Text::new(
        "{seq} names no change of the journal that could be undone",
        "日志中没有编号为 {seq} 且可撤销的更改",
    );
    let standing: Vec<(u64, Changed)> =
        journal.history().standing().map(|(seq, changed)| (seq, changed.clone())).collect();
    let wanted: BTreeSet<u64> = match chosen {
        Some(chosen) => chosen.iter().copied().collect(),
        None => standing.iter().map(|(seq, _)| *seq).collect(),
    };
    if let Some(seq) = wanted.iter().find(|seq| !standing.iter().any(|(known, _)| known == *seq)) {
        return Err(Failure::new(FailureCode::BadInput, NO_SUCH, &[("seq", seq)]));
    }
    let torn = journal.history().torn.clone();
    let order =
        Order { kind: RunKind::Undo, now: now.to_owned(), tasks: Vec::new(), guard: Guard::default() };
    let (mut hand, may) = Hand::begin(carrier, journal, &order, chosen.map(<[u64]>::to_vec), None)?;
    let mut changes = Vec::new();
    for (seq, changed) in standing.iter().rev().filter(|(seq, _)| wanted.contains(seq)) {
        let later = standing.iter().find(|(other, later)| {
            other > seq && later.change.cell == changed.change.cell && !wanted.contains(other)
        });
        let task = put_back(*seq, &changed.change);
        let result = match later {
            _ if hand.stopped.is_some() => refused(&task, Reason::Stopped),
            Some((later, _)) => refused(&task, Reason::LaterChange { seq: *later }),
            None => hand.undo_one(*seq, changed, &task),
        };
        changes.push(result);
    }
    let stopped = hand.end();
    let told = |mut change: ChangeResult| {
        change.also = change.also.into_iter().map(ChangeResult::told).collect();
        change.told()
    };
    let changes: Vec<ChangeResult> = changes.into_iter().map(told).collect();
    Ok(RunResult {
        schema_version: result::SCHEMA_VERSION,
        tool: TOOL.to_owned(),
        kind: RunKind::Undo,
        run: hand.run,
        now: now.to_owned(),
        way: may.way,
        counts: result::counts(&changes),
        stopped: stopped.map(Told::from),
        torn,
        notes: Vec::new(),
        changes,
    })
}

/// The task that puts back what stood before a change.
fn put_back(seq: u64, change: &Change) -> Task {
    Task {
        purpose: Purpose::Undo { change: seq },
        package: change.package.clone(),
        cell: change.cell.clone(),
        to: change.before.clone().unwrap_or_else(|| change.to.clone()),
        conditions: Vec::new(),
        consent: Consent::NotNeeded,
    }
}

impl<S: Store> Hand<'_, S> {
    /// Undoes one change, with everything that the platform changed along with it.
    fn undo_one(&mut self, seq: u64, changed: &Changed, task: &Task) -> ChangeResult {
        let lost = |was_made: bool| {
            let lost = changed.change.lost.iter().filter(|_| was_made);
            lost.cloned().map(Told::from).collect::<Vec<_>>()
        };
        if !changed.change.comes_back() {
            return self.never_returns(seq, changed, task, lost(true));
        }
        let taken = if takes_app_away(task) { self.losses(task, None) } else { Ok(Vec::new()) };
        let mut result = match self.forbidden(changed, task) {
            Ok(None) => self.put(task),
            Ok(Some(because)) => return refused(task, because),
            Err(error) => {
                self.lost(&error);
                return refused(task, Reason::platform(Because::Failed, error.detail));
            }
        };
        // An app that is not there now, or was not there after the change, has lost what goes with it.
        let absent = |value: Option<&Value>| value == Some(&changed.change.to);
        let after = changed.came_out.as_ref().and_then(|came_out| came_out.after.as_ref());
        result.lost = lost(absent(result.before.as_ref()) || absent(after));
        if result.outcome == ChangeOutcome::Done && !result.already {
            result.lost.extend(taken.unwrap_or_default().into_iter().map(Told::from));
        }
        if result.outcome == ChangeOutcome::Done {
            match self.side_effects(changed) {
                Ok(held) => result.also = held.iter().map(|held| self.put(&restored(task, held))).collect(),
                Err(because) => {
                    result.outcome = ChangeOutcome::Unknown;
                    result.because = Some(because);
                }
            }
        }
        // What was not put back is told once and tried no more: an older state of it would come back over a newer one.
        let missing = result.also.iter().filter(|also| also.outcome != ChangeOutcome::Done);
        let remains = missing.map(|also| Held { cell: also.cell.clone(), value: also.to.clone() }).collect();
        result.also.retain(|also| !also.already);
        if result.outcome == ChangeOutcome::Done && self.stopped.is_none() {
            self.note(Entry::Undone(Undone { change: seq, remains }));
        }
        result
    }

    /// Returns why the app that a change brought may not be taken away again: what the run that brought it was bound to.
    fn forbidden(&mut self, changed: &Changed, task: &Task) -> Result<Option<Reason>, CarrierError> {
        if !takes_app_away(task) || self.read(&task.cell)?.value() != Some(&Value::Flag(true)) {
            return Ok(None);
        }
        let mut runs = self.journal.history().runs.iter();
        let guard = runs.find(|run| run.run == changed.run).map(|run| run.begin.order.guard.clone());
        guard::forbids(task, &guard.unwrap_or_default(), self.carrier)
    }

    /// What was cleared or stopped is told, and no longer stands.
    fn never_returns(&mut self, seq: u64, changed: &Changed, task: &Task, lost: Vec<Told>) -> ChangeResult {
        let outcome = changed.came_out.as_ref().map(|came_out| came_out.outcome);
        let untouched = matches!(outcome, Some(ChangeOutcome::Refused | ChangeOutcome::Ignored));
        self.note(Entry::Undone(Undone { change: seq, remains: Vec::new() }));
        ChangeResult {
            outcome: ChangeOutcome::Done,
            because: None,
            already: true,
            lost: if untouched { Vec::new() } else { lost },
            ..refused(task, Reason::Stopped)
        }
    }

    /// Writes one value unless it stands.
    fn put(&mut self, task: &Task) -> ChangeResult {
        let task = &Task { to: self.carrier.kept(&task.cell, task.to.clone()), ..task.clone() };
        if self.stopped.is_some() {
            return refused(task, Reason::Stopped);
        }
        let before = match self.read(&task.cell) {
            Ok(Reading::Value(before)) => before,
            Ok(Reading::NotRead(obstacle)) => return refused(task, Reason::NotRestorable { obstacle }),
            Err(error) => {
                self.lost(&error);
                return refused(task, Reason::platform(Because::Failed, error.detail));
            }
        };
        if same(&before, &task.to) {
            return ChangeResult {
                before: Some(before.clone()),
                after: Some(before),
                outcome: ChangeOutcome::Done,
                because: None,
                already: true,
                ..refused(task, Reason::Stopped)
            };
        }
        let change = Change {
            purpose: task.purpose.clone(),
            package: task.package.clone(),
            cell: task.cell.clone(),
            before: Some(before.clone()),
            to: task.to.clone(),
            saved: Vec::new(),
            lost: Vec::new(),
        };
        let seq = match self.journal.append(Entry::Change(Box::new(change))) {
            Ok(seq) => seq,
            Err(error) => {
                let because = Reason::NoJournal { detail: error.to_string() };
                self.stopped = Some(because.clone());
                return refused(task, because);
            }
        };
        let Write { outcome, after, because } = self.write(&task.cell, &task.to, Some(&before), &[]);
        let result = ChangeResult {
            before: Some(before),
            after: after.clone(),
            outcome,
            because: because.clone(),
            seq: Some(seq),
            ..refused(task, Reason::Stopped)
        };
        self.note(Entry::CameOut(Box::new(CameOut { change: seq, outcome, after, because, touched: None })));
        result
    }

    /// What the platform changed along with a change, as it stood before; roles come first, since they bring permissions.
    fn side_effects(&mut self, changed: &Changed) -> Result<Vec<Held>, Reason> {
        let saved = &changed.change.saved;
        let touched = changed.came_out.as_ref().and_then(|came_out| came_out.touched.clone());
        let change = &changed.change;
        let packages = concerned(&change.cell, change.before.as_ref(), &change.to);
        let mut held = match touched {
            Some(touched) => touched,
            None if packages.is_empty() => return Ok(Vec::new()),
            None => {
                let gone = |error: CarrierError| Reason::platform(Because::Failed, error.detail);
                let mut now = self
                    .holdings(&packages, change.cell.user())
                    .map_err(gone)?
                    .map_err(|obstacle| Reason::NotRestorable { obstacle })?
                    .held;
                now.extend(self.others(saved, &now).map_err(gone)?);
                differing(saved, &now)
            }
        };
        held.sort_by_key(|held| match &held.cell {
            Cell::PackageEnabled { .. } => 0,
            Cell::RoleHolder { role, .. } if ROLES.contains(&role.as_str()) => 1,
            _ => 2,
        });
        Ok(held)
    }

    /// What stands in saved cells that are no part of the holdings.
    fn others(&mut self, saved: &[Held], now: &[Held]) -> Result<Vec<Held>, CarrierError> {
        let cells: Vec<Cell> = saved
            .iter()
            .map(|held| held.cell.clone())
            .filter(|cell| !now.iter().any(|held| held.cell == *cell))
            .collect();
        let readings = self.carrier.read(&cells)?;
        let value = |(cell, reading): (Cell, Reading)| match reading {
            Reading::Value(value) => Some(Held { cell, value }),
            Reading::NotRead(_) => None,
        };
        Ok(cells.into_iter().zip(readings).filter_map(value).collect())
    }
}

/// Whether the user no longer has the app when the task is done.
fn takes_app_away(task: &Task) -> bool {
    matches!((&task.cell, &task.to), (Cell::Installed { .. }, Value::Flag(false)))
}

/// The task that puts one side effect back.
fn restored(task: &Task, held: &Held) -> Task {
    Task { cell: held.cell.clone(), to: held.value.clone(), ..task.clone() }
}
