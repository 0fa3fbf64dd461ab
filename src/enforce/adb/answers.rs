//! What stands in a cell by a phone's answers to the questions of [`super::ask`]. Takes questions and answers; gives
//! readings, each that could not be read with its reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::adb::Answer;
use crate::enforce::adb::ask::{Ask, HELD, LONGEST, setting, since};
use crate::enforce::adb::ops::{self, Modes};
use crate::enforce::adb::package::PackageDump;
use crate::enforce::adb::{lists, package, said, size};
use crate::enforce::{Access, Because, Cell, Held, Obstacle, Part, Reading, Value, Word};
use crate::package::PackageName;
use crate::source::adb::policy;
use crate::source::adb::role::Roles;

/// The app-op of a prepared VPN (`OPSTR_ACTIVATE_VPN`).
const VPN: &str = "android:activate_vpn";

/// What the phone answered.
#[derive(Debug, Default)]
pub(super) struct Answers {
    texts: BTreeMap<Ask, Result<String, Obstacle>>,
    packages: BTreeMap<PackageName, Option<PackageDump>>,
    modes: BTreeMap<(u32, PackageName), Modes>,
    roles: Option<Roles>,
    sdk: u32,
    /// Packages that were cleared since the phone measured sizes.
    cleared: BTreeSet<PackageName>,
    /// App-ops that the phone knows, or does not.
    known: BTreeMap<String, bool>,
}

fn obstacle(because: Because, detail: impl Into<String>) -> Obstacle {
    Obstacle { because, detail: detail.into() }
}

impl Answers {
    /// Takes the answers to questions, in their order.
    pub(super) fn new(
        asked: Vec<Ask>,
        answers: Vec<Answer>,
        sdk: u32,
        cleared: &BTreeSet<PackageName>,
        known: &BTreeMap<String, bool>,
    ) -> Self {
        let mut all = Self { sdk, cleared: cleared.clone(), known: known.clone(), ..Self::default() };
        for (ask, answer) in asked.into_iter().zip(answers) {
            let text = if answer.cut {
                Err(obstacle(Because::Failed, format!("an answer longer than {LONGEST} bytes")))
            } else {
                // A package that is not there has no failure in its dump, and a dump may hold any word.
                let is_dump =
                    matches!(ask, Ask::Package(_) | Ask::Roles | Ask::Admins | Ask::Disk | Ask::Doze);
                let failed =
                    if is_dump && answer.status == 0 { no_service(&answer) } else { said::failure(&answer) };
                failed.map_or_else(|| Ok(answer.text().into_owned()), Err)
            };
            if let Ask::Knows(key) = &ask {
                let unknown = |obstacle: &Obstacle| obstacle.because == Because::NotOnThisRelease;
                all.known.insert(key.clone(), !text.as_ref().is_err_and(unknown));
            }
            if let Ok(text) = &text {
                match &ask {
                    Ask::Package(package) => {
                        all.packages.insert(package.clone(), package::parse(text, package));
                    }
                    Ask::Modes(user, package) => {
                        all.modes.insert((*user, package.clone()), Modes::parse(text));
                    }
                    Ask::Roles => all.roles = Some(Roles::parse(text)),
                    _ => {}
                }
            }
            all.texts.insert(ask, text);
        }
        all
    }

    /// Returns the app-ops that the phone is known to know, or not to.
    pub(super) const fn known(&self) -> &BTreeMap<String, bool> {
        &self.known
    }

    fn text(&self, ask: &Ask) -> Result<&str, Obstacle> {
        match self.texts.get(ask) {
            Some(Ok(text)) => Ok(text),
            Some(Err(obstacle)) => Err(obstacle.clone()),
            None => Err(obstacle(Because::Failed, "it was not asked")),
        }
    }

    /// Returns what was said of a package.
    pub(super) fn package(&self, package: &PackageName) -> Result<&PackageDump, Obstacle> {
        self.text(&Ask::Package(package.clone()))?;
        let dump = self.packages.get(package).and_then(Option::as_ref);
        dump.ok_or_else(|| obstacle(Because::Gone, package.as_str()))
    }

    /// Returns the modes of a package's app-ops.
    pub(super) fn modes(&self, user: u32, package: &PackageName) -> Result<&Modes, Obstacle> {
        self.text(&Ask::Modes(user, package.clone()))?;
        let modes = self.modes.get(&(user, package.clone()));
        modes.ok_or_else(|| obstacle(Because::Failed, ""))
    }

    /// Returns the holders of a role.
    pub(super) fn holders(&self, user: u32, role: &str) -> Result<Vec<PackageName>, Obstacle> {
        if self.sdk < since::ROLES {
            return Err(obstacle(Because::NotOnThisRelease, ""));
        }
        // Every phone of Android 10 has roles: that they were not told never means that nobody holds one.
        self.text(&Ask::Roles).map_err(|told| match told.because {
            Because::NotOnThisRelease => obstacle(Because::Failed, told.detail),
            _ => told,
        })?;
        match &self.roles {
            Some(roles) if !roles.is_whole() => Err(obstacle(Because::Failed, "dumpsys role")),
            Some(roles) if !roles.knows(user) => Err(obstacle(Because::HiddenUser, user.to_string())),
            Some(roles) => roles
                .holders(user, role)
                .map(<[PackageName]>::to_vec)
                .ok_or_else(|| obstacle(Because::NotOnThisRelease, role)),
            None => Err(obstacle(Because::Failed, "dumpsys role")),
        }
    }

    /// Returns the entries of the secure setting of a special access.
    pub(super) fn entries(&self, user: u32, access: Access) -> Result<Vec<String>, Obstacle> {
        let Some(setting) = setting(access) else { return Ok(Vec::new()) };
        self.text(&Ask::Setting(user, setting)).map(lists::components)
    }

    /// Returns what stands in a cell.
    pub(super) fn reading(&self, cell: &Cell) -> Reading {
        self.value(cell).map_or_else(Reading::NotRead, Reading::Value)
    }

    fn user(&self, package: &PackageName, user: u32) -> Result<&package::UserDump, Obstacle> {
        let dump = self.package(package)?;
        let state = dump.users.get(&user).ok_or_else(|| obstacle(Because::HiddenUser, user.to_string()))?;
        if state.twice {
            return Err(obstacle(Because::Failed, "its state is told twice, in different places"));
        }
        Ok(state)
    }

    fn value(&self, cell: &Cell) -> Result<Value, Obstacle> {
        let user = cell.user();
        let not_said = || obstacle(Because::Failed, "the phone does not say");
        let flag = |flag: Option<bool>| flag.map(Value::Flag).ok_or_else(not_said);
        match cell {
            Cell::Installed { package, .. } => flag(self.user(package, user)?.installed),
            Cell::Suspended { package, .. } => flag(self.user(package, user)?.suspended),
            Cell::Stopped { package, .. } => flag(self.user(package, user)?.stopped),
            Cell::PackageEnabled { package, .. } => {
                self.user(package, user)?.enabled.map(Value::Word).ok_or_else(not_said)
            }
            Cell::ComponentEnabled { package, component, .. } => {
                let word = self.user(package, user)?.components.get(component);
                Ok(Value::Word(word.copied().unwrap_or(Word::Default)))
            }
            Cell::BlockUninstall { .. } => Err(obstacle(
                Because::NeedsPermission,
                "no command of the shell tells whether uninstalling is blocked",
            )),
            Cell::RoleHolder { role, .. } => self.holders(user, role).map(Value::Packages),
            Cell::Permission { package, permission, .. } => self.permission(package, user, permission),
            Cell::AppOp { package, op, .. } => self.op(package, user, op),
            Cell::StandbyBucket { package, .. } => {
                if self.sdk < since::BUCKETS {
                    return Err(obstacle(Because::NotOnThisRelease, ""));
                }
                self.user(package, user)?;
                let text = self.text(&Ask::Bucket(user, package.clone()))?;
                text.trim().parse().map(Value::Number).map_err(|_| not_said())
            }
            Cell::SpecialAccess { package, access, .. } => {
                self.user(package, user)?;
                self.access(package, user, *access).map(Value::Flag)
            }
            Cell::Storage { package, part, .. } => self.size(package, user, *part).map(Value::Number),
            Cell::Holdings { package, .. } => self.holdings(package, user).map(Value::Holdings),
        }
    }

    fn permission(&self, package: &PackageName, user: u32, permission: &str) -> Result<Value, Obstacle> {
        let state = self.user(package, user)?;
        let dump = self.package(package)?;
        let known = state.permissions.get(permission).or_else(|| dump.install.get(permission)).copied();
        // Up to Android 9 a permission that was never decided has no state.
        let asked = dump.requested.contains(permission).then_some((false, 0));
        let (granted, flags) = known.or(asked).ok_or_else(|| obstacle(Because::Gone, permission))?;
        Ok(Value::Permission { granted, flags: Some(flags) })
    }

    fn op(&self, package: &PackageName, user: u32, op: &str) -> Result<Value, Obstacle> {
        let key = ops::key(op).ok_or_else(|| obstacle(Because::NotOnThisRelease, op))?;
        let mode = self.modes(user, package)?.of(&key);
        match mode {
            Some(word) => Ok(Value::Word(word)),
            // Android takes any number and says nothing of it: a maker's operation is one that the phone shows.
            None if ops::is_number(op) => {
                let said =
                    self.text(&Ask::Maker(user, package.clone(), key)).ok().and_then(ops::default_mode);
                said.map(Value::Word).ok_or_else(|| obstacle(Because::NotOnThisRelease, op))
            }
            None if self.known.get(&key) == Some(&false) => Err(obstacle(Because::NotOnThisRelease, op)),
            None => Ok(Value::Word(Word::Default)),
        }
    }

    fn access(&self, package: &PackageName, user: u32, access: Access) -> Result<bool, Obstacle> {
        Ok(match access {
            Access::NotificationListener | Access::Accessibility | Access::NotificationPolicy => {
                self.entries(user, access)?.iter().any(|entry| lists::belongs(entry, package))
            }
            Access::DeviceAdmin => {
                let policy = policy::parse(self.text(&Ask::Admins)?);
                let of =
                    |component: &str| component.split_once('/').is_some_and(|(of, _)| of == package.as_str());
                policy.admins.iter().any(|(holder, component)| *holder == user && of(component))
            }
            Access::Vpn => {
                let key = ops::key(VPN).unwrap_or_default();
                self.modes(user, package)?.of(&key) == Some(Word::Allowed)
            }
            Access::BatteryUnrestricted => {
                lists::doze_exempt(self.text(&Ask::Doze)?).contains(package.as_str())
            }
        })
    }

    fn size(&self, package: &PackageName, user: u32, part: Part) -> Result<u64, Obstacle> {
        let (size, ask) = if self.sdk >= since::STORAGE {
            let ask = Ask::Size(user, package.clone());
            (size::of_package(self.text(&ask)?, part), ask)
        } else if self.cleared.contains(package) {
            return Err(obstacle(Because::Failed, "the phone measures sizes once a day, and has not since"));
        } else {
            (size::of_disk(self.text(&Ask::Disk)?, package, part), Ask::Disk)
        };
        size.ok_or_else(|| obstacle(Because::NotOnThisRelease, ask.command().words().join(" ")))
    }

    /// Everything that goes when the package is uninstalled.
    fn holdings(&self, package: &PackageName, user: u32) -> Result<Vec<Held>, Obstacle> {
        let state = self.user(package, user)?;
        if state.installed != Some(true) {
            return Ok(Vec::new());
        }
        let name = || package.clone();
        let mut cells = vec![
            Cell::PackageEnabled { package: name(), user },
            Cell::StandbyBucket { package: name(), user },
            Cell::Suspended { package: name(), user },
        ];
        let permissions = state.permissions.keys();
        cells.extend(permissions.map(|permission| Cell::Permission {
            package: name(),
            user,
            permission: permission.clone(),
        }));
        let modes = self.modes(user, package)?.set();
        cells.extend(modes.keys().map(|key| Cell::AppOp { package: name(), user, op: ops::op(key) }));
        cells.extend(state.components.keys().map(|component| Cell::ComponentEnabled {
            package: name(),
            user,
            component: component.clone(),
        }));
        let mut held = Vec::new();
        for cell in cells {
            match self.value(&cell) {
                Ok(value) => held.push(Held { cell, value }),
                Err(obstacle) if obstacle.because == Because::NotOnThisRelease => {}
                Err(obstacle) => return Err(obstacle),
            }
        }
        for access in HELD {
            // What this phone does not keep cannot be lost.
            match self.access(package, user, access) {
                Ok(true) => {
                    let cell = Cell::SpecialAccess { package: name(), user, access };
                    held.push(Held { cell, value: Value::Flag(true) });
                }
                Ok(false) => {}
                Err(obstacle) if obstacle.because == Because::NotOnThisRelease => {}
                Err(obstacle) => return Err(obstacle),
            }
        }
        Ok(held)
    }
}

/// A dump of a service that the phone does not have.
fn no_service(answer: &Answer) -> Option<Obstacle> {
    let text = answer.text();
    let first = text.lines().next().unwrap_or_default().trim();
    let because = match first {
        first if first.starts_with("Can't find service") => Because::NotOnThisRelease,
        first if first.starts_with("Permission Denial") => Because::NeedsPermission,
        _ => return None,
    };
    Some(obstacle(because, first.chars().take(200).collect::<String>()))
}
