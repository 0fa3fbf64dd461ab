//! The one loop that changes a phone. Takes an order, a carrier and a journal; gives what became of each task.
//!
//! Each task is carried out for itself (`carry`). At the end everything that was done is read once more. When the phone or the
//! journal is lost the run stops, and what was written so far stands in the journal.

use crate::enforce::carrier::{Carrier, Reading};
use crate::enforce::cell::Cell;
use crate::enforce::hand::Hand;
use crate::enforce::journal::{CameOut, Change, Entry, Journal, Store};
use crate::enforce::order::{Order, RunKind};
use crate::enforce::outcome::{ChangeOutcome, Reason};
use crate::enforce::result::{self, ChangeResult, RunResult, TOOL, Told, refused};
use crate::enforce::same::{same, stands};
use crate::enforce::undo::undo;
use crate::failure::Failure;
use crate::language::Text;

/// Carries out an order.
///
/// # Errors
/// When the carrier does not answer or the journal cannot be written before anything was done.
pub fn run<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    order: &Order,
) -> Result<RunResult, Failure> {
    carry_out(carrier, journal, order, None)
}

/// Takes up an interrupted run again; `None` when the last run came to its end.
///
/// # Errors
/// As [`run`].
pub fn resume<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    now: &str,
) -> Result<Option<RunResult>, Failure> {
    let Some(interrupted) = journal.history().interrupted() else { return Ok(None) };
    if interrupted.begin.order.kind == RunKind::Undo {
        let chosen = interrupted.begin.chosen.clone().map(|mut chosen| {
            chosen.retain(|seq| journal.history().standing().any(|(standing, _)| standing == *seq));
            chosen
        });
        return undo(carrier, journal, now, chosen.as_deref()).map(Some);
    }
    let order = Order { now: now.to_owned(), ..interrupted.begin.order.clone() };
    let resumes = Some(interrupted.run);
    carry_out(carrier, journal, &order, resumes).map(Some)
}

fn carry_out<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    order: &Order,
    resumes: Option<u64>,
) -> Result<RunResult, Failure> {
    let torn = journal.history().torn.clone();
    let (mut hand, may) = Hand::begin(carrier, journal, order, None, resumes)?;
    hand.settle();
    let mut changes: Vec<ChangeResult> = Vec::with_capacity(order.tasks.len());
    for task in &order.tasks {
        let change =
            if hand.stopped.is_some() { refused(task, Reason::Stopped) } else { hand.carry(task, order) };
        changes.push(change);
    }
    hand.look_again(&mut changes);
    let stopped = hand.end();
    let changes: Vec<ChangeResult> = changes.into_iter().map(ChangeResult::told).collect();
    Ok(RunResult {
        schema_version: result::SCHEMA_VERSION,
        tool: TOOL.to_owned(),
        kind: order.kind,
        run: hand.run,
        now: order.now.clone(),
        way: may.way,
        counts: result::counts(&changes),
        notes: notes(&changes),
        stopped: stopped.map(Told::from),
        torn,
        changes,
    })
}

/// What has to be known of a run that removed apps.
fn notes(changes: &[ChangeResult]) -> Vec<crate::profile::Bilingual> {
    const FOR_THE_USER: Text = Text::new(
        "removed apps are removed for this user of the phone only: the image keeps them, other users keep them, and a \
         factory reset brings them back",
        "应用仅为该手机用户移除：镜像及其他用户仍保留，恢复出厂设置后会重新出现",
    );
    let removed = changes.iter().any(|change| {
        matches!(change.cell, Cell::Installed { .. })
            && change.outcome == ChangeOutcome::Done
            && !change.already
    });
    if removed { vec![result::fixed(FOR_THE_USER)] } else { Vec::new() }
}

impl<S: Store> Hand<'_, S> {
    /// Notes what became of changes whose run was interrupted before it could.
    pub(super) fn settle(&mut self) {
        let history = self.journal.history();
        let open: Vec<(u64, Change)> = history
            .changes
            .iter()
            .filter(|(_, changed)| changed.came_out.is_none() && changed.undone_in.is_none())
            .map(|(seq, changed)| (*seq, changed.change.clone()))
            .collect();
        let cells: Vec<Cell> = open.iter().map(|(_, change)| change.cell.clone()).collect();
        let readings = match self.carrier.read(&cells) {
            Ok(readings) => readings,
            Err(error) => return self.lost(&error),
        };
        for ((seq, change), reading) in open.into_iter().zip(readings) {
            let (outcome, because) = match reading.value() {
                Some(read) if stands(&change.cell, &change.to, read, change.before.as_ref()) => {
                    (ChangeOutcome::Done, None)
                }
                Some(read) if change.before.as_ref().is_some_and(|before| same(before, read)) => {
                    (ChangeOutcome::Refused, Some(Reason::Stopped))
                }
                _ => (ChangeOutcome::Unknown, Some(Reason::Stopped)),
            };
            let came_out =
                CameOut { change: seq, outcome, after: reading.value().cloned(), because, touched: None };
            if !self.note(Entry::CameOut(Box::new(came_out))) {
                return;
            }
        }
    }

    /// Reads everything that was done once more, and names what did not last.
    fn look_again(&mut self, changes: &mut [ChangeResult]) {
        let mut last: Vec<usize> = (0..changes.len()).collect();
        last.retain(|at| {
            let change = &changes[*at];
            let later =
                changes[at + 1..].iter().any(|other| other.cell == change.cell && other.seq.is_some());
            change.outcome == ChangeOutcome::Done && change.seq.is_some() && !later
        });
        let cells: Vec<Cell> = last.iter().map(|at| changes[*at].cell.clone()).collect();
        if self.stopped.is_some() || cells.is_empty() {
            return;
        }
        let readings = match self.carrier.read(&cells) {
            Ok(readings) => readings,
            Err(error) => return self.lost(&error),
        };
        for (at, reading) in last.into_iter().zip(readings) {
            let change = &mut changes[at];
            let Reading::Value(read) = reading else { continue };
            if stands(&change.cell, &change.to, &read, change.before.as_ref()) {
                continue;
            }
            change.outcome = ChangeOutcome::Reverted;
            change.after = Some(read.clone());
            let came_out = CameOut {
                change: change.seq.unwrap_or_default(),
                outcome: ChangeOutcome::Reverted,
                after: Some(read),
                because: None,
                touched: None,
            };
            if !self.note(Entry::CameOut(Box::new(came_out))) {
                return;
            }
        }
    }
}
