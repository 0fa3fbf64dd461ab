//! `keepone audit`: does the device keep the rule, which apps break it and why. Ends with 0, 1 or 2 by the outcome.

use clap::{ArgMatches, Command};

use crate::classify::Options;
use crate::cli::classify::{ignore_evidence, read_ignore_evidence};
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, judging, reading, rule};
use crate::language::Text;
use crate::report::{Format, text};

const ABOUT: Text =
    Text::new("Hold a device to the rule and say what breaks it", "按规则审核设备，指出违反之处");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words.command("audit", ABOUT).arg(reading::source(words)).arg(rule::argument(words));
    let command =
        command.arg(arguments::format(words)).arg(arguments::output(words)).arg(arguments::verbose(words));
    words.finish(reading::options(words, command).arg(ignore_evidence(words)), "keepone audit")
}

/// Audits the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    rule::read(matches)?; // a wrong rule is told before a long reading
    let inventory = reading::inventory(matches, console)?;
    let profile = rule::read_for(matches, &inventory)?;
    let options = Options { ignore: read_ignore_evidence(matches) };
    let judged = judging::judge(inventory, &profile, &options)?;
    let result = judged.result(&profile);
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::audit(arguments::page(matches, console), &result, &profile),
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(judged.status())
}
