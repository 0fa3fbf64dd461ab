//! What was wrong with the arguments, said in either language. Takes clap's error, gives ours; clap's own English is
//! never shown.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::error::{CommandError, Message};
use crate::language::Text;

const UNKNOWN_ARGUMENT: Text = Text::new("unexpected argument {argument}", "意外的参数 {argument}");
const UNKNOWN_COMMAND: Text = Text::new("there is no command {command}", "没有命令 {command}");
const BAD_VALUE: Text = Text::new("{value} is no value for {argument}", "{argument} 不接受值 {value}");
const EMPTY_VALUE: Text = Text::new("{argument} needs a value", "{argument} 需要一个值");
const MISSING: Text = Text::new("missing: {arguments}", "缺少：{arguments}");
const CONFLICT: Text =
    Text::new("{argument} is given twice or excludes {other}", "{argument} 重复，或与 {other} 冲突");
const TWICE: Text = Text::new("{argument} is given more than once", "{argument} 重复给出");
const SURPLUS_VALUE: Text = Text::new("{argument} takes no value {value}", "{argument} 不带值 {value}");
const NO_COMMAND: Text = Text::new("a command is missing", "缺少命令");
const OTHER: Text = Text::new("the arguments are not understood", "无法理解所给参数");

const DID_YOU_MEAN: Text = Text::new("did you mean {suggestion}?", "您是否想用 {suggestion}？");
const POSSIBLE: Text = Text::new("possible values: {values}", "可用的值：{values}");
const USAGE: Text = Text::new("usage: {usage}", "用法：{usage}");
const MORE: Text = Text::new("`{command} --help` tells more", "运行 `{command} --help` 了解更多");

/// Returns our error for clap's. `command` is the full name of the command that was being read, `usage` its usage line.
pub(super) fn of(error: &clap::Error, command: &str, usage: &str) -> CommandError {
    let mut ours = CommandError::usage(message(error));
    for hint in suggestions(error) {
        ours = ours.hint(hint);
    }
    ours.hint(Message::new(USAGE).with("usage", usage)).hint(Message::new(MORE).with("command", command))
}

fn message(error: &clap::Error) -> Message {
    let argument = value(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => Message::new(UNKNOWN_ARGUMENT).with("argument", &argument),
        ErrorKind::InvalidSubcommand => {
            Message::new(UNKNOWN_COMMAND).with("command", &value(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => bad_value(error, &argument),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Message::new(EMPTY_VALUE).with("argument", &argument)
        }
        ErrorKind::TooManyValues => Message::new(SURPLUS_VALUE)
            .with("argument", &argument)
            .with("value", &value(error, ContextKind::InvalidValue)),
        ErrorKind::ArgumentConflict => conflict(error, &argument),
        ErrorKind::MissingRequiredArgument => Message::new(MISSING).with("arguments", &argument),
        ErrorKind::MissingSubcommand => Message::new(NO_COMMAND),
        _ => Message::new(OTHER),
    }
}

fn bad_value(error: &clap::Error, argument: &str) -> Message {
    let value = value(error, ContextKind::InvalidValue);
    if value.is_empty() {
        Message::new(EMPTY_VALUE).with("argument", argument)
    } else {
        Message::new(BAD_VALUE).with("argument", argument).with("value", &value)
    }
}

fn conflict(error: &clap::Error, argument: &str) -> Message {
    let other = value(error, ContextKind::PriorArg);
    if other.is_empty() || other == argument {
        Message::new(TWICE).with("argument", argument)
    } else {
        Message::new(CONFLICT).with("argument", argument).with("other", &other)
    }
}

fn suggestions(error: &clap::Error) -> Vec<Message> {
    let mut hints = Vec::new();
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    for kind in kinds {
        let suggestion = value(error, kind);
        if !suggestion.is_empty() {
            hints.push(Message::new(DID_YOU_MEAN).with("suggestion", &suggestion));
        }
    }
    let possible = value(error, ContextKind::ValidValue);
    if !possible.is_empty() {
        hints.push(Message::new(POSSIBLE).with("values", &possible));
    }
    hints
}

fn value(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(ContextValue::Strings(values)) => values.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}
