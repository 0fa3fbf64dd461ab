//! Whether what a journal says was done still stands on the phone. Takes the history and a carrier; reads, and never writes.

use crate::enforce::carrier::{Carrier, CarrierError, Reading};
use crate::enforce::cell::{Cell, Value};
use crate::enforce::journal::{Changed, History};
use crate::enforce::outcome::ChangeOutcome;
use crate::enforce::same::stands;
use crate::package::PackageName;

/// A change that was done and does not stand any more, or is not known to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotStanding {
    /// Its number in the journal.
    pub seq: u64,
    /// The package it is about.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What was set.
    pub set: Value,
    /// What was read.
    pub read: Reading,
}

/// Returns the changes that stand by the journal, the last of each cell.
pub fn last_done(history: &History) -> Vec<(u64, &Changed)> {
    let done = |changed: &&Changed| {
        changed.came_out.as_ref().is_some_and(|came_out| came_out.outcome == ChangeOutcome::Done)
    };
    let mut last: Vec<(u64, &Changed)> = Vec::new();
    for (seq, changed) in history.standing().filter(|(_, changed)| done(changed)).rev() {
        let is_action = matches!(changed.change.cell, Cell::Storage { .. } | Cell::Stopped { .. });
        if !is_action && !last.iter().any(|(_, later)| later.change.cell == changed.change.cell) {
            last.push((seq, changed));
        }
    }
    last.reverse();
    last
}

/// Returns the changes that do not stand any more, or could not be read. What is done once, a clearing or a force-stop, is
/// not looked at.
///
/// # Errors
/// When the carrier is gone.
pub fn not_standing(carrier: &mut dyn Carrier, history: &History) -> Result<Vec<NotStanding>, CarrierError> {
    let done = last_done(history);
    let cells: Vec<Cell> = done.iter().map(|(_, changed)| changed.change.cell.clone()).collect();
    let readings = carrier.read(&cells)?;
    let fallen = done.into_iter().zip(readings).filter(|((_, changed), reading)| {
        let change = &changed.change;
        !reading.value().is_some_and(|read| stands(&change.cell, &change.to, read, change.before.as_ref()))
    });
    Ok(fallen
        .map(|((seq, changed), read)| NotStanding {
            seq,
            package: changed.change.package.clone(),
            cell: changed.change.cell.clone(),
            set: changed.change.to.clone(),
            read,
        })
        .collect())
}
