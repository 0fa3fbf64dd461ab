//! The carrier over adb: changes a phone through its shell, with the commands an engineer would type.
//!
//! Takes any [`Shell`]; reads all cells of one call in one exchange, each command asked once; writes one cell at a time. What
//! the shell cannot do it refuses before it is tried, with the words of [`crate::control::right`]. It decides nothing, and
//! believes no answer: the loop of [`mod@crate::enforce::run`] reads back. Nothing that was read reaches the phone but as a word
//! of a [`Command`], and no name that a program could take for an option is sent.
//!
//! Android 7 to 16. What a release or a maker does not have is [`Because::NotOnThisRelease`].

mod answers;
mod ask;
pub mod lists;
pub mod ops;
pub mod package;
pub mod said;
pub mod size;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::adb::{Answer, Command, Gone, Shell};
use crate::control::right;
use crate::enforce::adb::answers::Answers;
use crate::enforce::adb::ask::{Ask, asks};
use crate::enforce::{Because, Carrier, CarrierError, Cell, May, Obstacle, Reading, Value, Way, Written};
use crate::package::PackageName;
use crate::source::adb::users;

/// The package of the shell itself.
const SHELL_PACKAGE: &str = "com.android.shell";

/// A permission that every shell holds (`packages/Shell`): a dump that does not name it says nothing about what the shell
/// holds.
const ALWAYS_HELD: &str = "android.permission.DUMP";

/// The longest answer to the first questions, in bytes.
const LONGEST: usize = 16 << 20;

/// Carries out through the shell of a phone.
#[derive(Debug)]
pub struct AdbCarrier<S> {
    shell: S,
    /// How adb names the phone.
    serial: String,
    /// What the shell may do; asked once.
    may: Option<May>,
    /// App-ops that the phone knows, or does not.
    known: BTreeMap<String, bool>,
    /// Packages that were cleared in this conversation.
    cleared: BTreeSet<PackageName>,
}

impl From<Gone> for CarrierError {
    fn from(gone: Gone) -> Self {
        Self { detail: gone.detail }
    }
}

impl<S: Shell> AdbCarrier<S> {
    /// Carries out through the shell of the phone that adb names `serial`.
    pub const fn new(shell: S, serial: String) -> Self {
        Self { shell, serial, may: None, known: BTreeMap::new(), cleared: BTreeSet::new() }
    }

    /// Gives the shell back.
    pub fn into_shell(self) -> S {
        self.shell
    }

    /// Lends the shell, for questions that are about no cell.
    pub const fn shell(&mut self) -> &mut S {
        &mut self.shell
    }

    fn ask(&mut self, commands: &[Command]) -> Result<Vec<Answer>, CarrierError> {
        let answers = self.shell.ask(commands)?;
        if answers.len() == commands.len() {
            return Ok(answers);
        }
        let detail = format!("{} answers to {} commands", answers.len(), commands.len());
        Err(CarrierError { detail })
    }

    fn rights(&mut self) -> Result<May, CarrierError> {
        if let Some(may) = &self.may {
            return Ok(may.clone());
        }
        let commands = [
            Command::new("getprop").arg("ro.build.version.sdk"),
            Command::new("id").arg("-u"),
            Command::new("pm").args(["list", "users"]),
            Command::new("dumpsys").args(["package", SHELL_PACKAGE]),
        ]
        .map(|command| command.at_most(LONGEST));
        let answers = self.ask(&commands)?;
        let text = |at: usize| answers.get(at).map(Answer::text).unwrap_or_default();
        let sdk = text(0).trim().parse().map_err(|_| CarrierError {
            detail: format!(
                "ro.build.version.sdk is {:?}",
                text(0).trim().chars().take(40).collect::<String>()
            ),
        })?;
        let may = May {
            way: Way::Shell,
            sdk,
            permissions: held(&text(3)),
            users: users::parse(&text(2), ""),
            // Of the shell the platform asks it by itself, where it asks anybody.
            fixed: Vec::new(),
            uid: text(1).trim().parse().ok(),
            device: Some(self.serial.clone()),
        };
        self.may = Some(may.clone());
        Ok(may)
    }

    /// Asks everything that cells hang on, in one exchange.
    fn answers(&mut self, cells: &[Cell]) -> Result<Answers, CarrierError> {
        let sdk = self.rights()?.sdk;
        let wanted: BTreeSet<Ask> = cells.iter().flat_map(|cell| asks(cell, sdk)).collect();
        let asked: Vec<Ask> = wanted
            .into_iter()
            .filter(|ask| !matches!(ask, Ask::Knows(key) if self.known.contains_key(key)))
            .collect();
        if asked.is_empty() {
            return Ok(Answers::new(Vec::new(), Vec::new(), sdk, &self.cleared, &self.known));
        }
        let commands: Vec<Command> = asked.iter().map(Ask::command).collect();
        let answers = self.ask(&commands)?;
        let answers = Answers::new(asked, answers, sdk, &self.cleared, &self.known);
        self.known.clone_from(answers.known());
        Ok(answers)
    }
}

/// Permissions that the shell holds, as its own package says; none when it does not say.
fn held(text: &str) -> Vec<String> {
    let Ok(name) = PackageName::new(SHELL_PACKAGE) else { return Vec::new() };
    let Some(dump) = package::parse(text, &name) else { return Vec::new() };
    let of_user = dump.users.get(&0).map(|user| &user.permissions);
    let all = dump.install.iter().chain(of_user.into_iter().flatten());
    let held: BTreeSet<String> =
        all.filter(|(_, (granted, _))| *granted).map(|(permission, _)| permission.clone()).collect();
    if held.contains(ALWAYS_HELD) { held.into_iter().collect() } else { Vec::new() }
}

impl<S: Shell> Carrier for AdbCarrier<S> {
    fn may(&mut self) -> Result<May, CarrierError> {
        self.rights()
    }

    fn read(&mut self, cells: &[Cell]) -> Result<Vec<Reading>, CarrierError> {
        let answers = self.answers(cells)?;
        Ok(cells.iter().map(|cell| answers.reading(cell)).collect())
    }

    fn write(&mut self, cell: &Cell, value: &Value) -> Result<Written, CarrierError> {
        let may = self.rights()?;
        if let Some(obstacle) = right::missing(cell, &may) {
            return Ok(Written::Refused(obstacle));
        }
        let before = self.answers(&write::needs(cell))?;
        let steps = match write::steps(cell, value, may.sdk, &before) {
            Ok(steps) => steps,
            Err(obstacle) => return Ok(Written::Refused(obstacle)),
        };
        if let (Cell::Storage { package, .. }, false) = (cell, steps.is_empty()) {
            self.cleared.insert(package.clone());
        }
        // One after the other: what hangs on an earlier step is not tried when that failed.
        for step in steps {
            let answer = self.shell.ask_one(step)?;
            if let Some(obstacle) = said::failure(&answer) {
                return Ok(Written::Refused(obstacle));
            }
        }
        Ok(Written::Done(true))
    }

    fn kept(&self, cell: &Cell, value: Value) -> Value {
        match (cell, value) {
            (Cell::AppOp { op, .. }, Value::Word(word)) => {
                Value::Word(ops::key(op).map_or(word, |key| ops::kept(&key, word)))
            }
            (_, value) => value,
        }
    }

    fn cannot(&mut self, cell: &Cell) -> Result<Option<Obstacle>, CarrierError> {
        Ok(right::missing(cell, &self.rights()?))
    }
}

/// Refuses what the shell of no phone can do.
const fn shell_cannot(detail: String) -> Obstacle {
    Obstacle { because: Because::NeedsPermission, detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enforce::{Access, Part, Word};

    /// A phone that answers each line from a list, and remembers what it was asked.
    #[derive(Debug, Default)]
    struct Scripted {
        answers: Vec<(&'static str, String)>,
        asked: Vec<String>,
        exchanges: usize,
        gone: bool,
    }

    impl Shell for Scripted {
        fn ask(&mut self, commands: &[Command]) -> Result<Vec<Answer>, Gone> {
            if self.gone {
                return Err(Gone { detail: "cut".to_owned() });
            }
            self.exchanges += 1;
            let answer = |line: &str| {
                let text = self.answers.iter().find(|(known, _)| *known == line);
                let (output, status) =
                    text.map_or(("Error: unknown command\n".to_owned(), 255), |(_, text)| (text.clone(), 0));
                Answer { output: output.into_bytes(), status, cut: false }
            };
            let answers = commands.iter().map(|command| answer(&command.line())).collect();
            self.asked.extend(commands.iter().map(Command::line));
            Ok(answers)
        }
    }

    const DUMP: &str = "Service Resolver Table:\n  Non-Data Actions:\n      android.accessibilityservice.AccessibilityService:\n        \
        1a a.b/.Reader filter 2\nPackages:\n  Package [a.b] (1):\n    requested permissions:\n      android.permission.CAMERA\n    \
        User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false enabled=0\n      disabledComponents:\n        \
        a.b.Boot\n      runtime permissions:\n        android.permission.CAMERA: granted=true, flags=[ USER_SET]\n";

    fn phone(sdk: &str) -> AdbCarrier<Scripted> {
        let mut answers = vec![
            ("getprop ro.build.version.sdk", format!("{sdk}\n")),
            ("id -u", "2000\n".to_owned()),
            ("pm list users", "Users:\n\tUserInfo{0:Owner:c13} running\n".to_owned()),
            ("dumpsys package com.android.shell", String::new()),
            ("dumpsys package a.b", DUMP.to_owned()),
            (
                "cmd appops get --user 0 a.b",
                "Uid mode: CAMERA: foreground\nRUN_IN_BACKGROUND: ignore\n".to_owned(),
            ),
            ("cmd appops get --user 0 android CAMERA", "No operations.\nDefault mode: allow\n".to_owned()),
            ("am get-standby-bucket --user 0 a.b", "10\n".to_owned()),
            ("dumpsys deviceidle whitelist", "user,a.b,10050\n".to_owned()),
            ("dumpsys device_policy", "  Enabled Device Admins (User 0, provisioningState: 0):\n".to_owned()),
        ];
        for setting in ["enabled_notification_listeners", "enabled_notification_policy_access_packages"] {
            answers.push(match setting {
                "enabled_notification_listeners" => {
                    ("settings --user 0 get secure enabled_notification_listeners", "null\n".to_owned())
                }
                _ => (
                    "settings --user 0 get secure enabled_notification_policy_access_packages",
                    "null\n".to_owned(),
                ),
            });
        }
        answers.push(("settings --user 0 get secure enabled_accessibility_services", "c.d/.X\n".to_owned()));
        AdbCarrier::new(Scripted { answers, ..Scripted::default() }, "emulator-5554".to_owned())
    }

    fn package() -> PackageName {
        PackageName::new("a.b").unwrap()
    }

    fn op(op: &str) -> Cell {
        Cell::AppOp { package: package(), user: 0, op: op.to_owned() }
    }

    fn holdings() -> Cell {
        Cell::Holdings { package: package(), user: 0 }
    }

    #[test]
    fn many_cells_are_read_in_one_exchange_and_each_command_is_asked_once() {
        let mut carrier = phone("34");
        assert_eq!(carrier.may().unwrap().users.len(), 1);
        let cells = [
            Cell::Installed { package: package(), user: 0 },
            Cell::PackageEnabled { package: package(), user: 0 },
            Cell::Installed { package: package(), user: 10 },
            Cell::ComponentEnabled { package: package(), user: 0, component: "a.b.Boot".to_owned() },
            op("android:camera"),
            op("android:no_such"),
            op("10008"),
            Cell::StandbyBucket { package: package(), user: 0 },
            Cell::RoleHolder { role: "android.app.role.SMS".to_owned(), user: 0 },
            Cell::BlockUninstall { package: package(), user: 0 },
            holdings(),
        ];
        let readings = carrier.read(&cells).unwrap();
        let because = |reading: &Reading| match reading {
            Reading::NotRead(obstacle) => Some(obstacle.because),
            Reading::Value(_) => None,
        };
        let value = |at: usize| readings[at].value().cloned();
        assert_eq!(value(0), Some(Value::Flag(true)));
        assert_eq!(value(1), Some(Value::Word(Word::Default)));
        assert_eq!(because(&readings[2]), Some(Because::HiddenUser));
        assert_eq!(value(3), Some(Value::Word(Word::Disabled)));
        assert_eq!(value(4), Some(Value::Word(Word::Foreground)));
        assert_eq!(because(&readings[6]), Some(Because::NotOnThisRelease));
        assert_eq!(value(7), Some(Value::Number(10)));
        assert_eq!(because(&readings[8]), Some(Because::Failed), "{:?}", readings[8]);
        assert_eq!(because(&readings[9]), Some(Because::NeedsPermission));
        let Some(Value::Holdings(held)) = value(10) else { panic!("{:?}", readings[10]) };
        let names: Vec<String> = held.iter().map(|held| held.cell.to_string()).collect();
        assert_eq!(
            names,
            [
                "package-enabled a.b (user 0)",
                "standby-bucket a.b (user 0)",
                "suspended a.b (user 0)",
                "permission a.b android.permission.CAMERA (user 0)",
                "app-op a.b android:camera (user 0)",
                "app-op a.b android:run_in_background (user 0)",
                "component-enabled a.b/a.b.Boot (user 0)",
                "special-access a.b battery-unrestricted (user 0)",
            ]
        );
        let shell = carrier.into_shell();
        assert_eq!(shell.exchanges, 2, "one for the rights, one for the cells");
        let mut once = shell.asked.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), shell.asked.len());
    }

    /// The lines that writing a value sends after what it had to read.
    fn written(sdk: &str, cell: &Cell, value: &Value) -> (Vec<String>, Written) {
        let mut carrier = phone(sdk);
        let lines = [
            "pm uninstall --user 0 a.b",
            "cmd package install-existing --user 0 a.b",
            "pm revoke --user 0 a.b android.permission.CAMERA",
            "pm set-permission-flags --user 0 a.b android.permission.CAMERA user-set",
            "pm clear-permission-flags --user 0 a.b android.permission.CAMERA user-fixed",
            "cmd appops set --user 0 --uid a.b CAMERA ignore",
            "cmd appops set --user 0 a.b 10008 ignore",
            "am set-standby-bucket --user 0 a.b restricted",
            "settings --user 0 put secure enabled_accessibility_services c.d/.X:a.b/a.b.Reader",
            "cmd deviceidle whitelist -a.b",
        ];
        carrier.shell().answers.extend(lines.map(|line| (line, "Success\n".to_owned())));
        carrier.may().unwrap();
        let result = carrier.write(cell, value).unwrap();
        let reads = ["getprop", "id ", "pm list", "dumpsys", "cmd appops get", "settings --user 0 get"];
        let mut asked = carrier.into_shell().asked;
        asked.retain(|line| !reads.iter().any(|read| line.starts_with(read)));
        (asked, result)
    }

    #[test]
    fn each_write_is_the_command_an_engineer_would_type() {
        let permission = Cell::Permission {
            package: package(),
            user: 0,
            permission: "android.permission.CAMERA".to_owned(),
        };
        let access = |access| Cell::SpecialAccess { package: package(), user: 0, access };
        let rows: [(Cell, Value, &[&str]); 7] = [
            (
                Cell::Installed { package: package(), user: 0 },
                Value::Flag(false),
                &["pm uninstall --user 0 a.b"],
            ),
            (
                Cell::Installed { package: package(), user: 0 },
                Value::Flag(true),
                &["cmd package install-existing --user 0 a.b"],
            ),
            (
                permission,
                Value::Permission { granted: false, flags: Some(1) },
                &[
                    "pm revoke --user 0 a.b android.permission.CAMERA",
                    "pm set-permission-flags --user 0 a.b android.permission.CAMERA user-set",
                    "pm clear-permission-flags --user 0 a.b android.permission.CAMERA user-fixed",
                ],
            ),
            (
                op("android:camera"),
                Value::Word(Word::Ignored),
                &["cmd appops set --user 0 --uid a.b CAMERA ignore"],
            ),
            (
                Cell::StandbyBucket { package: package(), user: 0 },
                Value::Number(45),
                &["am set-standby-bucket --user 0 a.b restricted"],
            ),
            (
                access(Access::Accessibility),
                Value::Flag(true),
                &["settings --user 0 put secure enabled_accessibility_services c.d/.X:a.b/a.b.Reader"],
            ),
            (access(Access::BatteryUnrestricted), Value::Flag(false), &["cmd deviceidle whitelist -a.b"]),
        ];
        for (cell, value, lines) in rows {
            let (asked, result) = written("34", &cell, &value);
            assert_eq!(
                (asked.as_slice(), result),
                (lines.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(), Written::Done(true)),
                "{cell}"
            );
        }
    }

    #[test]
    fn what_the_shell_cannot_do_sends_nothing() {
        let package = package;
        let rows = [
            (Cell::BlockUninstall { package: package(), user: 0 }, Value::Flag(true)),
            (
                Cell::ComponentEnabled { package: package(), user: 0, component: "a.b.Boot".to_owned() },
                Value::Word(Word::Enabled),
            ),
            (Cell::PackageEnabled { package: package(), user: 0 }, Value::Word(Word::Disabled)),
            (Cell::Storage { package: package(), user: 0, part: Part::Cache }, Value::Number(0)),
            (Cell::Stopped { package: package(), user: 0 }, Value::Flag(false)),
            (
                Cell::Permission { package: package(), user: 0, permission: "--all x; reboot".to_owned() },
                Value::Permission { granted: false, flags: Some(0) },
            ),
            (Cell::Installed { package: package(), user: 11 }, Value::Flag(false)),
        ];
        for (cell, value) in rows {
            let (asked, result) = written("34", &cell, &value);
            assert_eq!(asked, [""; 0], "{cell}");
            assert!(matches!(result, Written::Refused(_)), "{cell}");
        }
    }

    #[test]
    fn a_cut_stream_is_a_carrier_that_is_gone() {
        let mut carrier = phone("34");
        carrier.may().unwrap();
        carrier.shell().gone = true;
        assert_eq!(carrier.read(&[holdings()]).unwrap_err().detail, "cut");
    }
}
