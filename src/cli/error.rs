//! Why a command could not do its work, and what the user can do about it.

use std::fmt::Display;
use std::io;

use crate::cli::mistakes;
use crate::language::{Language, Localized, Text};
use crate::profile::Mistakes;
use crate::report::escape::{shown, shown_lines};

/// Whose turn it is to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The arguments are wrong.
    Usage,
    /// A file or source could not be read, or does not hold what it should.
    Input,
    /// The result could not be written.
    Output,
    /// A mistake of this program.
    Internal,
}

/// A command that could not do its work. It ends with status 3.
pub(crate) struct CommandError {
    kind: ErrorKind,
    source: Source,
    hints: Vec<Message>,
}

/// What went wrong.
enum Source {
    /// One message.
    Message(Box<dyn Localized>),
    /// Mistakes of a profile file, each shown with its line.
    Mistakes(Box<Mistakes>),
}

impl CommandError {
    /// Returns an error of the user's arguments.
    pub(crate) fn usage(source: impl Localized + 'static) -> Self {
        Self { kind: ErrorKind::Usage, source: Source::Message(Box::new(source)), hints: Vec::new() }
    }

    /// Returns an error of something that was to be read.
    pub(crate) fn input(source: impl Localized + 'static) -> Self {
        Self { kind: ErrorKind::Input, source: Source::Message(Box::new(source)), hints: Vec::new() }
    }

    /// Returns the mistakes of a profile file.
    pub(crate) fn mistakes(mistakes: Mistakes) -> Self {
        Self { kind: ErrorKind::Input, source: Source::Mistakes(Box::new(mistakes)), hints: Vec::new() }
    }

    /// Returns an error of something that was to be written.
    pub(crate) fn output(source: impl Localized + 'static) -> Self {
        Self { kind: ErrorKind::Output, source: Source::Message(Box::new(source)), hints: Vec::new() }
    }

    /// Returns a mistake of this program.
    pub(crate) fn internal(source: impl Localized + 'static) -> Self {
        Self { kind: ErrorKind::Internal, source: Source::Message(Box::new(source)), hints: Vec::new() }
            .hint(Message::new(REPORT_IT))
    }

    /// Adds what the user can do.
    pub(crate) fn hint(mut self, hint: Message) -> Self {
        self.hints.push(hint);
        self
    }

    /// Returns the lines for standard error: `error: …`, then one `hint: …` per hint.
    pub(crate) fn lines(&self, language: Language) -> Vec<String> {
        let heading = if self.kind == ErrorKind::Internal { INTERNAL } else { ERROR };
        let mut lines = match &self.source {
            Source::Message(source) => {
                vec![format!("{}{}", heading.get(language), shown_lines(&source.localized(language)))]
            }
            Source::Mistakes(found) => vec![mistakes::render(found, language, false).trim_end().to_owned()],
        };
        lines.extend(
            self.hints.iter().map(|hint| format!("{}{}", HINT.get(language), hint.localized(language))),
        );
        lines
    }
}

const ERROR: Text = Text::new("error: ", "错误：");
const INTERNAL: Text = Text::new("internal error: ", "内部错误：");
const HINT: Text = Text::new("hint: ", "提示：");
const REPORT_IT: Text = Text::new(
    "this is a mistake of keepone; please report it together with the command and its input",
    "这是 keepone 自身的错误，请连同所用命令和输入一并反馈",
);

/// A text with the values that fill its places, kept apart until the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    text: Text,
    values: Vec<(&'static str, Value)>,
}

/// What fills a place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Foreign(String),
    Message(Message),
}

impl Message {
    /// Returns a text whose places are still to be filled.
    pub(crate) const fn new(text: Text) -> Self {
        Self { text, values: Vec::new() }
    }

    /// Fills the place `name` with a foreign text, shown so that it cannot act on a terminal.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.values.push((name, Value::Foreign(shown(value))));
        self
    }

    /// Fills the place `name` with another message.
    pub(crate) fn with_message(mut self, name: &'static str, message: Self) -> Self {
        self.values.push((name, Value::Message(message)));
        self
    }
}

impl Localized for Message {
    fn localized(&self, language: Language) -> String {
        let said = |value: &Value| match value {
            Value::Foreign(value) => value.clone(),
            Value::Message(message) => message.localized(language),
        };
        let values: Vec<(&str, String)> =
            self.values.iter().map(|(name, value)| (*name, said(value))).collect();
        let values: Vec<(&str, &dyn Display)> =
            values.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
        self.text.fill(language, &values)
    }
}

/// Returns what the operating system said, in words of ours where it is one of the common cases.
pub(crate) fn system_message(error: &io::Error) -> Message {
    let text = match error.kind() {
        io::ErrorKind::NotFound => Text::new("no such file or folder", "没有此文件或目录"),
        io::ErrorKind::PermissionDenied => Text::new("permission denied", "没有权限"),
        io::ErrorKind::IsADirectory => Text::new("it is a folder", "这是一个目录"),
        io::ErrorKind::NotADirectory => {
            Text::new("part of the path is not a folder", "路径中有一部分不是目录")
        }
        io::ErrorKind::ReadOnlyFilesystem => Text::new("the file system is read-only", "文件系统为只读"),
        io::ErrorKind::StorageFull => Text::new("no space left", "空间不足"),
        io::ErrorKind::InvalidFilename => Text::new("not a file name", "不是合法的文件名"),
        _ => return Message::new(Text::new("{why}", "{why}")).with("why", &error.to_string()),
    };
    Message::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_follow_the_error_in_the_language_asked_for() {
        let error =
            CommandError::usage(Message::new(Text::new("no {what}", "没有 {what}")).with("what", "a\u{1b}b"))
                .hint(Message::new(Text::new("try", "试试")));
        assert_eq!(error.lines(Language::English), [r"error: no a\u{1b}b", "hint: try"]);
        assert_eq!(error.lines(Language::Chinese), [r"错误：没有 a\u{1b}b", "提示：试试"]);
    }
}
