//! `keepone explain`: what a word of a result means, or how one package of a source was judged. Ends with 0 when there is
//! something to explain.

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use crate::audit::explain as meaning;
use crate::audit::{Finding, FindingCode, Outcome};
use crate::classify::{self, Groups, Options};
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::judging;
use crate::cli::words::Words;
use crate::cli::{arguments, reading, rule};
use crate::judge::Judged;
use crate::language::Text;
use crate::package::{Group, PackageName};
use crate::profile::{self, Profile, Requirement};
use crate::removability::outcome::Reason;
use crate::report::text::Page;
use crate::report::text::explain::{self, Folder, Thresholds, Weighed};
use crate::source::unread::Unread;

const ABOUT: Text = Text::new(
    "Explain a word of a result, a requirement, a group, or how a package was judged",
    "解释结果中的词条、要求条目、功能组，或某个应用包的判定依据",
);
const WORD: Text = Text::new("WORD", "词条");
const WORD_HELP: Text = Text::new(
    "A finding code, requirement, removability rule, outcome, group, or package name",
    "发现代码、要求编号、卸载判定规则、结论、功能组或包名",
);
const SOURCE: Text = Text::new("SOURCE", "来源");
const SOURCE_HELP: Text = Text::new("For a package: the source it is in", "解释应用包时：它所在的来源");
const NO_SUCH_WORD: Text = Text::new("there is nothing to explain under {word}", "没有可解释的词条 {word}");
const DID_YOU_MEAN: Text = Text::new("did you mean {suggestion}?", "您是否想用 {suggestion}？");
const NAME_A_SOURCE: Text = Text::new(
    "a package is explained together with its source: keepone explain {word} SOURCE",
    "解释应用包时需同时给出来源：keepone explain {word} 来源",
);
const KNOWN: Text = Text::new("finding codes: {codes}", "发现代码：{codes}");
const NOT_THERE: Text = Text::new("the source has no package {name}", "来源中没有应用包 {name}");
const NOT_READ: Text = Text::new(
    "{count} things of the source were not read; it may be among them",
    "来源中有 {count} 项未读取，它可能就在其中",
);

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let source = words
        .operand("source", SOURCE, SOURCE_HELP)
        .required(false)
        .value_parser(clap::value_parser!(PathBuf));
    let command = words
        .command("explain", ABOUT)
        .arg(words.operand("word", WORD, WORD_HELP))
        .arg(source)
        .arg(rule::argument(words))
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(reading::options(words, command).arg(reading::user(words)), "keepone explain")
}

/// Explains one word, or one package of a source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let word = arguments::text(matches, "word").unwrap_or_default();
    let page = arguments::page(matches, console);
    let rendered = if matches.contains_id("source") {
        package(matches, console, page, word)?
    } else {
        meaning_of(matches, page, word)?
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(ExitStatus::Compliant)
}

/// Explains a word that has a meaning of its own.
fn meaning_of(matches: &ArgMatches, page: Page, word: &str) -> Result<String, CommandError> {
    if let Some(code) = FindingCode::from_id(word) {
        return Ok(explain::word(page, word, meaning::finding_name(code), meaning::finding(code)));
    }
    if let Some(reason) = Reason::from_id(word) {
        return Ok(explain::word(page, word, meaning::reason_name(reason), meaning::reason(reason)));
    }
    if let Some(outcome) = Outcome::from_id(word) {
        return Ok(explain::word(page, word, meaning::outcome_name(outcome), meaning::outcome(outcome)));
    }
    let profiles = profiles(matches)?;
    if let Some(group) = Group::from_id(word) {
        return Ok(explain::group(page, group, &profiles));
    }
    let found: Vec<(&Profile, &Requirement)> = profiles
        .iter()
        .flat_map(|profile| profile.requirements.iter().map(move |requirement| (profile, requirement)))
        .filter(|(_, requirement)| requirement.id == word)
        .collect();
    if found.is_empty() { Err(unknown(word, &profiles)) } else { Ok(explain::requirement(page, &found)) }
}

/// Returns the profile asked for, or else every built-in one.
fn profiles(matches: &ArgMatches) -> Result<Vec<Profile>, CommandError> {
    if matches.contains_id("profile") {
        return Ok(vec![rule::read(matches)?]);
    }
    Ok(profile::built_in_ids().filter_map(profile::built_in).collect())
}

fn unknown(word: &str, profiles: &[Profile]) -> CommandError {
    let requirements =
        profiles.iter().flat_map(|profile| &profile.requirements).map(|known| known.id.as_str());
    let words = FindingCode::ALL.map(FindingCode::id).into_iter().chain(Reason::ALL.map(Reason::id));
    let words = words.chain(Outcome::ALL.map(Outcome::id)).chain(Group::ALL.map(Group::id));
    let mut error = CommandError::usage(Message::new(NO_SUCH_WORD).with("word", word));
    if let Some(near) = profile::nearest(word, words.chain(requirements)) {
        error = error.hint(Message::new(DID_YOU_MEAN).with("suggestion", near));
    }
    if PackageName::new(word).is_ok() && word.contains('.') {
        return error.hint(Message::new(NAME_A_SOURCE).with("word", word));
    }
    error.hint(Message::new(KNOWN).with("codes", &FindingCode::ALL.map(FindingCode::id).join(", ")))
}

/// Explains how a package of the source was judged.
fn package(matches: &ArgMatches, console: Console, page: Page, word: &str) -> Result<String, CommandError> {
    let (inventory, profile) = judging::read(matches, "source", console)?;
    let judged = judging::judge(inventory, &profile, &Options::default())?;
    let Ok(name) = PackageName::new(word) else { return Err(not_there(word, &judged)) };
    if judged.inventory.package(&name).is_empty() {
        let unread = judged.inventory.unread().iter().filter(|unread| unread.package.as_ref() == Some(&name));
        let unread: Vec<&Unread> = unread.collect();
        return if unread.is_empty() {
            Err(not_there(word, &judged))
        } else {
            Ok(explain::not_read(page, &name, &unread))
        };
    }
    let result = judged.result(&profile);
    let entries = result.packages.iter().filter(|entry| entry.name == name);
    let groups = Groups::built_in();
    let folders: Vec<Folder<'_>> = judged
        .inventory
        .package(&name)
        .iter()
        .zip(entries)
        .map(|(facts, entry)| {
            let weighed = classify::weigh_all(facts, &judged.inventory, groups, &Options::default());
            let weighed = weighed.into_iter().map(|(group, sum, evidence)| Weighed { group, sum, evidence });
            Folder { entry, weighed: weighed.collect() }
        })
        .collect();
    let (member, review) = groups.thresholds();
    let findings: Vec<Finding> =
        result.findings.iter().filter(|finding| finding.packages.contains(&name)).cloned().collect();
    Ok(explain::package(page, &name, &folders, Thresholds { member, review }, &findings, &profile.id))
}

fn not_there(word: &str, judged: &Judged) -> CommandError {
    let error = CommandError::usage(Message::new(NOT_THERE).with("name", word));
    let known = judged.inventory.packages().iter().map(|package| package.name.as_str());
    let error = match profile::nearest(word, known) {
        Some(near) => error.hint(Message::new(DID_YOU_MEAN).with("suggestion", near)),
        None => error,
    };
    match judged.inventory.unread().len() {
        0 => error,
        count => error.hint(Message::new(NOT_READ).with("count", &count.to_string())),
    }
}
