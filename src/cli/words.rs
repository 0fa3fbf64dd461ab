//! The words of the command line in one language: how a command, an option and an operand are declared so that clap's
//! own English never shows.

use clap::{Arg, ArgAction, Command};

use crate::language::{Language, Text};

const USAGE: Text = Text::new("Usage: ", "用法：");
const OPTIONS_PLACE: Text = Text::new("[OPTIONS]", "[选项]");
const COMMAND_PLACE: Text = Text::new("<COMMAND>", "<命令>");
const COMMANDS: Text = Text::new("Commands:", "命令：");
const OPERANDS: Text = Text::new("Arguments:", "参数：");
const OPTIONS: Text = Text::new("Options:", "选项：");
const HELP: Text = Text::new("Print this help", "显示本帮助");
const LANGUAGE: Text = Text::new(
    "Language of messages: en or zh-CN (default: that of the locale)",
    "消息的语言：en 或 zh-CN（默认随系统区域设置）",
);

/// Declares commands in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(pub(crate) Language);

impl Words {
    /// Returns a text in the language.
    pub(crate) const fn say(self, text: Text) -> &'static str {
        text.get(self.0)
    }

    /// Starts a command.
    pub(crate) fn command(self, name: &'static str, about: Text) -> Command {
        Command::new(name).about(self.say(about)).disable_help_flag(true).disable_help_subcommand(true)
    }

    /// Declares an operand: something that stands after the command by itself.
    pub(crate) fn operand(self, id: &'static str, value: Text, help: Text) -> Arg {
        Arg::new(id).value_name(self.say(value)).help(self.say(help)).required(true)
    }

    /// Declares an option with a value.
    pub(crate) fn option(self, id: &'static str, value: Text, help: Text) -> Arg {
        Arg::new(id)
            .long(id)
            .value_name(self.say(value))
            .help(self.say(help))
            .hide_possible_values(true)
            .hide_default_value(true)
    }

    /// Declares an option without a value.
    pub(crate) fn switch(self, id: &'static str, help: Text) -> Arg {
        Arg::new(id).long(id).help(self.say(help)).action(ArgAction::SetTrue)
    }

    /// Completes a command whose full name is `name` (`keepone profile show`): the options that every command has,
    /// the usage line and the layout of the help.
    pub(crate) fn finish(self, command: Command, name: &str) -> Command {
        let command = command
            .arg(language(self))
            .arg(Arg::new("help").short('h').long("help").help(self.say(HELP)).action(ArgAction::Help));
        let usage = self.usage(&command, name);
        let template = self.template(&command);
        command.override_usage(usage).help_template(template)
    }

    fn usage(self, command: &Command, name: &str) -> String {
        let mut parts = vec![name.to_owned()];
        if command.has_subcommands() {
            parts.push(self.say(COMMAND_PLACE).to_owned());
        } else {
            parts.push(self.say(OPTIONS_PLACE).to_owned());
        }
        parts.extend(command.get_positionals().map(|operand| {
            let value = operand.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str());
            if operand.is_required_set() { format!("<{value}>") } else { format!("[{value}]") }
        }));
        parts.join(" ")
    }

    fn template(self, command: &Command) -> String {
        let mut template = format!("{{about}}\n\n{}{{usage}}\n", self.say(USAGE));
        let sections = [
            (command.has_subcommands(), COMMANDS, "{subcommands}"),
            (command.get_positionals().next().is_some(), OPERANDS, "{positionals}"),
            (true, OPTIONS, "{options}"),
        ];
        for (present, heading, section) in sections {
            if present {
                template.extend(["\n", self.say(heading), "\n", section, "\n"]);
            }
        }
        if command.get_after_help().is_some() {
            // clap puts an empty line before it.
            template.truncate(template.trim_end().len());
            template.push_str("{after-help}\n");
        }
        template
    }
}

/// Declares `--lang`. What it says was found before parsing; here it is only checked and shown in the help.
fn language(words: Words) -> Arg {
    let tags = [
        clap::builder::PossibleValue::new(Language::English.tag()),
        clap::builder::PossibleValue::new(Language::Chinese.tag()).aliases(["zh", "zh_CN"]),
    ];
    words.option("lang", Text::new("LANGUAGE", "语言"), LANGUAGE).value_parser(tags).ignore_case(true)
}
