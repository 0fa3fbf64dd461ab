//! What no task may do, whatever a plan or a user says: take away the last app of a group, the only holder of a role, or
//! what the platform needs. Asked of the phone at the moment the task runs.

use std::collections::BTreeSet;

use crate::enforce::carrier::{Because, Carrier, CarrierError, Obstacle, Reading};
use crate::enforce::cell::{Cell, Value};
use crate::enforce::order::{Consent, Guard, Task};
use crate::enforce::outcome::Reason;
use crate::package::PackageName;
use crate::plan::step::Precondition;

/// Roles whose holder matters to the user or the platform (`RoleManager`, `roles.xml`). A phone that knows fewer says so.
pub const ROLES: [&str; 15] = [
    "android.app.role.ASSISTANT",
    "android.app.role.BROWSER",
    "android.app.role.CALL_REDIRECTION",
    "android.app.role.CALL_SCREENING",
    "android.app.role.DEVICE_POLICY_MANAGEMENT",
    "android.app.role.DIALER",
    "android.app.role.EMERGENCY",
    "android.app.role.HOME",
    "android.app.role.NOTES",
    "android.app.role.SMS",
    "android.app.role.SYSTEM_CONTACTS",
    "android.app.role.SYSTEM_GALLERY",
    "android.app.role.SYSTEM_SUPERVISION",
    "android.app.role.SYSTEM_WELLBEING",
    "android.app.role.WALLET",
];

/// A phone as far as conditions ask for it.
struct Phone<'c> {
    carrier: &'c mut dyn Carrier,
    user: u32,
}

impl Phone<'_> {
    /// Whether one of these packages is installed and not disabled; the obstacle when none is known to be and something
    /// could not be read.
    fn any_works(&mut self, packages: &[PackageName]) -> Result<Result<bool, Obstacle>, CarrierError> {
        let user = self.user;
        let cells: Vec<Cell> = packages
            .iter()
            .flat_map(|package| {
                let package = package.clone();
                [
                    Cell::Installed { package: package.clone(), user },
                    Cell::PackageEnabled { package: package.clone(), user },
                    Cell::Suspended { package, user },
                ]
            })
            .collect();
        let mut obstacle = None;
        for readings in self.carrier.read(&cells)?.chunks(3) {
            // An app that is known to be off in one way is off, whatever else could not be read.
            let off = readings.iter().enumerate().any(|(at, reading)| match reading {
                Reading::Value(Value::Flag(flag)) => *flag == (at == 2),
                Reading::Value(Value::Word(word)) => word.is_disabled(),
                _ => false,
            });
            let unread = readings.iter().find_map(|reading| match reading {
                // Before Android 7 nothing is suspended.
                Reading::NotRead(obstacle) if obstacle.because != Because::NotOnThisRelease => Some(obstacle),
                _ => None,
            });
            match unread {
                _ if off => {}
                None => return Ok(Ok(true)),
                Some(unread) => obstacle = Some(unread.clone()),
            }
        }
        Ok(obstacle.map_or(Ok(false), Err))
    }

    fn holders(&mut self, role: &str) -> Result<Result<Vec<PackageName>, Obstacle>, CarrierError> {
        let cell = Cell::RoleHolder { role: role.to_owned(), user: self.user };
        Ok(match self.carrier.read(&[cell])?.pop() {
            Some(Reading::Value(Value::Packages(holders))) => Ok(holders),
            Some(Reading::NotRead(obstacle)) => Err(obstacle),
            _ => Err(Obstacle { because: Because::Failed, detail: String::new() }),
        })
    }
}

/// Returns why a task may not run now; `None` when it may.
///
/// # Errors
/// When the carrier is gone.
pub fn forbids(
    task: &Task,
    guard: &Guard,
    carrier: &mut dyn Carrier,
) -> Result<Option<Reason>, CarrierError> {
    match task.consent {
        Consent::Missing => return Ok(Some(Reason::NeedsConsent)),
        Consent::DisplayOnly => return Ok(Some(Reason::DisplayOnly)),
        Consent::NotNeeded | Consent::Given => {}
    }
    let mut phone = Phone { carrier, user: task.cell.user() };
    for condition in &task.conditions {
        if let Some(reason) = condition_forbids(condition, &mut phone)? {
            return Ok(Some(reason));
        }
    }
    match (&task.cell, &task.to) {
        (Cell::RoleHolder { role, .. }, Value::Packages(holders)) => takes_over(role, holders, &mut phone),
        (cell, to) if takes_away(cell, to) => {
            cell.package().map_or(Ok(None), |package| may_not_go(package, guard, &mut phone))
        }
        _ => Ok(None),
    }
}

/// Whether the user no longer has the app when `to` stands in `cell`.
fn takes_away(cell: &Cell, to: &Value) -> bool {
    match (cell, to) {
        (Cell::Installed { .. }, Value::Flag(installed)) => !installed,
        (Cell::Suspended { .. }, Value::Flag(suspended)) => *suspended,
        (Cell::PackageEnabled { .. }, Value::Word(word)) => word.is_disabled(),
        _ => false,
    }
}

fn may_not_go(
    package: &PackageName,
    guard: &Guard,
    phone: &mut Phone<'_>,
) -> Result<Option<Reason>, CarrierError> {
    if guard.requires(package) {
        return Ok(Some(Reason::Required));
    }
    for group in guard.groups.iter().filter(|group| group.packages.contains(package)) {
        let others: BTreeSet<&PackageName> = group.packages.iter().filter(|name| *name != package).collect();
        let others: Vec<PackageName> = others.into_iter().cloned().collect();
        if phone.any_works(&others)? != Ok(true) {
            return Ok(Some(Reason::LastOfGroup { group: group.id }));
        }
    }
    let user = phone.user;
    let cells = ROLES.map(|role| Cell::RoleHolder { role: role.to_owned(), user });
    for (role, reading) in ROLES.iter().zip(phone.carrier.read(&cells)?) {
        let role = (*role).to_owned();
        match reading {
            Reading::Value(Value::Packages(holders))
                if holders.as_slice() == std::slice::from_ref(package) =>
            {
                return Ok(Some(Reason::HoldsRole { role }));
            }
            // A phone without roles, or without this one, has no holder of it.
            Reading::NotRead(obstacle) if obstacle.because != Because::NotOnThisRelease => {
                return Ok(Some(Reason::RoleUnknown { role, obstacle }));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// A role goes only to an app that is there, and never to nobody.
fn takes_over(
    role: &str,
    holders: &[PackageName],
    phone: &mut Phone<'_>,
) -> Result<Option<Reason>, CarrierError> {
    let condition =
        |package: &PackageName| Precondition::RoleHeldBy { role: role.to_owned(), package: package.clone() };
    if holders.is_empty() {
        return Ok(Some(Reason::HoldsRole { role: role.to_owned() }));
    }
    for holder in holders {
        match phone.any_works(std::slice::from_ref(holder))? {
            Ok(true) => {}
            Ok(false) => return Ok(Some(Reason::ConditionFails { condition: condition(holder) })),
            Err(obstacle) => {
                return Ok(Some(Reason::ConditionUnknown { condition: condition(holder), obstacle }));
            }
        }
    }
    Ok(None)
}

fn condition_forbids(
    condition: &Precondition,
    phone: &mut Phone<'_>,
) -> Result<Option<Reason>, CarrierError> {
    let holds = match condition {
        Precondition::KeeperStays { package, .. } => phone.any_works(std::slice::from_ref(package))?,
        Precondition::AnotherStays { packages, .. } => phone.any_works(packages)?,
        Precondition::RoleHeldBy { role, package } => match phone.holders(role)? {
            Ok(holders) => Ok(holders.contains(package)),
            // Where there is no such role nobody can lose it.
            Err(obstacle) if obstacle.because == Because::NotOnThisRelease => Ok(true),
            Err(obstacle) => Err(obstacle),
        },
        Precondition::LiesAt { .. }
        | Precondition::NothingAt { .. }
        | Precondition::LineStands { .. }
        | Precondition::LineAbsent { .. } => {
            return Ok(Some(Reason::ConditionOfImage { condition: condition.clone() }));
        }
    };
    Ok(match holds {
        Ok(true) => None,
        Ok(false) => Some(Reason::ConditionFails { condition: condition.clone() }),
        Err(obstacle) => Some(Reason::ConditionUnknown { condition: condition.clone(), obstacle }),
    })
}
