//! `keepone profile`: the rules themselves - which there are, what one says, whether a file is right, how to start one.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::output::Output;
use crate::cli::words::Words;
use crate::cli::{arguments, mistakes, rule};
use crate::language::Text;
use crate::profile::{self, Profile};
use crate::report::escape::shown;
use crate::report::result::{ProfileList, ProfileResult};
use crate::report::{Format, text};

const ABOUT: Text = Text::new("List, show, check or start a rule", "列出、查看、检查或新建规则");
const LIST: Text = Text::new("List the built-in rules", "列出内置规则");
const SHOW: Text =
    Text::new("Show what a rule says and where each part was set", "查看规则的内容及各部分的出处");
const CHECK: Text = Text::new(
    "Check a profile file and show every mistake at once; ends with 1 when there is one",
    "检查规则文件并一次列出所有错误；有错误时以 1 结束",
);
const INIT: Text = Text::new(
    "Write a commented profile file to start from, with every key and its default",
    "生成带注释的规则文件作为起点，列出所有键及其默认值",
);
const VALUE: Text = Text::new("ID|FILE", "编号|文件");
const SHOW_HELP: Text = Text::new(
    "A built-in id or a profile file; further files that add to it may follow",
    "内置规则的编号或规则文件；其后可跟在其上添加内容的文件",
);
const FILE: Text = Text::new("FILE", "文件");
const CHECK_HELP: Text =
    Text::new("The profile files to check, each by itself", "要检查的规则文件，逐个检查");
const FINE: Text = Text::new("{file}: no mistake", "{file}：没有错误");

/// Declares the command and its parts.
pub(super) fn declare(words: Words) -> Command {
    let list = words.command("list", LIST).arg(arguments::format(words)).arg(arguments::output(words));
    let show = words
        .command("show", SHOW)
        .arg(several(words, VALUE, SHOW_HELP))
        .arg(arguments::format(words))
        .arg(arguments::output(words));
    let check = words.command("check", CHECK).arg(several(words, FILE, CHECK_HELP));
    let init = words.command("init", INIT).arg(arguments::output(words));
    let command = words
        .command("profile", ABOUT)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(words.finish(list, "keepone profile list"))
        .subcommand(words.finish(show, "keepone profile show"))
        .subcommand(words.finish(check, "keepone profile check"))
        .subcommand(words.finish(init, "keepone profile init"));
    words.finish(command, "keepone profile")
}

fn several(words: Words, value: Text, help: Text) -> Arg {
    words.operand("profile", value, help).num_args(1..).action(ArgAction::Append)
}

/// Runs the part that was named.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    match matches.subcommand() {
        Some(("show", matches)) => show(matches, console),
        Some(("check", matches)) => check(matches, console),
        Some(("init", matches)) => {
            arguments::read_output(matches).write(&profile::template(console.language))?;
            Ok(ExitStatus::Compliant)
        }
        // clap lets only declared parts through; the one left is `list`.
        _ => list(matches.subcommand_matches("list").unwrap_or(matches), console),
    }
}

fn list(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let profiles: Vec<Profile> = profile::built_in_ids().filter_map(profile::built_in).collect();
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::profiles(arguments::page(matches, console), &profiles),
        Format::Json => arguments::json(&ProfileList::new(&profiles))?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(ExitStatus::Compliant)
}

fn show(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let profile = rule::read(matches)?;
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::profile(arguments::page(matches, console), &profile),
        Format::Json => arguments::json(&ProfileResult::new(&profile))?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(ExitStatus::Compliant)
}

/// Checks each file: by itself, and together with the rule it adds to.
fn check(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let mut status = ExitStatus::Compliant;
    let names: Vec<&String> = matches.get_many::<String>("profile").into_iter().flatten().collect();
    let mut page = String::new();
    for name in names {
        match rule::read_file(name)?.and_then(rule::together) {
            Ok(_) => {
                page.push_str(&FINE.fill(console.language, &[("file", &shown(name))]));
                page.push('\n');
            }
            Err(mistakes) => {
                page.push_str(&mistakes::render(&mistakes, console.language, console.colour));
                status = ExitStatus::NotCompliant;
            }
        }
    }
    Output::Standard.write(&page)?;
    Ok(status)
}
