//! Turns a switch: reads what stands, finds what to write, has it carried out through the journal.

use serde::{Deserialize, Serialize};

use crate::control::lever::Readings;
use crate::control::sheet::{self, Sheet, SwitchSheet, hindrance, is_absent};
use crate::control::switch::{Area, Switch, SwitchKind, switches};
use crate::enforce::result::both;
use crate::enforce::{
    Carrier, Cell, Consent, Guard, Journal, May, Order, Purpose, RunKind, RunResult, Store, Task, run,
};
use crate::failure::{Failure, FailureCode};
use crate::language::Text;
use crate::package::PackageName;
use crate::profile::Bilingual;
use crate::removability::required;
use crate::source::snapshot::PackageFacts;

/// What became of setting a switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SetResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The package.
    pub package: PackageName,
    /// The user of the phone.
    pub user: u32,
    /// The area.
    pub area: Area,
    /// The switch as it stands afterwards.
    pub switch: SwitchSheet,
    /// What was written; `null` when nothing had to be, or could be.
    pub result: Option<RunResult>,
    /// What could not be tried, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cannot: Vec<CannotSet>,
}

/// Something of a switch that could not be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CannotSet {
    /// The cell that stands for it.
    pub cell: Cell,
    /// Why.
    pub text: Bilingual,
}

/// A switch that is to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The area.
    pub area: Area,
    /// The switch.
    pub switch: &'a str,
    /// Whether the app may.
    pub on: bool,
    /// Whether the user agreed to what is lost.
    pub consent: bool,
}

/// Returns why nothing of a package is set; `None` when it may be.
pub fn untouchable(facts: &PackageFacts) -> Option<Bilingual> {
    required(facts).map(|because| both(&because))
}

/// Reads the sheet of a package.
///
/// # Errors
/// When the carrier does not answer.
pub fn read_sheet(carrier: &mut dyn Carrier, facts: &PackageFacts, user: u32) -> Result<Sheet, Failure> {
    let may = carrier.may()?;
    let switches = switches(facts, user, &may);
    let readings = read(carrier, &switches)?;
    Ok(sheet::sheet(&facts.name, user, &switches, &readings, &may, untouchable(facts)))
}

/// Sets a switch.
///
/// # Errors
/// When there is no such switch, the carrier does not answer, or the journal cannot be worked with.
pub fn set<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    facts: &PackageFacts,
    user: u32,
    turn: &Turn<'_>,
    now: &str,
) -> Result<SetResult, Failure> {
    const NO_SUCH: Text =
        Text::new("no switch of {area} is called {switch}", "{area}中没有名为 {switch} 的开关");
    let may = carrier.may()?;
    let mut all = switches(facts, user, &may);
    all.retain(|switch| {
        switch.area == turn.area && switch.id == turn.switch && switch.kind != SwitchKind::Told
    });
    let Some(switch) = all.first() else {
        let asked = crate::escape::shown(turn.switch);
        let values: [(&str, &dyn std::fmt::Display); 2] = [("area", &turn.area.id()), ("switch", &asked)];
        return Err(Failure::new(FailureCode::BadInput, NO_SUCH, &values));
    };
    let readings = read(carrier, &all)?;
    let (tasks, cannot) = tasks(facts, switch, turn, &readings, &may);
    let order = Order { kind: RunKind::Control, now: now.to_owned(), tasks, guard: Guard::default() };
    let result = if order.tasks.is_empty() { None } else { Some(run(carrier, journal, &order)?) };
    let readings = if result.is_some() { read(carrier, &all)? } else { readings };
    Ok(SetResult {
        schema_version: sheet::SCHEMA_VERSION,
        package: facts.name.clone(),
        user,
        area: turn.area,
        switch: sheet::switch_sheet(&facts.name, switch, &readings, &may, untouchable(facts).as_ref()),
        result,
        cannot,
    })
}

/// Finds what to write so that a switch stands as wanted, and what of it cannot be.
pub fn tasks(
    facts: &PackageFacts,
    switch: &Switch,
    turn: &Turn<'_>,
    readings: &Readings,
    may: &May,
) -> (Vec<Task>, Vec<CannotSet>) {
    let (mut tasks, mut cannot) = (Vec::new(), Vec::new());
    let mut told = |cell: &Cell, text| cannot.push(CannotSet { cell: cell.clone(), text });
    for lever in switch.levers.iter().filter(|lever| !is_absent(lever, readings)) {
        if let Some(untouchable) = untouchable(facts) {
            told(lever.cell(), untouchable);
            continue;
        }
        // What goes beyond the group is taken with it and given by the user alone.
        if turn.on && !lever.counts() {
            continue;
        }
        if let Some(hindrance) = hindrance(lever, turn.on, readings, may) {
            told(lever.cell(), both(&hindrance));
            continue;
        }
        let writes = lever.writes(turn.on, readings).unwrap_or_default();
        tasks.extend(writes.into_iter().map(|(cell, to)| Task {
            purpose: Purpose::Switch { area: switch.area.id().to_owned(), switch: switch.id.to_owned() },
            package: facts.name.clone(),
            cell,
            to,
            conditions: Vec::new(),
            consent: consent(switch, turn),
        }));
    }
    (tasks, cannot)
}

/// Clearing an app's data destroys what the user cannot get back.
fn consent(switch: &Switch, turn: &Turn<'_>) -> Consent {
    match switch.kind {
        SwitchKind::Action if sheet::destroys(switch) && !turn.consent => Consent::Missing,
        SwitchKind::Action => Consent::Given,
        SwitchKind::Switch | SwitchKind::Told => Consent::NotNeeded,
    }
}

/// Reads the cells of switches.
pub(crate) fn read(carrier: &mut dyn Carrier, switches: &[Switch]) -> Result<Readings, Failure> {
    let cells = sheet::cells(switches);
    let readings = carrier.read(&cells)?;
    Ok(cells.into_iter().zip(readings).collect())
}
