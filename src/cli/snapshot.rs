//! `keepone snapshot`: keeps the facts of a source, so that they can be judged later and elsewhere. Judges nothing; ends
//! with 2 when something was not read.

use clap::{ArgMatches, Command};

use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, reading};
use crate::language::Text;

const ABOUT: Text = Text::new("Keep the facts of a source in a file", "将来源中的事实保存为文件");
const SIGNERS: Text = Text::new("Also read the digests of signing certificates", "同时读取签名证书的摘要");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("snapshot", ABOUT)
        .after_help(words.say(arguments::READING_STATUSES))
        .arg(reading::source(words))
        .arg(arguments::output(words));
    let command = reading::options(words, command);
    words.finish(command.arg(reading::hash(words)).arg(words.switch("signers", SIGNERS)), "keepone snapshot")
}

/// Writes the snapshot.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let mut options = reading::read_options(matches)?;
    options.digests = matches.get_flag("hash");
    options.signers = matches.get_flag("signers");
    let snapshot = reading::read(reading::source_path(matches, "source"), &options, console)?;
    arguments::read_output(matches).write(&arguments::json(&snapshot)?)?;
    Ok(ExitStatus::of_reading(snapshot.unread.is_empty()))
}
