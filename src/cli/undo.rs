//! `keepone undo`: puts back what a journal says was changed: shown unless `--apply` is given. Ends with 0 only when
//! everything stands as before, but for the losses that the journal declares.

use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command};

use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, phone, reading};
use crate::enforce::{answer, undo};
use crate::language::{Localized as _, Text};
use crate::report::{Format, text};

const ABOUT: Text = Text::new("Put back what a journal says was changed", "按日志还原所作的更改");
const STATUSES: Text = Text::new(
    "Exit status: 0 put back or shown, 1 something was not put back, 2 not known, 3 usage or tool error",
    "退出状态：0 已全部还原或显示，1 有未能还原的项目，2 结果未知，3 用法错误或工具出错",
);
const JOURNAL: Text = Text::new("JOURNAL", "日志");
const JOURNAL_HELP: Text = Text::new("The journal of the changes", "更改日志");
const SOURCE: Text = Text::new("SOURCE", "来源");
const SOURCE_HELP: Text = Text::new(
    "The phone, as adb:SERIAL (default: the one that the journal names)",
    "手机，写作 adb:序列号（默认：日志所记录的手机）",
);
const NUMBER: Text = Text::new("NUMBER", "编号");
const CHANGE: Text = Text::new(
    "Undo this change alone, by its number; may be repeated (default: all)",
    "只撤销该编号的更改；可重复给出（默认：全部仍然有效的更改）",
);
const NO_JOURNAL: Text = Text::new("there is no journal {path}", "没有日志 {path}");
const NAMES_NONE: Text = Text::new("the journal {path} does not name the phone", "日志 {path} 未记录手机");
const NAME_IT: Text =
    Text::new("name it: keepone undo {path} adb:SERIAL", "请指定：keepone undo {path} adb:序列号");
const OTHER: Text = Text::new(
    "note: the journal is of the phone {named}, and {asked} is asked for",
    "注意：该日志属于手机 {named}，而指定的是 {asked}",
);

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let path = clap::value_parser!(PathBuf);
    let command = words
        .command("undo", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(words.operand("journal", JOURNAL, JOURNAL_HELP).value_parser(path.clone()))
        .arg(words.operand("source", SOURCE, SOURCE_HELP).value_parser(path.clone()).required(false))
        .arg(phone::apply(words))
        .arg(
            words
                .option("change", NUMBER, CHANGE)
                .action(ArgAction::Append)
                .value_parser(clap::value_parser!(u64)),
        )
        .arg(reading::adb(words))
        .arg(arguments::format(words))
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(command, "keepone undo")
}

/// Undoes what the journal says.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let path = matches.get_one::<PathBuf>("journal").map_or_else(|| Path::new(""), PathBuf::as_path);
    let name = path.to_string_lossy().into_owned();
    if !path.is_file() {
        return Err(CommandError::usage(Message::new(NO_JOURNAL).with("path", &name)));
    }
    let format = arguments::read_format(matches);
    let page = || arguments::page(matches, console);
    if !matches.get_flag("apply") {
        let listed = answer::list(path).map_err(CommandError::input)?;
        let rendered = match format {
            Format::Text => text::standing(page(), &listed, &name),
            Format::Json => arguments::json(&listed)?,
        };
        arguments::read_output(matches).write(&rendered)?;
        let damaged = listed.damaged.is_some();
        return Ok(if damaged { ExitStatus::Undecided } else { ExitStatus::Compliant });
    }
    let mut journal = phone::open_journal(path)?;
    let named = journal.history().runs.iter().rev().find_map(|run| run.begin.device.clone());
    let asked = match matches.get_one::<PathBuf>("source") {
        Some(source) => Some(phone::only_a_phone(source)?),
        None => None,
    };
    let serial = match (asked, &named) {
        (Some(asked), Some(named)) if !asked.is_empty() && asked != named => {
            let note = Message::new(OTHER).with("named", named).with("asked", asked);
            Console::tell([note.localized(console.language).as_str()]);
            asked
        }
        (Some(asked), None) => asked,
        (_, Some(named)) => named,
        (None, None) => {
            let error = CommandError::usage(Message::new(NAMES_NONE).with("path", &name));
            return Err(error.hint(Message::new(NAME_IT).with("path", &name)));
        }
    };
    let chosen: Vec<u64> = matches.get_many::<u64>("change").into_iter().flatten().copied().collect();
    let chosen = (!chosen.is_empty()).then_some(chosen);
    let now = phone::now()?;
    let mut phone = phone::open(matches, serial)?;
    let done = undo(&mut phone, &mut journal, &now, chosen.as_deref()).map_err(CommandError::input)?;
    let rendered = match format {
        Format::Text => text::undone(page(), &done, &name),
        Format::Json => arguments::json(&done)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(phone::status(&done))
}
