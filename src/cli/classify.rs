//! `keepone classify`: what each app is for, with the evidence. Judges nothing; ends with 2 when something was not read.

use std::collections::BTreeSet;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::classify::{self, EvidenceKind, Groups, Options};
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, reading};
use crate::language::Text;
use crate::report::result::ClassifyResult;
use crate::report::{Format, text};

const ABOUT: Text = Text::new("Say what each app is for, with the evidence", "说明每个应用的功能及其依据");
const KINDS: Text = Text::new("KINDS", "类别");
const IGNORE: Text = Text::new(
    "Kinds of evidence to leave out of account, for example name,label",
    "不采用的证据类别，例如 name,label",
);

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("classify", ABOUT)
        .after_help(words.say(arguments::READING_STATUSES))
        .arg(reading::source(words));
    let command =
        command.arg(arguments::format(words)).arg(arguments::output(words)).arg(arguments::verbose(words));
    words.finish(
        reading::options(words, command).arg(reading::user(words)).arg(ignore_evidence(words)),
        "keepone classify",
    )
}

/// Classifies every package of the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let inventory = reading::inventory(matches, console)?;
    let ignore = read_ignore_evidence(matches);
    let groups = Groups::built_in();
    let options = Options { ignore: ignore.clone() };
    let classifications = classify::classify(&inventory, groups, &options);
    let ignored = ignore.into_iter().collect();
    let result = ClassifyResult::new(&inventory, &classifications, groups.digest().clone(), ignored);
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::classify(arguments::page(matches, console), &result),
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(ExitStatus::of_reading(result.unread.is_empty()))
}

/// Declares `--ignore-evidence`.
pub(super) fn ignore_evidence(words: Words) -> Arg {
    words
        .option("ignore-evidence", KINDS, IGNORE)
        .action(ArgAction::Append)
        .value_delimiter(',')
        .value_parser(PossibleValuesParser::new(EvidenceKind::ALL.map(EvidenceKind::id)))
}

/// Reads `--ignore-evidence`.
pub(super) fn read_ignore_evidence(matches: &ArgMatches) -> BTreeSet<EvidenceKind> {
    let words: Vec<&String> = matches.get_many("ignore-evidence").into_iter().flatten().collect();
    EvidenceKind::ALL.into_iter().filter(|kind| words.iter().any(|word| *word == kind.id())).collect()
}
