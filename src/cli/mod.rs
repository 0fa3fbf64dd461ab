//! The command line: takes arguments, runs the stages in their order, renders what they say, and ends with a status.
//! Holds no rule of its own.
//!
//! Data goes to standard output (or the file of `-o`), everything else to standard error. The status is the same for
//! every format: see [`exit::ExitStatus`].

mod against;
mod arguments;
mod audit;
mod classify;
mod console;
mod controls;
mod diff;
mod enforce;
mod error;
pub mod exit;
mod explain;
mod judging;
mod language;
pub mod mistakes;
mod output;
mod phone;
mod plan;
mod profile;
mod progress;
mod reading;
mod records;
mod rule;
mod snapshot;
mod undo;
mod usage_error;
mod words;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command};

use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::language::{Language, Text};

/// The name of the program, in usage lines and hints.
const PROGRAM: &str = "keepone";

const ABOUT: Text = Text::new(
    "Decides what every pre-installed app is for, whether its user may remove it, and the least repair",
    "判断手机预装的每个应用有何功能、用户能否卸载，并给出最小修复方案",
);
/// How commands that judge end.
const STATUSES: Text = Text::new(
    "Exit status: 0 compliant, 1 not compliant, 2 could not be decided, 3 usage or tool error",
    "退出状态：0 合规，1 不合规，2 无法判定，3 用法错误或工具出错",
);
const VERSION: Text = Text::new("Print the version", "显示版本号");
const PANICKED: Text = Text::new("the program stopped by itself: {why}", "程序意外中止：{why}");

/// One command: its words and what it does.
struct Entry {
    name: &'static str,
    declare: fn(Words) -> Command,
    run: fn(&ArgMatches, Console) -> Result<ExitStatus, CommandError>,
}

/// The commands, in the order the help lists them.
const COMMANDS: [Entry; 11] = [
    Entry { name: "audit", declare: audit::declare, run: audit::run },
    Entry { name: "classify", declare: classify::declare, run: classify::run },
    Entry { name: "plan", declare: plan::declare, run: plan::run },
    Entry { name: "enforce", declare: enforce::declare, run: enforce::run },
    Entry { name: "undo", declare: undo::declare, run: undo::run },
    Entry { name: "controls", declare: controls::declare, run: controls::run },
    Entry { name: "records", declare: records::declare, run: records::run },
    Entry { name: "snapshot", declare: snapshot::declare, run: snapshot::run },
    Entry { name: "diff", declare: diff::declare, run: diff::run },
    Entry { name: "explain", declare: explain::declare, run: explain::run },
    Entry { name: "profile", declare: profile::declare, run: profile::run },
];

/// Runs the program with its arguments, the first of which is its own name; returns what the process ends with.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = language::find(&arguments, |name| std::env::var(name).ok());
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| dispatch(&arguments, Console::new(language))));
    let outcome = outcome.unwrap_or_else(|panic| {
        let why =
            panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(CommandError::internal(Message::new(PANICKED).with("why", why.unwrap_or_default())))
    });
    let status = outcome.unwrap_or_else(|error| {
        Console::tell(error.lines(language).iter().map(String::as_str));
        ExitStatus::Error
    });
    status.into()
}

/// Returns the whole command line, described in one language. Help is printed from it, and tests walk it.
pub fn command(language: Language) -> Command {
    let words = Words(language);
    let version = clap::Arg::new("version")
        .short('V')
        .long("version")
        .help(words.say(VERSION))
        .action(clap::ArgAction::Version);
    let mut root = words
        .command(PROGRAM, ABOUT)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(version)
        .after_help(words.say(STATUSES))
        .subcommand_required(true)
        .arg_required_else_help(true);
    for entry in COMMANDS {
        root = root.subcommand((entry.declare)(words));
    }
    words.finish(root, PROGRAM)
}

fn dispatch(arguments: &[OsString], console: Console) -> Result<ExitStatus, CommandError> {
    let mut command = command(console.language);
    let matches = match command.try_get_matches_from_mut(arguments) {
        Ok(matches) => matches,
        Err(error) => return not_a_command(&error, &command, arguments),
    };
    let entry = matches.subcommand().and_then(|(name, matches)| {
        COMMANDS.into_iter().find(|entry| entry.name == name).map(|entry| (entry, matches))
    });
    match entry {
        Some((entry, matches)) => (entry.run)(matches, console),
        // clap lets only declared commands through, and only with one.
        None => not_a_command(&clap::Error::new(ErrorKind::MissingSubcommand), &command, arguments),
    }
}

/// Answers arguments that ask for help or a version, or that are wrong.
fn not_a_command(
    error: &clap::Error,
    root: &Command,
    arguments: &[OsString],
) -> Result<ExitStatus, CommandError> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::Output::Standard.write(&error.render().to_string())?;
            Ok(ExitStatus::Compliant)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Console::tell(error.render().to_string().lines());
            Ok(ExitStatus::Error)
        }
        _ => {
            let (name, meant) = meant(root, arguments);
            Err(usage_error::of(error, &name, &usage(meant)))
        }
    }
}

/// Returns the command that `arguments` name, as far as they name one, and its full name.
fn meant<'a>(root: &'a Command, arguments: &[OsString]) -> (String, &'a Command) {
    let mut command = root;
    let mut name = PROGRAM.to_owned();
    for argument in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(next) = command.find_subcommand(argument) {
            command = next;
            name = format!("{name} {argument}");
        }
    }
    (name, command)
}

/// Returns the usage line of a command, without its heading.
fn usage(command: &Command) -> String {
    let rendered = command.clone().render_usage().to_string();
    rendered.trim_start_matches("Usage: ").trim().to_owned()
}
