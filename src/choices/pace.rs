//! How often a choice is set again. An app that undoes one whenever it is set would otherwise fill the journal and empty the
//! battery: it is left for a while, and that is told.

use crate::choices::store::Choice;
use crate::enforce::RunKind;
use crate::enforce::journal::{History, Run};
use crate::record::Moment;

const HOUR: i64 = 3_600_000;

/// At most so many times within so many milliseconds.
const PACES: [(usize, i64); 2] = [(6, HOUR), (24, 24 * HOUR)];

/// Returns whether a choice was set again so often up to now that it has to wait.
pub(super) fn has_to_wait(choice: &Choice, history: &History, now: &str) -> bool {
    let Ok(now) = now.parse::<Moment>() else { return false };
    let of_choice = |run: &&Run| {
        let mut changes = history.changes.range(run.run..).take_while(|(_, changed)| changed.run == run.run);
        changes.any(|(_, changed)| choice.is_about(&changed.change))
    };
    let again = history.runs.iter().rev().filter(|run| run.begin.order.kind == RunKind::Reapply);
    let ages: Vec<i64> = again
        .filter_map(|run| Some((run, run.begin.order.now.parse::<Moment>().ok()?)))
        .map(|(run, at)| (run, now.milliseconds() - at.milliseconds()))
        // A clock that was set back makes nobody wait for it.
        .take_while(|(_, age)| (0..24 * HOUR).contains(age))
        .filter(|(run, _)| of_choice(run))
        .map(|(_, age)| age)
        .collect();
    PACES.iter().any(|(times, within)| ages.iter().filter(|age| **age < *within).count() >= *times)
}
