//! What a run would do, said before anything is done. Takes an order and a carrier; reads, and never writes.
//!
//! Every cell is read in one call, and with an app that would go everything that goes along with it. Conditions that earlier
//! tasks make true are not looked at: they are asked when a task runs.

use serde::{Deserialize, Serialize};

use crate::enforce::along::{Holdings, concerned, lost_settings};
use crate::enforce::carrier::{Carrier, CarrierError, Obstacle, Reading};
use crate::enforce::cell::{Cell, Part, Value};
use crate::enforce::order::{Consent, Order, Purpose, Task};
use crate::enforce::outcome::{Lost, Reason};
use crate::enforce::result::{Told, both, fixed};
use crate::enforce::same::same;
use crate::language::Text;
use crate::package::PackageName;
use crate::profile::Bilingual;

/// One task as it stands before it is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Foreseen {
    /// What it is for.
    pub purpose: Purpose,
    /// The package it is about.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What is to stand in it.
    pub to: Value,
    /// What stands in it; `null` when that could not be read.
    pub before: Option<Value>,
    /// Whether it stands so already.
    pub already: bool,
    /// Whether this carrier can never do it, whoever agrees.
    pub not_from_here: bool,
    /// Why it would not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Reason>,
    /// What no undo would bring back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Told>,
    /// The same for people.
    pub text: Bilingual,
}

/// Says what would become of each task of an order, in their order.
///
/// # Errors
/// When the carrier is gone.
pub fn foresee(carrier: &mut dyn Carrier, order: &Order) -> Result<Vec<Foreseen>, CarrierError> {
    let mut cells: Vec<Cell> = order.tasks.iter().map(|task| task.cell.clone()).collect();
    cells.extend(order.tasks.iter().filter_map(|task| data_of(&task.cell)));
    cells.extend(order.tasks.iter().filter_map(holdings_of));
    cells.sort();
    cells.dedup();
    let readings = carrier.read(&cells)?;
    let read =
        |cell: &Cell| cells.iter().zip(&readings).find(|(known, _)| *known == cell).map(|(_, read)| read);
    let mut foreseen = Vec::with_capacity(order.tasks.len());
    for task in &order.tasks {
        let task = &Task { to: carrier.kept(&task.cell, task.to.clone()), ..task.clone() };
        let cannot = carrier.cannot(&task.cell)?;
        let bytes = data_of(&task.cell).and_then(|cell| match read(&cell)?.value()? {
            Value::Number(bytes) => Some(*bytes),
            _ => None,
        });
        let (along, settings) = match holdings_of(task).as_ref().and_then(read) {
            Some(Reading::Value(Value::Holdings(held))) => {
                let mut holdings = Holdings::default();
                match holdings.add(held.clone()) {
                    Ok(()) => (None, lost_settings(carrier, &task.cell, &holdings)?),
                    Err(obstacle) => (Some(obstacle), None),
                }
            }
            Some(Reading::NotRead(obstacle)) => (Some(obstacle.clone()), None),
            _ => (None, None),
        };
        let mut one = one(task, cannot, read(&task.cell), along.as_ref(), bytes);
        if !one.lost.is_empty() {
            one.lost.extend(settings.map(Told::from));
        }
        foreseen.push(one);
    }
    Ok(foreseen)
}

/// What goes with an app that is to go.
fn holdings_of(task: &Task) -> Option<Cell> {
    let package = concerned(&task.cell, None, &task.to).pop()?;
    Some(Cell::Holdings { package, user: task.cell.user() })
}

/// The data that goes with an app.
fn data_of(cell: &Cell) -> Option<Cell> {
    match cell {
        Cell::Installed { package, user } | Cell::Storage { package, user, part: Part::Data } => {
            Some(Cell::Storage { package: package.clone(), user: *user, part: Part::Data })
        }
        _ => None,
    }
}

/// Says what would become of one task. `along` is why what goes along with it could not be read.
fn one(
    task: &Task,
    cannot: Option<Obstacle>,
    reading: Option<&Reading>,
    along: Option<&Obstacle>,
    bytes: Option<u64>,
) -> Foreseen {
    const WOULD: Text = Text::new("would be done", "将会执行");
    const ALREADY: Text = Text::new("nothing to do: it stands so already", "无需操作：原已如此");
    let before = reading.and_then(Reading::value).cloned();
    let is_clearing = matches!(task.cell, Cell::Storage { .. });
    let already = !is_clearing && before.as_ref().is_some_and(|before| same(before, &task.to));
    let not_from_here = cannot.is_some();
    let unread = match reading {
        Some(Reading::NotRead(obstacle)) if !is_clearing => Some(obstacle),
        _ => along,
    };
    let because = match (cannot, unread, task.consent) {
        (Some(obstacle), ..) => Some(Reason::Platform { obstacle }),
        _ if already => None,
        (_, Some(obstacle), _) => Some(Reason::NotRestorable { obstacle: obstacle.clone() }),
        (_, _, Consent::Missing) => Some(Reason::NeedsConsent),
        (_, _, Consent::DisplayOnly) => Some(Reason::DisplayOnly),
        _ => None,
    };
    let lost = match (&task.cell, &task.to) {
        _ if already || not_from_here => None,
        (Cell::Installed { .. }, Value::Flag(false)) | (Cell::Storage { part: Part::Data, .. }, _) => {
            Some(Lost::Data { bytes })
        }
        (Cell::Storage { .. }, _) => Some(Lost::Cache { bytes: None }),
        (Cell::Stopped { .. }, Value::Flag(true)) => Some(Lost::Running),
        _ => None,
    };
    let text = match &because {
        Some(because) => both(because),
        None if already => fixed(ALREADY),
        None => fixed(WOULD),
    };
    Foreseen {
        purpose: task.purpose.clone(),
        package: task.package.clone(),
        cell: task.cell.clone(),
        to: task.to.clone(),
        before,
        already,
        not_from_here,
        because,
        lost: lost.map(Told::from).into_iter().collect(),
        text,
    }
}
