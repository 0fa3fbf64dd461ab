//! `keepone explain`: what a word of a result means, or how one package of a source was judged.

use clap::{ArgMatches, Command};

use crate::audit::explain::{self, Explanation};
use crate::audit::outcome::{FindingCode, Outcome};
use crate::cli::arguments;
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::language::{Language, Text};
use crate::removability::outcome::Reason;
use crate::report::table::{LINE, wrapped};

const ABOUT: Text = Text::new(
    "Explain a finding code, a requirement, or how one package was judged",
    "解释发现代码、要求条目，或某个应用包的判定依据",
);
const WORD: Text = Text::new("WORD", "词条");
const WORD_HELP: Text =
    Text::new("A finding code, a removability rule or an outcome", "发现代码、卸载判定规则或结论");
const NO_SUCH_WORD: Text = Text::new("there is nothing to explain under {word}", "没有可解释的词条 {word}");
const KNOWN: Text = Text::new("finding codes: {codes}", "发现代码：{codes}");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let command = words
        .command("explain", ABOUT)
        .arg(words.operand("word", WORD, WORD_HELP))
        .arg(arguments::output(words));
    words.finish(command, "keepone explain")
}

/// Explains one word.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let word = arguments::text(matches, "word").unwrap_or_default();
    let explanation = FindingCode::from_id(word)
        .map(explain::finding)
        .or_else(|| Reason::from_id(word).map(explain::reason))
        .or_else(|| Outcome::from_id(word).map(explain::outcome));
    let Some(explanation) = explanation else {
        let codes = FindingCode::ALL.map(FindingCode::id).join(", ");
        return Err(CommandError::usage(Message::new(NO_SUCH_WORD).with("word", word))
            .hint(Message::new(KNOWN).with("codes", &codes)));
    };
    arguments::read_output(matches).write(&text(word, explanation, console.language))?;
    Ok(ExitStatus::Compliant)
}

fn text(word: &str, explanation: Explanation, language: Language) -> String {
    let mut lines = vec![word.to_owned()];
    for (heading, part) in explanation.parts() {
        lines.push(String::new());
        lines.push(heading.get(language).to_owned());
        lines.extend(wrapped(part.get(language), LINE - 2).iter().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}
