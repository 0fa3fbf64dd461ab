//! What a device is held against besides its rule: an earlier snapshot of it, or the journal of what was changed on it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use crate::audit::{AuditOptions, Removed, Reverted};
use crate::cli::error::{CommandError, Message, system_message};
use crate::cli::phone;
use crate::cli::words::Words;
use crate::enforce::journal::{self, History};
use crate::enforce::standing::{last_done, not_standing};
use crate::enforce::{Cell, Value};
use crate::failure::Failure;
use crate::language::Text;
use crate::source::load;

const FILE: Text = Text::new("FILE", "文件");
const HELP: Text = Text::new(
    "Also tell what came back since this snapshot or journal",
    "同时指出自该快照或日志以来恢复的内容",
);
const NOT_READ: Text = Text::new("failed to read {path}: {why}", "无法读取 {path}：{why}");

/// What every line of a journal begins with.
const JOURNAL: &[u8] = b"{\"seq\":";

/// Something a device is held against.
pub(super) enum Against {
    /// An earlier state.
    Snapshot(Vec<Removed>),
    /// What was changed.
    Journal(Box<History>),
}

/// Declares `--against`.
pub(super) fn argument(words: Words) -> Arg {
    words.option("against", FILE, HELP).value_parser(clap::value_parser!(PathBuf))
}

/// Reads `--against`.
///
/// # Errors
/// When the file cannot be read, or is neither a snapshot nor a journal that holds.
pub(super) fn read(matches: &ArgMatches) -> Result<Option<Against>, CommandError> {
    let Some(path) = matches.get_one::<PathBuf>("against") else { return Ok(None) };
    let failed = |error: std::io::Error| {
        let message = Message::new(NOT_READ).with("path", &path.to_string_lossy());
        CommandError::input(message.with_message("why", system_message(&error)))
    };
    let mut start = Vec::new();
    let beginning = u64::try_from(JOURNAL.len()).unwrap_or(u64::MAX);
    std::fs::File::open(path)
        .and_then(|file| file.take(beginning).read_to_end(&mut start))
        .map_err(failed)?;
    if start != JOURNAL {
        let snapshot = load::load(path).map_err(|error| {
            let hint = Message::new(error.hint());
            CommandError::input(error).hint(hint)
        })?;
        let states = snapshot.packages.iter().flat_map(|facts| {
            facts
                .states
                .iter()
                .filter(|state| state.installed == Some(false))
                .map(|state| Removed { package: facts.name.clone(), user: state.user })
        });
        return Ok(Some(Against::Snapshot(states.collect())));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(journal::store::LARGEST).read_to_end(&mut bytes))
        .map_err(failed)?;
    let history = journal::read(&bytes).map_err(CommandError::input)?;
    Ok(Some(Against::Journal(Box::new(history))))
}

/// Returns what an audit is told: which apps were removed, and which changes a connected phone no longer has.
///
/// # Errors
/// When the phone cannot be asked.
pub(super) fn options(
    against: Option<&Against>,
    matches: &ArgMatches,
    source: &Path,
) -> Result<AuditOptions, CommandError> {
    let (removed, reverted) = match against {
        None => return Ok(AuditOptions::default()),
        Some(Against::Snapshot(removed)) => (removed.clone(), Vec::new()),
        Some(Against::Journal(history)) => {
            let removed = last_done(history).into_iter().filter_map(|(_, changed)| {
                let change = &changed.change;
                let is_removal = change.to == Value::Flag(false);
                match &change.cell {
                    Cell::Installed { package, user } if is_removal => {
                        Some(Removed { package: package.clone(), user: *user })
                    }
                    _ => None,
                }
            });
            (removed.collect(), reverted(history, matches, source)?)
        }
    };
    Ok(AuditOptions { removed, reverted, drift_fails: true, ..AuditOptions::default() })
}

fn reverted(history: &History, matches: &ArgMatches, source: &Path) -> Result<Vec<Reverted>, CommandError> {
    // Only a phone that is connected can be asked for anything but what is installed.
    let Some(serial) = phone::serial(source) else { return Ok(Vec::new()) };
    let mut phone = phone::open(matches, serial)?;
    let fallen = not_standing(&mut phone, history);
    let fallen = fallen.map_err(|error| CommandError::input(Failure::from(error)))?;
    let said = |value: &Value| serde_json::to_string(value).unwrap_or_default();
    let one = |fallen: crate::enforce::standing::NotStanding| Reverted {
        package: fallen.package,
        seq: fallen.seq,
        what: fallen.cell.to_string(),
        set: said(&fallen.set),
        stands: fallen.read.value().map(said),
        removal: matches!(fallen.cell, Cell::Installed { .. }) && fallen.set == Value::Flag(false),
    };
    Ok(fallen.into_iter().map(one).collect())
}
