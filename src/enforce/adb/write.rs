//! Which commands write a cell. Takes the cell, the value and what stands; gives the commands in their order, or why there
//! are none.

use crate::adb::Command;
use crate::control::table::permission::{USER_FIXED, USER_SET};
use crate::enforce::adb::answers::Answers;
use crate::enforce::adb::ask::{action, setting, since};
use crate::enforce::adb::package::PackageDump;
use crate::enforce::adb::{lists, ops, shell_cannot};
use crate::enforce::{Access, Because, Cell, Obstacle, Part, Value, Word};
use crate::package::PackageName;

/// Flags of a permission that the shell sets, with their words (`PackageManagerShellCommand`).
const FLAGS: [(u32, &str); 2] = [(USER_SET, "user-set"), (USER_FIXED, "user-fixed")];

/// Returns the cells that have to be known before a cell is written.
pub(super) fn needs(cell: &Cell) -> Vec<Cell> {
    match cell {
        Cell::RoleHolder { .. } | Cell::AppOp { .. } | Cell::SpecialAccess { .. } => vec![cell.clone()],
        _ => Vec::new(),
    }
}

/// Returns the commands that write a value.
pub(super) fn steps(
    cell: &Cell,
    value: &Value,
    sdk: u32,
    before: &Answers,
) -> Result<Vec<Command>, Obstacle> {
    let user = cell.user();
    match (cell, value) {
        (Cell::Installed { package, .. }, Value::Flag(true)) => {
            Ok(vec![of("cmd", &["package", "install-existing"], user, package)])
        }
        (Cell::Installed { package, .. }, Value::Flag(false)) => {
            Ok(vec![of("pm", &["uninstall"], user, package)])
        }
        (Cell::RoleHolder { role, .. }, Value::Packages(holders)) => {
            roles(role, user, holders, &before.holders(user, role)?)
        }
        (Cell::PackageEnabled { package, .. }, Value::Word(word)) => {
            let verb = match word {
                Word::Default => "default-state",
                Word::Enabled => "enable",
                Word::DisabledByUser => "disable-user",
                // `PackageManagerService.setEnabledSettings` lets the shell set 0, 1 and 3 alone.
                _ => return Err(shell_cannot("the shell of adb cannot set this enabled setting".to_owned())),
            };
            Ok(vec![of("pm", &[verb], user, package)])
        }
        (Cell::Permission { package, permission, .. }, Value::Permission { granted, flags }) => {
            permission_steps(package, user, permission, *granted, *flags, sdk)
        }
        (Cell::AppOp { package, op, .. }, Value::Word(word)) => {
            let unknown = || Obstacle { because: Because::NotOnThisRelease, detail: op.clone() };
            let key = ops::key(op).ok_or_else(unknown)?;
            let mode = ops::mode(ops::set_to(&key, *word)).ok_or_else(unknown)?;
            let by_uid = before.modes(user, package)?.by_uid(&key);
            let set = Command::new("cmd").args(["appops", "set", "--user"]).arg(user.to_string());
            // What holds for the uid goes before what holds for the package.
            let set = if by_uid { set.arg("--uid") } else { set };
            Ok(vec![set.arg(package.as_str()).arg(key).arg(mode)])
        }
        (Cell::StandbyBucket { package, .. }, Value::Number(bucket)) => {
            // `ShellCommand.bucketNameToBucketValue`
            let name = match bucket {
                10 => "active",
                20 => "working_set",
                30 => "frequent",
                40 => "rare",
                45 => "restricted",
                50 => "never",
                _ => return Err(shell_cannot(format!("no shell sets the bucket {bucket}"))),
            };
            Ok(vec![of("am", &["set-standby-bucket"], user, package).arg(name)])
        }
        (Cell::Suspended { package, .. }, Value::Flag(suspended)) => {
            let verb = if *suspended { "suspend" } else { "unsuspend" };
            Ok(vec![of("pm", &[verb], user, package)])
        }
        (Cell::Stopped { package, .. }, Value::Flag(true)) => {
            Ok(vec![of("am", &["force-stop"], user, package)])
        }
        (Cell::Stopped { package, .. }, Value::Flag(false)) if sdk >= since::STORAGE => {
            Ok(vec![of("cmd", &["package", "unstop"], user, package)])
        }
        (Cell::SpecialAccess { package, access, .. }, Value::Flag(on)) => {
            access_steps(package, user, *access, *on, before)
        }
        (Cell::Storage { package, part: Part::Data, .. }, Value::Number(0)) => {
            Ok(vec![of("pm", &["clear"], user, package)])
        }
        // Older releases take the option for the name of the package, or pass it over and clear everything.
        (Cell::Storage { package, part: Part::Cache, .. }, Value::Number(0)) if sdk >= since::STORAGE => {
            Ok(vec![of("pm", &["clear", "--cache-only"], user, package)])
        }
        (Cell::Stopped { .. } | Cell::Storage { .. }, _) => {
            Err(Obstacle { because: Because::NotOnThisRelease, detail: String::new() })
        }
        _ => Err(shell_cannot(cell.to_string())),
    }
}

/// `PROGRAM WORDS --user N PACKAGE`
fn of(program: &'static str, words: &[&str], user: u32, package: &PackageName) -> Command {
    Command::new(program)
        .args(words.iter().copied())
        .arg("--user")
        .arg(user.to_string())
        .arg(package.as_str())
}

/// Names of roles and permissions: a program could take anything else for an option or for two words.
fn name(name: &str) -> Result<&str, Obstacle> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_';
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let detail = || format!("no name of Android's: {}", name.chars().take(100).collect::<String>());
    if begins && name.len() <= 300 && name.bytes().all(fits) {
        Ok(name)
    } else {
        Err(Obstacle { because: Because::Failed, detail: detail() })
    }
}

/// First who comes, then who goes: nobody is without the role in between.
fn roles(
    role: &str,
    user: u32,
    wanted: &[PackageName],
    before: &[PackageName],
) -> Result<Vec<Command>, Obstacle> {
    let role = name(role)?;
    let command = |verb: &str, package: &PackageName| {
        Command::new("cmd")
            .args(["role", verb, "--user"])
            .arg(user.to_string())
            .arg(role)
            .arg(package.as_str())
    };
    let come = wanted.iter().filter(|package| !before.contains(package));
    let goes = before.iter().filter(|package| !wanted.contains(package));
    let come = come.map(|package| command("add-role-holder", package));
    Ok(come.chain(goes.map(|package| command("remove-role-holder", package))).collect())
}

fn permission_steps(
    package: &PackageName,
    user: u32,
    permission: &str,
    granted: bool,
    flags: Option<u32>,
    sdk: u32,
) -> Result<Vec<Command>, Obstacle> {
    let permission = name(permission)?;
    let verb = if granted { "grant" } else { "revoke" };
    let mut steps = vec![of("pm", &[verb], user, package).arg(permission)];
    if let Some(flags) = flags.filter(|_| sdk >= since::PERMISSION_FLAGS) {
        for (flag, word) in FLAGS {
            let verb = if flags & flag == 0 { "clear-permission-flags" } else { "set-permission-flags" };
            steps.push(of("pm", &[verb], user, package).arg(permission).arg(word));
        }
    }
    Ok(steps)
}

fn access_steps(
    package: &PackageName,
    user: u32,
    access: Access,
    on: bool,
    before: &Answers,
) -> Result<Vec<Command>, Obstacle> {
    let entries = before.entries(user, access)?;
    let own = || entries.iter().filter(|entry| lists::belongs(entry, package));
    let notification =
        |verb: &str, what: &str| Command::new("cmd").args(["notification", verb, what]).arg(user.to_string());
    match access {
        Access::BatteryUnrestricted => {
            let sign = if on { '+' } else { '-' };
            let entry = format!("{sign}{package}");
            Ok(vec![Command::new("cmd").args(["deviceidle", "whitelist"]).arg(entry)])
        }
        Access::NotificationPolicy => {
            let verb = if on { "allow_dnd" } else { "disallow_dnd" };
            Ok(vec![notification(verb, package.as_str())])
        }
        Access::NotificationListener if on => {
            let services = services(before.package(package)?, package, access)?;
            Ok(services.iter().map(|service| notification("allow_listener", service)).collect())
        }
        Access::NotificationListener => Ok(own()
            .filter(|entry| !entry.starts_with('-'))
            .map(|entry| notification("disallow_listener", entry))
            .collect()),
        Access::Accessibility => {
            let mut wanted: Vec<String> =
                entries.iter().filter(|entry| !lists::belongs(entry, package)).cloned().collect();
            if on {
                wanted.extend(services(before.package(package)?, package, access)?);
            }
            // What stands in the setting was written by anybody: a program could take it for an option.
            if let Some(entry) = wanted.iter().find(|entry| entry.starts_with('-')) {
                return Err(Obstacle { because: Because::Failed, detail: entry.chars().take(100).collect() });
            }
            let key = setting(access).unwrap_or_default();
            let settings = Command::new("settings").arg("--user").arg(user.to_string());
            Ok(vec![if wanted.is_empty() {
                settings.args(["delete", "secure", key])
            } else {
                settings.args(["put", "secure", key]).arg(wanted.join(":"))
            }])
        }
        Access::DeviceAdmin | Access::Vpn => {
            Err(shell_cannot("the shell of adb cannot change this".to_owned()))
        }
    }
}

/// The services of a package that a special access is given to.
fn services(dump: &PackageDump, package: &PackageName, access: Access) -> Result<Vec<String>, Obstacle> {
    let services = action(access).and_then(|action| dump.services.get(action));
    services
        .map(|services| services.iter().cloned().collect())
        .ok_or_else(|| Obstacle { because: Because::Gone, detail: package.to_string() })
}
