//! Carries out one task: reads what stands; asks the guard; saves what the platform may change along with it; writes the
//! journal; writes the cell; reads it back. A task whose state before could not be read is refused: it could not be undone.

use crate::enforce::along::{concerned_setting, lost_settings};
use crate::enforce::carrier::{Because, CarrierError, Reading, Written};
use crate::enforce::cell::{Cell, Held, Part, Value};
use crate::enforce::guard;
use crate::enforce::hand::Hand;
use crate::enforce::journal::{CameOut, Change, Entry, Store};
use crate::enforce::order::{Order, Task};
use crate::enforce::outcome::{ChangeOutcome, Reason};
use crate::enforce::result::{ChangeResult, Told, refused};
use crate::enforce::same::{same, stands};

impl<S: Store> Hand<'_, S> {
    /// Carries out one task.
    pub(super) fn carry(&mut self, task: &Task, order: &Order) -> ChangeResult {
        let task = &Task { to: self.carrier.kept(&task.cell, task.to.clone()), ..task.clone() };
        match self.prepare(task, order) {
            Err(error) => {
                self.lost(&error);
                refused(task, Reason::platform(Because::Failed, error.detail))
            }
            Ok(Prepared::Settled(result)) => *result,
            Ok(Prepared::Ready(change)) => self.change(task, *change),
        }
    }

    /// Reads what stands before a task, and everything that could forbid it.
    fn prepare(&mut self, task: &Task, order: &Order) -> Result<Prepared, CarrierError> {
        let settled = |result| Ok(Prepared::Settled(Box::new(result)));
        if !is_writable(&task.cell, &task.to) {
            return settled(refused(task, Reason::NotWritable));
        }
        let before = match self.read(&task.cell)? {
            Reading::Value(before) => Some(before),
            // What is cleared cannot come back, so that nothing hangs on its size.
            Reading::NotRead(_) if matches!(task.cell, Cell::Storage { .. }) => None,
            Reading::NotRead(obstacle) => {
                return settled(refused(task, Reason::NotRestorable { obstacle }));
            }
        };
        let cleared = matches!(task.cell, Cell::Storage { .. });
        if let Some(before) = before.as_ref().filter(|before| !cleared && same(before, &task.to)) {
            return settled(ChangeResult {
                before: Some(before.clone()),
                after: Some(before.clone()),
                outcome: ChangeOutcome::Done,
                because: None,
                already: true,
                ..refused(task, Reason::Stopped)
            });
        }
        if let Some(because) = guard::forbids(task, &order.guard, self.carrier)? {
            return settled(ChangeResult { before, ..refused(task, because) });
        }
        let saved = match self.saved(task, before.as_ref())? {
            Ok(saved) => saved,
            Err(obstacle) => {
                return settled(ChangeResult { before, ..refused(task, Reason::NotRestorable { obstacle }) });
            }
        };
        let mut lost = self.losses(task, before.as_ref())?;
        lost.extend(lost_settings(self.carrier, &task.cell, &saved)?);
        Ok(Prepared::Ready(Box::new(Change {
            purpose: task.purpose.clone(),
            package: task.package.clone(),
            cell: task.cell.clone(),
            before,
            to: task.to.clone(),
            saved: saved.held,
            lost,
        })))
    }

    /// Journals a change, writes it, reads it back.
    fn change(&mut self, task: &Task, change: Change) -> ChangeResult {
        let before = change.before.clone();
        let saved = change.saved.clone();
        let lost: Vec<Told> = change.lost.iter().cloned().map(Told::from).collect();
        let seq = match self.journal.append(Entry::Change(Box::new(change))) {
            Ok(seq) => seq,
            Err(error) => {
                let because = Reason::NoJournal { detail: error.to_string() };
                self.stopped = Some(because.clone());
                return ChangeResult { before, ..refused(task, because) };
            }
        };
        let write = self.write(&task.cell, &task.to, before.as_ref(), &saved);
        let touched = match task.cell {
            Cell::RoleHolder { .. } if write.after.is_some() => self.touched(task, before.as_ref(), &saved),
            _ => None,
        };
        let result = ChangeResult {
            before,
            after: write.after.clone(),
            outcome: write.outcome,
            because: write.because.clone(),
            seq: Some(seq),
            lost: if has_effect(write.outcome) { lost } else { Vec::new() },
            ..refused(task, Reason::Stopped)
        };
        let Write { outcome, after, because } = write;
        self.note(Entry::CameOut(Box::new(CameOut { change: seq, outcome, after, because, touched })));
        result
    }

    /// Writes a cell whose change is journalled, and reads it back.
    pub(super) fn write(&mut self, cell: &Cell, to: &Value, before: Option<&Value>, saved: &[Held]) -> Write {
        let written = self.carrier.write(cell, to);
        if let Err(error) = &written {
            self.lost(error);
        }
        let mut cells = vec![cell.clone()];
        let removal = concerned_setting(cell, to);
        cells.extend(removal.clone());
        let mut readings = match self.carrier.read(&cells) {
            Ok(readings) => readings.into_iter(),
            Err(error) => {
                self.lost(&error);
                let because = Some(Reason::platform(Because::Failed, error.detail));
                return Write { outcome: ChangeOutcome::Unknown, after: None, because };
            }
        };
        let (after, unread) = match readings.next() {
            Some(Reading::Value(after)) => (Some(after), None),
            Some(Reading::NotRead(obstacle)) => (None, Some(obstacle)),
            None => (None, None),
        };
        let setting = readings.next().and_then(|reading| reading.value().cloned());
        let was = saved.iter().find(|held| Some(&held.cell) == removal.as_ref()).map(|held| &held.value);
        let only_disabled = matches!(&setting, Some(Value::Word(word)) if word.is_disabled())
            && !matches!(was, Some(Value::Word(word)) if word.is_disabled());
        let (outcome, because) = match &after {
            Some(read) if stands(cell, to, read, before) => (ChangeOutcome::Done, None),
            None => (ChangeOutcome::Unknown, unread.map(|obstacle| Reason::Platform { obstacle })),
            Some(_) if only_disabled => (ChangeOutcome::DisabledInstead, None),
            Some(read) => match written {
                Ok(Written::Refused(obstacle)) => {
                    (ChangeOutcome::Refused, Some(Reason::Platform { obstacle }))
                }
                Err(error) => {
                    let because = Some(Reason::platform(Because::Failed, error.detail));
                    let unchanged = before.is_some_and(|before| same(before, read));
                    (if unchanged { ChangeOutcome::Refused } else { ChangeOutcome::Unknown }, because)
                }
                Ok(Written::Done(_)) => {
                    let other = before.is_none_or(|before| !same(before, read));
                    (ChangeOutcome::Ignored, other.then_some(Reason::AnotherValue))
                }
            },
        };
        Write { outcome, after, because }
    }
}

/// What stands before a task was read.
enum Prepared {
    /// Nothing is to be done, or nothing may be.
    Settled(Box<ChangeResult>),
    /// The change may be made.
    Ready(Box<Change>),
}

/// What became of one write.
pub(super) struct Write {
    pub(super) outcome: ChangeOutcome,
    pub(super) after: Option<Value>,
    pub(super) because: Option<Reason>,
}

/// Whether a change of this outcome may have had an effect.
const fn has_effect(outcome: ChangeOutcome) -> bool {
    !matches!(outcome, ChangeOutcome::Refused | ChangeOutcome::Ignored | ChangeOutcome::DisabledInstead)
}

fn is_writable(cell: &Cell, to: &Value) -> bool {
    let writable = match cell {
        Cell::Holdings { .. } | Cell::Storage { part: Part::App, .. } => false,
        Cell::Storage { .. } => *to == Value::Number(0),
        _ => true,
    };
    writable && cell.takes(to)
}
