//! Takes choices back whose changes were undone: what a person undid is not set again. Takes a user's choices and the history
//! of the journal, changes the choices; reads and writes nothing else.
//!
//! The journal is written before the choices are, and says all that is needed here: whoever finds that an undo was the last
//! thing done can make up for a choice that was not taken back then.

use std::collections::BTreeMap;

use crate::choices::store::{Choice, Choices, Wanted};
use crate::control::lever::RESTRICTED;
use crate::enforce::journal::{Changed, History, Run};
use crate::enforce::same::stands;
use crate::enforce::{Cell, ChangeOutcome, RunKind, Value, Word};
use crate::record::Moment;

/// A change with its number.
type Numbered<'h> = (u64, &'h Changed);

/// Takes back the choices whose changes the last run of a journal undid; returns whether any was. Where the undo brought back
/// what an earlier choice had set, and all of it, that choice holds again. A choice that is newer than the undo stays. To ask
/// twice changes nothing more.
pub fn take_back(choices: &mut Choices, history: &History) -> bool {
    let undoing = undoing(history);
    let Some(last) = undoing.first() else { return false };
    let undoing: Vec<u64> = undoing.iter().map(|run| run.run).collect();
    let before = choices.choices.clone();
    let left = |choice: &Choice| {
        if is_later(&choice.when, &last.begin.order.now) {
            return Some(choice.clone());
        }
        after(choice, history, &undoing)
    };
    choices.choices = before.iter().filter_map(left).collect();
    choices.choices != before
}

/// The last run where it is an undo, then those that it took up again.
fn undoing(history: &History) -> Vec<&Run> {
    let mut runs = history.runs.iter().rev().take_while(|run| run.begin.order.kind == RunKind::Undo);
    let last = runs.next();
    last.into_iter().chain(runs.take_while(|run| !run.ended)).collect()
}

/// Whether one text names a later moment than another; `false` where one of them names none.
fn is_later(one: &str, other: &str) -> bool {
    let (one, other) = (one.parse::<Moment>(), other.parse::<Moment>());
    one.is_ok_and(|one| other.is_ok_and(|other| one > other))
}

/// The choice about a switch after an undo; `None` when there is none any more.
fn after(choice: &Choice, history: &History, undoing: &[u64]) -> Option<Choice> {
    let all: Vec<Numbered<'_>> = history
        .changes
        .iter()
        .map(|(seq, changed)| (*seq, changed))
        .filter(|(_, changed)| choice.is_about(&changed.change))
        .collect();
    let is_undone = |changed: &Changed| changed.undone_in.is_some_and(|run| undoing.contains(&run));
    // The first of each cell: what stood before it stands again.
    let mut undone: BTreeMap<&Cell, Numbered<'_>> = BTreeMap::new();
    for (seq, changed) in all.iter().filter(|(_, changed)| is_undone(changed)) {
        undone.entry(&changed.change.cell).or_insert((*seq, changed));
    }
    if undone.is_empty() {
        return Some(choice.clone());
    }
    let done = |changed: &Changed| {
        changed.came_out.as_ref().is_some_and(|came_out| came_out.outcome == ChangeOutcome::Done)
    };
    let standing: Vec<Numbered<'_>> =
        all.into_iter().filter(|(_, changed)| changed.stands() && done(changed)).collect();
    earlier(choice, &undone, &standing, history)
}

/// The choice that stood before those that were undone, where every cell stands as it had set it.
fn earlier(
    choice: &Choice,
    undone: &BTreeMap<&Cell, Numbered<'_>>,
    standing: &[Numbered<'_>],
    history: &History,
) -> Option<Choice> {
    let mut found: Option<(u64, Wanted)> = None;
    for (cell, (first, changed)) in undone {
        // Of a switch that was undone in part something stands that is not as it was.
        if standing.iter().any(|(seq, _)| seq > first) {
            return None;
        }
        let (_, set) = standing.iter().rev().find(|(_, set)| set.change.cell == **cell)?;
        let read = changed.change.before.as_ref()?;
        if !stands(cell, &set.change.to, read, set.change.before.as_ref()) {
            return None;
        }
        let wanted = wanted(&set.change.to).or_else(|| wanted(&changed.change.to).map(opposite))?;
        if found.is_some_and(|(_, other)| other != wanted) {
            return None;
        }
        found = Some((set.run, wanted));
    }
    let (run, wanted) = found?;
    if wanted == choice.wanted {
        return Some(choice.clone());
    }
    let run = history.runs.iter().find(|known| known.run == run)?;
    Some(Choice { wanted, when: run.begin.order.now.clone(), ..choice.clone() })
}

/// What a value that a switch wrote says; `None` when that depends on what the manifest or the platform says.
const fn wanted(value: &Value) -> Option<Wanted> {
    let on = match value {
        Value::Permission { granted, .. } => *granted,
        Value::Flag(flag) => *flag,
        Value::Number(bucket) => *bucket < RESTRICTED,
        Value::Word(Word::Enabled | Word::Allowed | Word::Foreground) => true,
        Value::Word(
            Word::Disabled | Word::DisabledByUser | Word::DisabledUntilUsed | Word::Ignored | Word::Errored,
        ) => false,
        _ => return None,
    };
    Some(if on { Wanted::On } else { Wanted::Off })
}

const fn opposite(wanted: Wanted) -> Wanted {
    match wanted {
        Wanted::On => Wanted::Off,
        Wanted::Off => Wanted::On,
    }
}
