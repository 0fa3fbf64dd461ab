//! `keepone audit`: does the device keep the rule, which apps break it and why. Ends with 0, 1 or 2 by the outcome.

use clap::{ArgMatches, Command};

use crate::classify::Options;
use crate::cli::classify::{ignore_evidence, read_ignore_evidence};
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{STATUSES, against, arguments, judging, reading, rule};
use crate::language::Text;
use crate::report::{Format, text};

const ABOUT: Text =
    Text::new("Hold a device to the rule and say what breaks it", "按规则审核设备，指出违反之处");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("audit", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(reading::source(words))
        .arg(rule::argument(words));
    let command =
        command.arg(arguments::format(words)).arg(arguments::output(words)).arg(arguments::verbose(words));
    let command = reading::options(words, command)
        .arg(reading::user(words))
        .arg(reading::hash(words))
        .arg(ignore_evidence(words))
        .arg(against::argument(words));
    words.finish(command, "keepone audit")
}

/// Audits the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let against = against::read(matches)?;
    let (inventory, profile) = judging::read(matches, "source", console)?;
    let options = Options { ignore: read_ignore_evidence(matches) };
    let source = reading::source_path(matches, "source");
    let audit_options = against::options(against.as_ref(), matches, source)?;
    let judged = judging::judge_with(inventory, &profile, &options, audit_options)?;
    let result = judged.result(&profile);
    let rendered = match arguments::read_format(matches) {
        Format::Text => {
            let plan = judged.plan(&profile);
            text::audit(arguments::page(matches, console), &result, &profile, &plan)
        }
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(judging::status(judged.audit.summary.outcome))
}
