//! A phone behind adb, for the commands that change it or ask it something of their own: which one is meant, the way to it,
//! where its journal lies, how such a run ends.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use crate::adb::{AdbShell, Program};
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::reading;
use crate::cli::words::Words;
use crate::enforce::adb::AdbCarrier;
use crate::enforce::outcome::Lost;
use crate::enforce::result::What;
use crate::enforce::{Carrier as _, Cell, ChangeOutcome, ChangeResult, FileStore, Journal, May, RunResult};
use crate::failure::Failure;
use crate::language::Text;

const FILE: Text = Text::new("FILE", "文件");
const USER: Text = Text::new("USER", "用户");
const APPLY: Text = Text::new("Do it; without this nothing is changed", "执行更改；不加此选项则不作任何更改");
const JOURNAL: Text = Text::new(
    "The journal of the changes (default: keepone-SERIAL.journal here)",
    "更改日志（默认：当前目录的 keepone-序列号.journal）",
);
const USER_HELP: Text = Text::new("The user of the phone, by id (default: 0)", "手机用户的编号（默认 0）");
const NOT_A_PHONE: Text = Text::new(
    "{source} is no phone that is connected: only a running phone is changed here",
    "{source} 不是已连接的手机：此命令只能更改运行中的手机",
);
const USE_PLAN: Text = Text::new(
    "a firmware is changed where it is built: keepone plan {source} --emit script",
    "固件须在构建环境中修改：keepone plan {source} --emit script",
);
const USE_ADB: Text = Text::new("name a phone: adb: or adb:SERIAL", "请指定手机：adb: 或 adb:序列号");
const NO_USER: Text =
    Text::new("the phone has no user {user}; it has {users}", "手机没有用户 {user}；现有用户：{users}");

const OTHER_PHONE: Text =
    Text::new("{path} is the journal of the phone {named}", "{path} 是手机 {named} 的日志");
const OTHER_JOURNAL: Text =
    Text::new("name another file with --journal FILE", "请用 --journal 文件 指定另一个文件");

/// A carrier to a phone behind adb.
pub(super) type Phone = AdbCarrier<AdbShell>;

/// Returns the serial that a SOURCE names, empty for the only phone that is connected; `None` when it is no phone.
pub(super) fn serial(source: &Path) -> Option<&str> {
    let source = source.to_str()?;
    if source == "adb" { Some("") } else { source.strip_prefix("adb:") }
}

/// Returns the serial that a SOURCE names, and refuses one that is no phone.
///
/// # Errors
/// When it is no phone, with what to use instead.
pub(super) fn only_a_phone(source: &Path) -> Result<&str, CommandError> {
    serial(source).ok_or_else(|| {
        let name = source.to_string_lossy();
        let error = CommandError::usage(Message::new(NOT_A_PHONE).with("source", &name));
        if source.is_dir() {
            error.hint(Message::new(USE_PLAN).with("source", &name))
        } else {
            error.hint(Message::new(USE_ADB))
        }
    })
}

/// Opens the way to a phone.
///
/// # Errors
/// When there is no adb, no such phone, or it does not answer.
pub(super) fn open(matches: &ArgMatches, serial: &str) -> Result<Phone, CommandError> {
    let named = matches.try_get_one::<PathBuf>("adb").ok().flatten().map(PathBuf::as_path);
    let opened = Program::find(named).and_then(|program| {
        let serial = program.pick((!serial.is_empty()).then_some(serial))?;
        let shell = program.shell(&serial)?;
        Ok(AdbCarrier::new(shell, serial))
    });
    opened.map_err(|error| {
        let hint = Message::new(error.hint());
        CommandError::input(error).hint(hint)
    })
}

/// Asks a phone what may be done on it.
///
/// # Errors
/// When it does not answer.
pub(super) fn may(phone: &mut Phone) -> Result<May, CommandError> {
    phone.may().map_err(|error| CommandError::input(Failure::from(error)))
}

/// Declares `--apply`.
pub(super) fn apply(words: Words) -> Arg {
    words.switch("apply", APPLY)
}

/// Declares `--journal`.
pub(super) fn journal(words: Words) -> Arg {
    words.option("journal", FILE, JOURNAL).value_parser(clap::value_parser!(PathBuf))
}

/// Declares `--user`: the phone is also judged as this user has it.
pub(super) fn user(words: Words) -> Arg {
    words.option("user", USER, USER_HELP).value_parser(clap::value_parser!(u32))
}

/// Reads `--user`.
///
/// # Errors
/// When the phone is known to have no such user.
pub(super) fn read_user(matches: &ArgMatches, may: &May) -> Result<u32, CommandError> {
    let user = matches.get_one::<u32>("user").copied().unwrap_or(0);
    if may.users.is_empty() || may.users.iter().any(|known| known.id == user) {
        return Ok(user);
    }
    let users: Vec<String> = may.users.iter().map(|user| user.id.to_string()).collect();
    Err(CommandError::usage(
        Message::new(NO_USER).with("user", &user.to_string()).with("users", &users.join(", ")),
    ))
}

/// Returns where the journal of a phone lies: `--journal`, else a file named for the phone in the current folder.
pub(super) fn journal_path(matches: &ArgMatches, may: &May) -> PathBuf {
    if let Some(path) = matches.get_one::<PathBuf>("journal") {
        return path.clone();
    }
    let fits = |character: char| character.is_ascii_alphanumeric() || ".-_".contains(character);
    let serial = may.device.as_deref().unwrap_or("device");
    let serial: String = serial.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    PathBuf::from(format!("keepone-{serial}.journal"))
}

/// Opens a journal.
///
/// # Errors
/// When it cannot be worked with.
pub(super) fn open_journal(path: &Path) -> Result<Journal<FileStore>, CommandError> {
    Journal::open(path).map_err(CommandError::input)
}

/// Opens the journal of a phone, and refuses that of another: an undo would put back on one what was changed on the other.
///
/// # Errors
/// When it cannot be worked with, or names another phone.
pub(super) fn own_journal(path: &Path, may: &May) -> Result<Journal<FileStore>, CommandError> {
    let journal = open_journal(path)?;
    let named = journal.history().runs.iter().find_map(|run| run.begin.device.as_deref());
    match (named, may.device.as_deref()) {
        (Some(named), Some(own)) if named != own => {
            let message =
                Message::new(OTHER_PHONE).with("path", &path.to_string_lossy()).with("named", named);
            Err(CommandError::usage(message).hint(Message::new(OTHER_JOURNAL)))
        }
        _ => Ok(journal),
    }
}

/// Returns the moment of the run: that of `SOURCE_DATE_EPOCH`, else the clock's.
///
/// # Errors
/// When the environment holds a wrong `SOURCE_DATE_EPOCH`.
pub(super) fn now() -> Result<String, CommandError> {
    let clock = || {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |past| past.as_secs())
    };
    Ok(crate::source::rfc3339(reading::source_date_epoch()?.unwrap_or_else(clock)))
}

/// How a run ends: what was refused, ignored, done otherwise or taken back is not done; what is not known is not decided.
pub(super) fn status(run: &RunResult) -> ExitStatus {
    let mut worst = if run.stopped.is_some() { ExitStatus::Undecided } else { ExitStatus::Compliant };
    for change in &run.changes {
        let declared = settings_lost(change);
        let also = change.also.iter().filter(|also| !declared.contains(&also.cell)).map(|also| also.outcome);
        for outcome in std::iter::once(change.outcome).chain(also) {
            worst = worse(
                worst,
                match outcome {
                    ChangeOutcome::Done => ExitStatus::Compliant,
                    ChangeOutcome::Unknown => ExitStatus::Undecided,
                    _ => ExitStatus::NotCompliant,
                },
            );
        }
    }
    worst
}

/// Settings that the journal declared as lost.
fn settings_lost(change: &ChangeResult) -> Vec<Cell> {
    let cells = change.lost.iter().filter_map(|lost| match &lost.what {
        What::Lost(Lost::Settings { cells }) => Some(cells.clone()),
        _ => None,
    });
    cells.flatten().collect()
}

/// The worse of two ends: broken before undecided before kept, as for an audit.
pub(super) const fn worse(one: ExitStatus, other: ExitStatus) -> ExitStatus {
    match (one, other) {
        (ExitStatus::Error, _) | (_, ExitStatus::Error) => ExitStatus::Error,
        (ExitStatus::NotCompliant, _) | (_, ExitStatus::NotCompliant) => ExitStatus::NotCompliant,
        (ExitStatus::Undecided, _) | (_, ExitStatus::Undecided) => ExitStatus::Undecided,
        _ => ExitStatus::Compliant,
    }
}
