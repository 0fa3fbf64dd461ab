//! What goes along with a change: state that the platform changes with it and that is saved before, and what no undo brings
//! back.

use crate::enforce::carrier::{Because, Carrier, CarrierError, Obstacle, Reading};
use crate::enforce::cell::{Cell, Held, Part, Value};
use crate::enforce::guard::ROLES;
use crate::enforce::hand::Hand;
use crate::enforce::journal::Store;
use crate::enforce::order::Task;
use crate::enforce::outcome::Lost;
use crate::enforce::same::differing;
use crate::package::PackageName;

/// What the platform keeps for packages.
#[derive(Default)]
pub(super) struct Holdings {
    pub(super) held: Vec<Held>,
    /// Special access of which this carrier cannot see whether it was given.
    pub(super) unread: Vec<Cell>,
}

impl Holdings {
    /// Takes what a carrier read of a package; an obstacle where it could not read what nothing makes up for.
    pub(super) fn add(&mut self, held: Vec<Held>) -> Result<(), Obstacle> {
        for held in held {
            match (&held.cell, &held.value) {
                (Cell::SpecialAccess { .. }, Value::Unread) => self.unread.push(held.cell),
                (cell, Value::Unread) => {
                    return Err(Obstacle { because: Because::Failed, detail: cell.to_string() });
                }
                _ => self.held.push(held),
            }
        }
        Ok(())
    }
}

impl<S: Store> Hand<'_, S> {
    /// Reads what the platform may change along with a task.
    pub(super) fn saved(
        &mut self,
        task: &Task,
        before: Option<&Value>,
    ) -> Result<Result<Holdings, Obstacle>, CarrierError> {
        let user = task.cell.user();
        let packages = concerned(&task.cell, before, &task.to);
        if packages.is_empty() {
            return Ok(Ok(Holdings::default()));
        }
        let mut saved = match self.holdings(&packages, user)? {
            Ok(saved) => saved,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        if let Cell::Installed { package, .. } = &task.cell {
            let mut cells = vec![Cell::PackageEnabled { package: package.clone(), user }];
            cells.extend(ROLES.map(|role| Cell::RoleHolder { role: role.to_owned(), user }));
            let readings = self.carrier.read(&cells)?;
            for (cell, reading) in cells.into_iter().zip(readings) {
                let Reading::Value(value) = reading else { continue };
                let holds = |packages: &[PackageName]| packages.contains(package);
                let keep = !matches!(&value, Value::Packages(holders) if !holds(holders));
                if keep && !saved.held.iter().any(|held| held.cell == cell) {
                    saved.held.push(Held { cell, value });
                }
            }
        }
        Ok(Ok(saved))
    }

    /// Reads everything the platform keeps for packages. What could not be read and is no special access, nothing makes up for:
    /// then none of it counts as read.
    pub(super) fn holdings(
        &mut self,
        packages: &[PackageName],
        user: u32,
    ) -> Result<Result<Holdings, Obstacle>, CarrierError> {
        let cells: Vec<Cell> =
            packages.iter().map(|package| Cell::Holdings { package: package.clone(), user }).collect();
        let mut all = Holdings::default();
        for reading in self.carrier.read(&cells)? {
            let held = match reading {
                Reading::Value(Value::Holdings(held)) => held,
                Reading::NotRead(obstacle) => return Ok(Err(obstacle)),
                Reading::Value(_) => {
                    return Ok(Err(Obstacle { because: Because::Failed, detail: String::new() }));
                }
            };
            if let Err(obstacle) = all.add(held) {
                return Ok(Err(obstacle));
            }
        }
        Ok(Ok(all))
    }

    /// What of the saved state the platform changed along with a role; `None` when it could not be read.
    pub(super) fn touched(
        &mut self,
        task: &Task,
        before: Option<&Value>,
        saved: &[Held],
    ) -> Option<Vec<Held>> {
        let packages = concerned(&task.cell, before, &task.to);
        let now = self.holdings(&packages, task.cell.user()).ok()?.ok()?;
        Some(differing(saved, &now.held))
    }

    /// What a task destroys.
    pub(super) fn losses(&mut self, task: &Task, before: Option<&Value>) -> Result<Vec<Lost>, CarrierError> {
        let bytes = |value: Option<&Value>| match value {
            Some(Value::Number(bytes)) => Some(*bytes),
            _ => None,
        };
        Ok(match (&task.cell, &task.to) {
            (Cell::Installed { package, user }, Value::Flag(false)) => {
                let data = Cell::Storage { package: package.clone(), user: *user, part: Part::Data };
                vec![Lost::Data { bytes: bytes(self.read(&data)?.value()) }]
            }
            (Cell::Storage { part: Part::Data, .. }, _) => vec![Lost::Data { bytes: bytes(before) }],
            (Cell::Storage { .. }, _) => vec![Lost::Cache { bytes: bytes(before) }],
            (Cell::Stopped { .. }, Value::Flag(true)) => vec![Lost::Running],
            _ => Vec::new(),
        })
    }
}

/// What an uninstall takes along and this carrier may not set again, or may have taken along unseen.
pub(super) fn lost_settings(
    carrier: &mut dyn Carrier,
    cell: &Cell,
    saved: &Holdings,
) -> Result<Option<Lost>, CarrierError> {
    if !matches!(cell, Cell::Installed { .. }) {
        return Ok(None);
    }
    let mut cells = saved.unread.clone();
    for held in differing(&saved.held, &[]) {
        if carrier.cannot(&held.cell)?.is_some() {
            cells.push(held.cell);
        }
    }
    Ok((!cells.is_empty()).then_some(Lost::Settings { cells }))
}

/// The packages whose state the platform changes along with a cell: an app that goes, holders of a role.
pub(super) fn concerned(cell: &Cell, before: Option<&Value>, to: &Value) -> Vec<PackageName> {
    match (cell, before, to) {
        (Cell::Installed { package, .. }, _, Value::Flag(false)) => vec![package.clone()],
        (Cell::RoleHolder { .. }, Some(Value::Packages(before)), Value::Packages(after)) => {
            let come = after.iter().filter(|name| !before.contains(name));
            before.iter().chain(come).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// The enabled setting of an app that is to go: a phone may only disable it.
pub(super) fn concerned_setting(cell: &Cell, to: &Value) -> Option<Cell> {
    match (cell, to) {
        (Cell::Installed { package, user }, Value::Flag(false)) => {
            Some(Cell::PackageEnabled { package: package.clone(), user: *user })
        }
        _ => None,
    }
}
