//! The arguments that several commands share: what each means is built here once, so that commands cannot differ.

use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use serde::Serialize;

use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::output::Output;
use crate::cli::words::Words;
use crate::language::Text;
use crate::report::text::Page;
use crate::report::{Format, json};

const FILE: Text = Text::new("FILE", "文件");
const FORMAT: Text =
    Text::new("Form of the result: text or json (default: text)", "结果的形式：text 或 json（默认 text）");
const OUTPUT: Text =
    Text::new("Write the result to this file instead of standard output", "将结果写入该文件而非标准输出");
const VERBOSE: Text =
    Text::new("Show everything instead of the first few of a long list", "显示全部内容，长列表不作省略");

/// How commands that judge nothing end.
pub(super) const READING_STATUSES: Text = Text::new(
    "Exit status: 0 all of the source was read, 2 something was not read, 3 usage or tool error",
    "退出状态：0 来源已全部读取，2 有内容未读取，3 用法错误或工具出错",
);
const NO_JSON: Text = Text::new("the result has no JSON form: {why}", "结果无法表示为 JSON：{why}");

/// Declares `--format`.
pub(super) fn format(words: Words) -> Arg {
    words
        .option("format", Text::new("FORMAT", "形式"), FORMAT)
        .value_parser(clap::builder::PossibleValuesParser::new(Format::ALL.map(Format::id)))
}

/// Reads `--format`.
pub(super) fn read_format(matches: &ArgMatches) -> Format {
    text(matches, "format").and_then(Format::from_id).unwrap_or_default()
}

/// Declares `-o`.
pub(super) fn output(words: Words) -> Arg {
    words.option("output", FILE, OUTPUT).short('o').value_parser(clap::value_parser!(PathBuf))
}

/// Reads `-o`.
pub(super) fn read_output(matches: &ArgMatches) -> Output {
    Output::new(matches.get_one("output"))
}

/// Declares `--verbose`.
pub(super) fn verbose(words: Words) -> Arg {
    words.switch("verbose", VERBOSE).short('v')
}

/// Returns an empty page for the text form of a result. Colour is for a terminal, never for a file.
pub(super) fn page(matches: &ArgMatches, console: Console) -> Page {
    let colour = console.colour && read_output(matches) == Output::Standard;
    // Not every command has the switch.
    let verbose = matches.try_get_one::<bool>("verbose").ok().flatten().copied().unwrap_or_default();
    Page::new(console.language, colour, verbose)
}

/// Returns the JSON form of a result.
pub(super) fn json(result: &impl Serialize) -> Result<String, CommandError> {
    json::render(result)
        .map_err(|error| CommandError::internal(Message::new(NO_JSON).with("why", &error.to_string())))
}

/// Returns the text given for one argument.
pub(super) fn text<'a>(matches: &'a ArgMatches, id: &str) -> Option<&'a str> {
    matches.get_one::<String>(id).map(String::as_str)
}
