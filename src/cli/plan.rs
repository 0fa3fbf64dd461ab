//! `keepone plan`: the least repair, shown, or written for a build. Ends as an audit of the source does.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::classify::Options;
use crate::cli::classify::{ignore_evidence, read_ignore_evidence};
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::output::Output;
use crate::cli::words::Words;
use crate::cli::{STATUSES, arguments, judging, reading, rule};
use crate::language::Text;
use crate::plan::{self, Form};
use crate::report::{Format, text};

const ABOUT: Text =
    Text::new("Find the least change after which the rule is kept", "找出使规则得到遵守的最小改动");
const FORM: Text = Text::new("FORM", "形式");
const EMIT: Text = Text::new(
    "Write the plan for a build instead: soong, make, script or list",
    "改为输出供构建使用的形式：soong、make、script 或 list",
);
const FILE: Text = Text::new("FILE", "文件");
const DERIVED: Text = Text::new(
    "Also write the snapshot of the device as it would be after the plan",
    "同时写出方案实施后设备的快照",
);

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("plan", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(reading::source(words))
        .arg(rule::argument(words));
    let command = command
        .arg(arguments::format(words))
        .arg(emit(words))
        .arg(arguments::output(words))
        .arg(words.option("derived", FILE, DERIVED).value_parser(clap::value_parser!(PathBuf)))
        .arg(arguments::verbose(words));
    words.finish(
        reading::options(words, command).arg(reading::user(words)).arg(ignore_evidence(words)),
        "keepone plan",
    )
}

fn emit(words: Words) -> Arg {
    words
        .option("emit", FORM, EMIT)
        .value_parser(PossibleValuesParser::new(Form::ALL.map(Form::id)))
        .conflicts_with("format")
}

/// Plans the repair of the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let (inventory, profile) = judging::read(matches, "source", console)?;
    let options = Options { ignore: read_ignore_evidence(matches) };
    let judged = judging::judge(inventory, &profile, &options)?;
    let plan = judged.plan(&profile);
    let form = arguments::text(matches, "emit").and_then(Form::from_id);
    let rendered = if let Some(form) = form {
        plan::emit(&plan, &judged.inventory, form).map_err(CommandError::input)?
    } else {
        let result = judged.plan_result(&plan);
        match arguments::read_format(matches) {
            Format::Text => text::plan(arguments::page(matches, console), &result, &profile),
            Format::Json => arguments::json(&result)?,
        }
    };
    if let Some(path) = matches.get_one::<PathBuf>("derived") {
        let from = judged.inventory.snapshot().source.sha256.clone();
        let after = plan::apply(&judged.inventory, &plan, from);
        Output::new(Some(path)).write(&arguments::json(&after)?)?;
    }
    arguments::read_output(matches).write(&rendered)?;
    Ok(judging::status(judged.audit.summary.outcome))
}
