//! A phone in memory: packages, users, roles, permissions and app-ops that hang together as on Android, that loses an
//! app's data when it is uninstalled, and that can lie, refuse or die.

use std::cell::Cell as Shared;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::rc::Rc;

use keepone::enforce::{
    Access, Because, Carrier, CarrierError, Cell, Held, May, Obstacle, Part, Reading, Store, Value, Way,
    Word, Written,
};
use keepone::package::PackageName;
use keepone::source::snapshot::{User, UserKind};

pub(crate) const GRANTED_BY_DEFAULT: u32 = 32;
pub(crate) const GRANTED_BY_ROLE: u32 = 32768;
pub(crate) const SYSTEM_FIXED: u32 = 16;
pub(crate) const POLICY_FIXED: u32 = 4;

pub(crate) fn name(name: &str) -> PackageName {
    PackageName::new(name).unwrap()
}

/// One package for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "as Android keeps them")]
pub(crate) struct App {
    pub(crate) installed: bool,
    pub(crate) block_uninstall: bool,
    pub(crate) enabled: Option<Word>,
    pub(crate) components: BTreeMap<String, Word>,
    pub(crate) permissions: BTreeMap<String, (bool, u32)>,
    /// What the permissions are after an installation.
    pub(crate) permissions_at_first: BTreeMap<String, (bool, u32)>,
    pub(crate) ops: BTreeMap<String, Word>,
    pub(crate) bucket: u64,
    pub(crate) suspended: bool,
    pub(crate) stopped: bool,
    pub(crate) access: BTreeSet<Access>,
    pub(crate) data: u64,
    pub(crate) cache: u64,
}

/// How a phone does something else than what it is told, about one package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// Says yes and does nothing.
    Ignores,
    /// Disables an app that is to go.
    DisablesInstead,
    /// Does it, and takes it back after it was read once.
    Reverts,
    /// Says no.
    Refuses,
    /// Does it, and no longer says what stands.
    Hides,
    /// Says no and does it.
    DoesSecretly,
}

/// When the process dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// Right before the write of that number.
    BeforeWrite(usize),
    /// Right after it.
    AfterWrite(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Phone {
    pub(crate) way: Way,
    pub(crate) sdk: u32,
    pub(crate) permissions: Vec<String>,
    pub(crate) apps: BTreeMap<(u32, PackageName), App>,
    pub(crate) roles: BTreeMap<(u32, String), Vec<PackageName>>,
    pub(crate) lies: BTreeMap<PackageName, Lie>,
    /// Changes that are taken back when they have been read once.
    pending: BTreeMap<Cell, (Value, u32)>,
    hidden: BTreeSet<Cell>,
    /// Special access that this carrier cannot see.
    pub(crate) unseen: BTreeSet<Access>,
    /// Whether this carrier sees the flags of permissions.
    pub(crate) sees_flags: bool,
    pub(crate) death: Option<Death>,
    pub(crate) writes: usize,
    /// Whether the process is dead; its journal shares this.
    pub(crate) dead: Rc<Shared<bool>>,
    pub(crate) asked: Vec<Cell>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self {
            way: Way::PlatformSigned,
            sdk: 34,
            permissions: Vec::new(),
            apps: BTreeMap::new(),
            roles: BTreeMap::new(),
            lies: BTreeMap::new(),
            pending: BTreeMap::new(),
            hidden: BTreeSet::new(),
            unseen: BTreeSet::new(),
            sees_flags: true,
            death: None,
            writes: 0,
            dead: Rc::default(),
            asked: Vec::new(),
        }
    }

    /// Adds a package with state of every kind.
    pub(crate) fn install(&mut self, user: u32, package: &str) -> &mut App {
        let permissions: BTreeMap<String, (bool, u32)> = [
            ("android.permission.READ_CONTACTS", (true, GRANTED_BY_DEFAULT)),
            ("android.permission.CAMERA", (false, 0)),
            ("android.permission.READ_SMS", (false, 0)),
        ]
        .map(|(permission, state)| (permission.to_owned(), state))
        .into();
        let mut app = App {
            installed: true,
            permissions: permissions.clone(),
            permissions_at_first: permissions,
            bucket: 20,
            data: 5_000_000,
            cache: 1_000_000,
            ..App::default()
        };
        // The user has decided something about the app.
        app.permissions.insert("android.permission.CAMERA".to_owned(), (true, 1));
        app.ops.insert("android:run_any_in_background".to_owned(), Word::Ignored);
        app.components.insert(format!("{package}.Boot"), Word::Disabled);
        app.access.insert(Access::NotificationListener);
        self.apps.entry((user, name(package))).or_insert(app)
    }

    pub(crate) fn app(&self, user: u32, package: &str) -> &App {
        &self.apps[&(user, name(package))]
    }

    pub(crate) fn app_mut(&mut self, user: u32, package: &str) -> &mut App {
        self.apps.get_mut(&(user, name(package))).unwrap()
    }

    /// Makes one package the holder of a role, with what that brings.
    pub(crate) fn give_role(&mut self, user: u32, role: &str, holders: &[PackageName]) {
        let before = self.roles.insert((user, role.to_owned()), holders.to_vec()).unwrap_or_default();
        for old in before.iter().filter(|old| !holders.contains(old)) {
            if let Some(app) = self.apps.get_mut(&(user, old.clone())) {
                for state in app.permissions.values_mut().filter(|(_, flags)| flags & GRANTED_BY_ROLE != 0) {
                    *state = (false, 0);
                }
                app.ops.remove("android:read_device_identifiers");
            }
        }
        for new in holders {
            if let Some(app) = self.apps.get_mut(&(user, new.clone())) {
                app.permissions.insert(
                    "android.permission.READ_SMS".to_owned(),
                    (true, GRANTED_BY_ROLE | GRANTED_BY_DEFAULT),
                );
                app.ops.insert("android:read_device_identifiers".to_owned(), Word::Allowed);
                // Roles lift the restriction of background work (RoleManager, `app-ops` of roles.xml).
                app.ops.insert("android:run_any_in_background".to_owned(), Word::Allowed);
            }
        }
    }

    /// What a user could tell apart: everything but sizes and the platform's own flags.
    pub(crate) fn state(&self) -> String {
        use std::fmt::Write as _;
        let mut state = String::new();
        for ((user, package), app) in &self.apps {
            let mut app = app.clone();
            (app.data, app.cache) = (0, 0);
            app.permissions_at_first.clear();
            for (_, flags) in app.permissions.values_mut() {
                *flags &= 1 | 2;
            }
            // What is at its default need not be there, and an app that was never given a permission holds none.
            app.ops.retain(|_, word| *word != Word::Default);
            app.components.retain(|_, word| *word != Word::Default);
            app.enabled = app.enabled.filter(|word| *word != Word::Default);
            app.permissions.retain(|_, state| *state != (false, 0));
            app.stopped = false;
            writeln!(state, "{user} {package} {app:?}").unwrap();
        }
        writeln!(state, "{:?}", self.roles).unwrap();
        state
    }

    /// Makes a cell one that cannot be read.
    pub(crate) fn hide(&mut self, cell: Cell) {
        self.hidden.insert(cell);
    }

    /// A phone whose process starts again.
    pub(crate) fn revived(&self) -> Self {
        Self { death: None, writes: 0, dead: Rc::default(), ..self.clone() }
    }

    fn gone(&self) -> Result<(), CarrierError> {
        if self.dead.get() { Err(CarrierError { detail: "the process died".to_owned() }) } else { Ok(()) }
    }

    fn value(&self, cell: &Cell) -> Option<Value> {
        if let Cell::RoleHolder { role, user } = cell {
            return self.roles.get(&(*user, role.clone())).cloned().map(Value::Packages);
        }
        let app = self.apps.get(&(cell.user(), cell.package()?.clone()))?;
        let word = |word: Option<&Word>| Value::Word(word.copied().unwrap_or(Word::Default));
        Some(match cell {
            Cell::Installed { .. } => Value::Flag(app.installed),
            Cell::BlockUninstall { .. } => Value::Flag(app.block_uninstall),
            Cell::PackageEnabled { .. } => word(app.enabled.as_ref()),
            Cell::ComponentEnabled { component, .. } => word(app.components.get(component)),
            Cell::Permission { permission, .. } => {
                let (granted, flags) = *app.permissions.get(permission)?;
                Value::Permission { granted, flags: self.sees_flags.then_some(flags) }
            }
            Cell::AppOp { op, .. } => word(app.ops.get(op)),
            Cell::StandbyBucket { .. } => Value::Number(app.bucket),
            Cell::Suspended { .. } => Value::Flag(app.suspended),
            Cell::Stopped { .. } => Value::Flag(app.stopped),
            Cell::SpecialAccess { access, .. } => Value::Flag(app.access.contains(access)),
            Cell::Storage { part: Part::App, .. } => Value::Number(30_000_000),
            Cell::Storage { part: Part::Data, .. } => Value::Number(app.data),
            Cell::Storage { part: Part::Cache, .. } => Value::Number(app.cache),
            Cell::Holdings { .. } => Value::Holdings(self.holdings(cell)),
            Cell::RoleHolder { .. } => return None,
        })
    }

    fn holdings(&self, cell: &Cell) -> Vec<Held> {
        let (user, package) = (cell.user(), cell.package().unwrap());
        let app = &self.apps[&(user, package.clone())];
        if !app.installed {
            return Vec::new();
        }
        let package = || package.clone();
        let mut cells = vec![
            Cell::BlockUninstall { package: package(), user },
            Cell::PackageEnabled { package: package(), user },
            Cell::StandbyBucket { package: package(), user },
            Cell::Suspended { package: package(), user },
        ];
        let permissions = app.permissions.keys();
        cells.extend(permissions.map(|permission| Cell::Permission {
            package: package(),
            user,
            permission: permission.clone(),
        }));
        cells.extend(app.ops.keys().map(|op| Cell::AppOp { package: package(), user, op: op.clone() }));
        let components = app.components.keys();
        cells.extend(components.map(|component| Cell::ComponentEnabled {
            package: package(),
            user,
            component: component.clone(),
        }));
        cells.extend(app.access.iter().map(|access| Cell::SpecialAccess {
            package: package(),
            user,
            access: *access,
        }));
        let mut held: Vec<Held> = cells
            .into_iter()
            .filter_map(|cell| self.value(&cell).map(|value| Held { cell, value }))
            .collect();
        held.retain(
            |held| !matches!(&held.cell, Cell::SpecialAccess { access, .. } if self.unseen.contains(access)),
        );
        held.extend(self.unseen.iter().map(|access| Held {
            cell: Cell::SpecialAccess { package: package(), user, access: *access },
            value: Value::Unread,
        }));
        held
    }

    fn set(&mut self, cell: &Cell, value: &Value) -> Result<(), Because> {
        if let (Cell::RoleHolder { role, user }, Value::Packages(holders)) = (cell, value) {
            self.give_role(*user, role, holders);
            return Ok(());
        }
        let package = cell.package().unwrap().clone();
        let app = self.apps.get_mut(&(cell.user(), package.clone())).ok_or(Because::Gone)?;
        match (cell, value) {
            (Cell::Installed { .. }, Value::Flag(false)) if app.block_uninstall => {
                return Err(Because::FixedBySystem);
            }
            (Cell::Installed { user, .. }, Value::Flag(false)) => {
                *app = App {
                    permissions_at_first: app.permissions_at_first.clone(),
                    stopped: true,
                    bucket: 50,
                    ..App::default()
                };
                let user = *user;
                for ((_, _), holders) in self.roles.iter_mut().filter(|((of, _), _)| *of == user) {
                    holders.retain(|holder| *holder != package);
                }
            }
            (Cell::Installed { .. }, Value::Flag(true)) => {
                app.installed = true;
                app.bucket = 20;
                app.permissions = app.permissions_at_first.clone();
            }
            (Cell::BlockUninstall { .. }, Value::Flag(block)) => app.block_uninstall = *block,
            (Cell::PackageEnabled { .. }, Value::Word(word)) => app.enabled = Some(*word),
            (Cell::ComponentEnabled { component, .. }, Value::Word(word)) => {
                app.components.insert(component.clone(), *word);
            }
            (Cell::Permission { permission, .. }, Value::Permission { granted, flags }) => {
                let state = app.permissions.get_mut(permission).ok_or(Because::Gone)?;
                if state.1 & SYSTEM_FIXED != 0 {
                    return Err(Because::FixedBySystem);
                }
                if state.1 & POLICY_FIXED != 0 {
                    return Err(Because::FixedByPolicy);
                }
                // Only the decided flags can be set from outside.
                *state = (*granted, (state.1 & !3) | (flags.unwrap_or(state.1) & 3));
            }
            (Cell::AppOp { op, .. }, Value::Word(word)) => {
                app.ops.insert(op.clone(), *word);
            }
            (Cell::StandbyBucket { .. }, Value::Number(bucket)) => app.bucket = *bucket,
            (Cell::Suspended { .. }, Value::Flag(suspended)) => app.suspended = *suspended,
            (Cell::Stopped { .. }, Value::Flag(stopped)) => app.stopped = *stopped,
            (Cell::SpecialAccess { access, .. }, Value::Flag(true)) => {
                app.access.insert(*access);
            }
            (Cell::SpecialAccess { access, .. }, Value::Flag(false)) => {
                app.access.remove(access);
            }
            (Cell::Storage { part: Part::Data, .. }, Value::Number(0)) => (app.data, app.cache) = (0, 0),
            (Cell::Storage { part: Part::Cache, .. }, Value::Number(0)) => app.cache = 0,
            (cell, value) => panic!("{cell} was written {value:?}"),
        }
        Ok(())
    }
}

impl Carrier for Phone {
    fn may(&mut self) -> Result<May, CarrierError> {
        self.gone()?;
        let ids: BTreeSet<u32> = self.apps.keys().map(|(user, _)| *user).collect();
        Ok(May {
            way: self.way,
            sdk: self.sdk,
            permissions: self.permissions.clone(),
            users: ids.into_iter().map(|id| User { id, kind: UserKind::Main }).collect(),
            fixed: Vec::new(),
            uid: Some(1000),
            device: None,
        })
    }

    fn read(&mut self, cells: &[Cell]) -> Result<Vec<Reading>, CarrierError> {
        self.gone()?;
        let not_read = |because| Reading::NotRead(Obstacle { because, detail: String::new() });
        let mut readings = Vec::new();
        for cell in cells {
            self.asked.push(cell.clone());
            let value = self.value(cell);
            readings.push(match value {
                _ if self.hidden.contains(cell) => not_read(Because::Failed),
                Some(value) => Reading::Value(value),
                None if matches!(cell, Cell::RoleHolder { .. }) => not_read(Because::NotOnThisRelease),
                None => not_read(Because::Gone),
            });
            if let Some((before, reads)) = self.pending.remove(cell) {
                if reads == 0 {
                    self.set(cell, &before).unwrap();
                } else {
                    self.pending.insert(cell.clone(), (before, reads - 1));
                }
            }
        }
        Ok(readings)
    }

    fn write(&mut self, cell: &Cell, value: &Value) -> Result<Written, CarrierError> {
        self.gone()?;
        let number = self.writes;
        self.writes += 1;
        if self.death == Some(Death::BeforeWrite(number)) {
            self.dead.set(true);
            self.gone()?;
        }
        let refused = |because| Written::Refused(Obstacle { because, detail: "the model".to_owned() });
        let lie = cell.package().and_then(|package| self.lies.get(package)).copied();
        let before = self.value(cell);
        let written = match lie {
            Some(Lie::Ignores) => Written::Done(true),
            Some(Lie::Refuses) => refused(Because::Failed),
            Some(Lie::DisablesInstead) if matches!(cell, Cell::Installed { .. }) => {
                let app = self.apps.get_mut(&(cell.user(), cell.package().unwrap().clone())).unwrap();
                app.enabled = Some(Word::DisabledByUser);
                Written::Done(true)
            }
            _ => match self.set(cell, value) {
                Ok(()) => Written::Done(true),
                Err(because) => refused(because),
            },
        };
        match (lie, before) {
            (Some(Lie::Reverts), Some(before)) => {
                self.pending.insert(cell.clone(), (before, 0));
            }
            (Some(Lie::Hides), _) => {
                self.hidden.insert(cell.clone());
            }
            _ => {}
        }
        if self.death == Some(Death::AfterWrite(number)) {
            self.dead.set(true);
            self.gone()?;
        }
        Ok(if lie == Some(Lie::DoesSecretly) { refused(Because::Failed) } else { written })
    }
}

/// A journal's bytes that die with their process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    pub(crate) bytes: Vec<u8>,
    /// How many appends there were.
    pub(crate) appends: usize,
    /// At which append the process dies, after how many of its bytes.
    pub(crate) death: Option<(usize, usize)>,
    pub(crate) dead: Rc<Shared<bool>>,
}

impl Store for Disk {
    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.bytes.clone())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.dead.get() {
            return Err(io::Error::other("the process died"));
        }
        let number = self.appends;
        self.appends += 1;
        match self.death {
            Some((at, length)) if at == number => {
                self.bytes.extend(&bytes[..length.min(bytes.len())]);
                self.dead.set(true);
                Err(io::Error::other("the process died"))
            }
            _ => {
                self.bytes.extend(bytes);
                Ok(())
            }
        }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}
