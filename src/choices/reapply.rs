//! Sets switches again to what the user chose, and tells which removed apps came back.

use serde::{Deserialize, Serialize};

use crate::choices::pace::has_to_wait;
use crate::choices::store::{Choice, Choices, Wanted};
use crate::control::lever::Readings;
use crate::control::set::{CannotSet, tasks};
use crate::control::sheet::{SwitchSheet, cells, switch_sheet};
use crate::control::switch::{Switch, SwitchKind, switches};
use crate::control::{Area, State, Turn};
use crate::enforce::result::fixed;
use crate::enforce::{
    Carrier, Cell, ChangeOutcome, Guard, History, Journal, May, Order, Purpose, Reading, RunKind, RunResult,
    Store, Task, Value, run,
};
use crate::failure::Failure;
use crate::language::Text;
use crate::package::PackageName;
use crate::profile::Bilingual;
use crate::source::snapshot::PackageFacts;

/// What became of setting choices again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ReapplyResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The user of the phone.
    pub user: u32,
    /// What became of each choice.
    pub items: Vec<ReapplyItem>,
    /// What was written; `null` when everything stood.
    pub result: Option<RunResult>,
}

/// What became of one choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ReapplyItem {
    /// The choice.
    pub choice: Choice,
    /// What became of it.
    pub outcome: ReapplyOutcome,
    /// What of it could not be tried, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cannot: Vec<CannotSet>,
    /// The outcome for people.
    pub text: Bilingual,
}

/// What became of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReapplyOutcome {
    /// It stood.
    Stands,
    /// It did not stand and was set again.
    SetAgain,
    /// It does not stand and would be set; nothing was written.
    WouldBeSet,
    /// It does not stand, and could not be set, or not all of it.
    NotSet,
    /// It does not stand, and was set again so often that it has to wait.
    Waits,
    /// Whether it stands is not known.
    Unknown,
    /// The app or the phone has no such thing any more.
    NotApplicable,
    /// Nothing was said about the package: it is not installed, or was not asked about.
    NoFacts,
}

impl ReapplyOutcome {
    const fn text(self) -> Text {
        match self {
            Self::Stands => Text::new("stands", "仍然生效"),
            Self::SetAgain => Text::new("set again", "已重新执行"),
            Self::WouldBeSet => Text::new("would be set", "将会执行"),
            Self::NotSet => Text::new("could not be set, or not all of it", "未能执行或未能全部执行"),
            Self::Waits => Text::new("undone too often; tried again later", "多次被还原，稍后再试"),
            Self::Unknown => Text::new("not known whether it stands", "无法确认是否生效"),
            Self::NotApplicable => {
                Text::new("the app or the phone has no such thing", "该应用或手机没有此项")
            }
            Self::NoFacts => Text::new("nothing is known of the app now", "目前没有该应用的信息"),
        }
    }
}

/// A choice on its way.
struct Asked {
    choice: Choice,
    switch: Option<Switch>,
    tasks: Vec<Task>,
    cannot: Vec<CannotSet>,
    before: State,
    /// Whether it is left for a while.
    waits: bool,
}

/// What stands of choices.
struct Look {
    asked: Vec<Asked>,
    all: Vec<Switch>,
    readings: Readings,
    may: May,
}

/// Looks at what stands of choices, and finds what to write.
fn look(carrier: &mut dyn Carrier, choices: &Choices, facts: &[PackageFacts]) -> Result<Look, Failure> {
    let may = carrier.may()?;
    let mut found: Vec<(&Choice, Option<(&PackageFacts, Switch)>)> = Vec::new();
    for choice in &choices.choices {
        let facts = facts.iter().find(|facts| facts.name == choice.package);
        let switch = facts.and_then(|facts| Some((facts, wanted_switch(facts, choice, choices.user, &may)?)));
        // A package of which nothing is said is told apart from one that has no such switch.
        if facts.is_some() && switch.is_none() {
            found.push((choice, None));
            continue;
        }
        found.push((choice, switch));
    }
    let all: Vec<Switch> =
        found.iter().filter_map(|(_, found)| found.as_ref().map(|(_, switch)| switch.clone())).collect();
    let readings = read(carrier, &all)?;
    let asked: Vec<Asked> =
        found.into_iter().map(|(choice, found)| ask(choice, found, &readings, &may)).collect();
    Ok(Look { asked, all, readings, may })
}

/// Says what setting choices would do; writes nothing.
///
/// # Errors
/// When the carrier does not answer.
pub fn foresee(
    carrier: &mut dyn Carrier,
    choices: &Choices,
    facts: &[PackageFacts],
) -> Result<ReapplyResult, Failure> {
    let Look { asked, .. } = look(carrier, choices, facts)?;
    let known = |name: &PackageName| facts.iter().any(|facts| facts.name == *name);
    let foreseen = |asked: &Asked| match (&asked.switch, asked.before) {
        (None, _) if known(&asked.choice.package) => ReapplyOutcome::NotApplicable,
        (None, _) => ReapplyOutcome::NoFacts,
        (_, State::NotApplicable) => ReapplyOutcome::NotApplicable,
        (_, State::Unknown) => ReapplyOutcome::Unknown,
        _ if !asked.cannot.is_empty() => ReapplyOutcome::NotSet,
        _ if asked.tasks.is_empty() => ReapplyOutcome::Stands,
        _ => ReapplyOutcome::WouldBeSet,
    };
    let items = asked
        .into_iter()
        .map(|asked| {
            let outcome = foreseen(&asked);
            ReapplyItem { choice: asked.choice, outcome, cannot: asked.cannot, text: fixed(outcome.text()) }
        })
        .collect();
    Ok(ReapplyResult { schema_version: 1, user: choices.user, items, result: None })
}

/// Sets choices again, those about packages whose facts are given.
///
/// # Errors
/// When the carrier does not answer or the journal cannot be worked with.
pub fn reapply<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    choices: &Choices,
    facts: &[PackageFacts],
    now: &str,
) -> Result<ReapplyResult, Failure> {
    let Look { mut asked, all, readings, may } = look(carrier, choices, facts)?;
    for asked in asked.iter_mut().filter(|asked| !asked.tasks.is_empty()) {
        asked.waits = has_to_wait(&asked.choice, journal.history(), now);
    }
    let order = Order {
        kind: RunKind::Reapply,
        now: now.to_owned(),
        tasks: asked.iter().filter(|asked| !asked.waits).flat_map(|asked| asked.tasks.clone()).collect(),
        guard: Guard::default(),
    };
    let result = if order.tasks.is_empty() { None } else { Some(run(carrier, journal, &order)?) };
    let readings = if result.is_some() { read(carrier, &all)? } else { readings };
    let known = |name: &PackageName| facts.iter().any(|facts| facts.name == *name);
    let items = asked
        .into_iter()
        .map(|asked| {
            let outcome = outcome(&asked, known(&asked.choice.package), &readings, &may, result.as_ref());
            ReapplyItem { choice: asked.choice, outcome, cannot: asked.cannot, text: fixed(outcome.text()) }
        })
        .collect();
    Ok(ReapplyResult { schema_version: 1, user: choices.user, items, result })
}

fn wanted_switch(facts: &PackageFacts, choice: &Choice, user: u32, may: &May) -> Option<Switch> {
    let area = Area::from_id(&choice.area)?;
    switches(facts, user, may)
        .into_iter()
        .find(|switch| switch.area == area && switch.id == choice.switch && switch.kind == SwitchKind::Switch)
}

fn ask(choice: &Choice, found: Option<(&PackageFacts, Switch)>, readings: &Readings, may: &May) -> Asked {
    let on = choice.wanted == Wanted::On;
    let Some((facts, switch)) = found else {
        return Asked {
            choice: choice.clone(),
            switch: None,
            tasks: Vec::new(),
            cannot: Vec::new(),
            before: State::NotApplicable,
            waits: false,
        };
    };
    let turn = Turn { area: switch.area, switch: switch.id, on, consent: false };
    let (tasks, cannot) = tasks(facts, &switch, &turn, readings, may);
    let before = state(&facts.name, &switch, readings, may).state;
    Asked { choice: choice.clone(), switch: Some(switch), tasks, cannot, before, waits: false }
}

fn state(package: &PackageName, switch: &Switch, readings: &Readings, may: &May) -> SwitchSheet {
    switch_sheet(package, switch, readings, may, None)
}

fn outcome(
    asked: &Asked,
    known: bool,
    readings: &Readings,
    may: &May,
    result: Option<&RunResult>,
) -> ReapplyOutcome {
    let wanted = if asked.choice.wanted == Wanted::On { State::On } else { State::Off };
    let Some(switch) = &asked.switch else {
        return if known { ReapplyOutcome::NotApplicable } else { ReapplyOutcome::NoFacts };
    };
    let mine = |change: &&crate::enforce::ChangeResult| {
        let purpose = Purpose::Switch { area: switch.area.id().to_owned(), switch: switch.id.to_owned() };
        change.purpose == purpose && change.package == asked.choice.package
    };
    if asked.waits {
        return ReapplyOutcome::Waits;
    }
    let failed = result.is_some_and(|result| {
        result.changes.iter().filter(mine).any(|change| change.outcome != ChangeOutcome::Done)
    });
    match state(&asked.choice.package, switch, readings, may).state {
        State::NotApplicable => ReapplyOutcome::NotApplicable,
        State::Unknown => ReapplyOutcome::Unknown,
        after if after == wanted && asked.before == wanted && asked.tasks.is_empty() => {
            ReapplyOutcome::Stands
        }
        after if after == wanted && !failed => ReapplyOutcome::SetAgain,
        _ => ReapplyOutcome::NotSet,
    }
}

fn read(carrier: &mut dyn Carrier, switches: &[Switch]) -> Result<Readings, Failure> {
    let cells = cells(switches);
    let readings = carrier.read(&cells)?;
    Ok(cells.into_iter().zip(readings).collect())
}

/// An app that was removed for a user and is installed again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CameBack {
    /// The package.
    pub package: PackageName,
    /// The user of the phone.
    pub user: u32,
    /// The number of the change in the journal that removed it.
    pub seq: u64,
}

/// Returns the apps that a journal says were removed and not brought back by an undo, and that are installed.
///
/// # Errors
/// When the carrier does not answer.
pub fn came_back(carrier: &mut dyn Carrier, history: &History) -> Result<Vec<CameBack>, Failure> {
    let removed: Vec<(u64, &Cell)> = history
        .standing()
        .filter(|(_, changed)| {
            changed.change.to == Value::Flag(false)
                && changed.came_out.as_ref().is_some_and(|came_out| came_out.outcome == ChangeOutcome::Done)
        })
        .map(|(seq, changed)| (seq, &changed.change.cell))
        .filter(|(_, cell)| matches!(cell, Cell::Installed { .. }))
        .collect();
    let cells: Vec<Cell> = removed.iter().map(|(_, cell)| (*cell).clone()).collect();
    let readings = carrier.read(&cells)?;
    let mut back: Vec<CameBack> = removed
        .into_iter()
        .zip(readings)
        .filter(|(_, reading)| *reading == Reading::Value(Value::Flag(true)))
        .filter_map(|((seq, cell), _)| {
            Some(CameBack { package: cell.package()?.clone(), user: cell.user(), seq })
        })
        .collect();
    back.sort();
    // One that was removed several times came back once.
    back.dedup_by(|later, first| (&later.package, later.user) == (&first.package, first.user));
    Ok(back)
}
