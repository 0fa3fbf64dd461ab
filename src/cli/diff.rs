//! `keepone diff`: what changed between two sources or builds. Ends with 0 when the second is not worse, 1 when it breaks
//! the rule where the first did not, 2 when that cannot be said: something of either was not read, or is newly unknown.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::classify::Options;
use crate::cli::classify::{ignore_evidence, read_ignore_evidence};
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, judging, reading, rule};
use crate::language::Text;
use crate::report::result::{DiffOutcome, DiffResult};
use crate::report::{Format, text};

const ABOUT: Text = Text::new(
    "Show what changed between two sources, and whether it got worse",
    "对比两个来源的变化，并判断是否变差",
);
const STATUSES: Text = Text::new(
    "Exit status: 0 not worse, 1 worse, 2 could not be decided, 3 usage or tool error",
    "退出状态：0 没有变差，1 变差，2 无法判定，3 用法错误或工具出错",
);
const BEFORE: Text = Text::new("BEFORE", "之前");
const BEFORE_HELP: Text = Text::new("The source to compare with", "作为对照的来源");
const AFTER: Text = Text::new("AFTER", "之后");
const AFTER_HELP: Text = Text::new("The source that may have got worse", "要判断是否变差的来源");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("diff", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(side(words, "before", BEFORE, BEFORE_HELP))
        .arg(side(words, "after", AFTER, AFTER_HELP))
        .arg(rule::argument(words))
        .arg(arguments::format(words))
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(reading::options(words, command).arg(ignore_evidence(words)), "keepone diff")
}

fn side(words: Words, id: &'static str, value: Text, help: Text) -> Arg {
    words.operand(id, value, help).value_parser(clap::value_parser!(PathBuf))
}

/// Compares the two sources.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let options = Options { ignore: read_ignore_evidence(matches) };
    let result_of = |id| {
        let (inventory, profile) = judging::read(matches, id, console)?;
        let judged = judging::judge(inventory, &profile, &options)?;
        Ok(judged.result(&profile))
    };
    let (before, after) = (result_of("before")?, result_of("after")?);
    let result = DiffResult::new(&before, &after);
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::diff(arguments::page(matches, console), &result),
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(match result.summary.outcome {
        DiffOutcome::NotWorse => ExitStatus::Compliant,
        DiffOutcome::Worse => ExitStatus::NotCompliant,
        DiffOutcome::Undecided => ExitStatus::Undecided,
    })
}
