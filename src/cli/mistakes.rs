//! Shows mistakes in profile files: the line each stands in, a caret under the place, and what to do about it. Takes
//! the mistakes of a file, gives text for standard error; prints nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::language::{Language, Localized, Text};
use crate::profile::{Mistake, Mistakes};
use crate::report::escape::{is_unsafe, shown};

const ERROR: Text = Text::new("error", "错误");
const HELP: Text = Text::new("help", "帮助");
const FIRST: Text = Text::new("first here", "首次出现于此");
const MORE: Text = Text::new("and {count} more mistakes", "另有 {count} 处错误");

/// The most mistakes that are shown of one reading; a file with more is not the one that was meant.
const MAX_SHOWN: usize = 100;

/// Returns every mistake with its line, in one language; with terminal colours where `colour` says so.
pub fn render(mistakes: &Mistakes, language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for mistake in mistakes {
        texts.entry(&mistake.file).or_insert_with(|| harmless(mistakes.text_of(&mistake.file)));
    }
    let mut shown: Vec<String> = mistakes
        .iter()
        .take(MAX_SHOWN)
        .map(|mistake| {
            let text = texts.get(mistake.file.as_str()).map_or("", String::as_str);
            renderer.render(&[group(mistake, text, language)])
        })
        .collect();
    let left = mistakes.len().saturating_sub(MAX_SHOWN);
    if left > 0 {
        shown.push(MORE.fill(language, &[("count", &left)]));
    }
    shown.join("\n\n") + "\n"
}

/// Returns a text with every character that could act on the terminal replaced by a visible one of as many bytes, so
/// that spans still fit. The C0 controls stay: the renderer shows them by their pictures.
fn harmless(text: &str) -> String {
    let replaced = |c: char| match c.len_utf8() {
        _ if c.is_ascii() || !is_unsafe(c) => c,
        2 => '¿',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '🚫',
    };
    text.chars().map(replaced).collect()
}

/// Lays out one mistake.
fn group<'a>(mistake: &'a Mistake, text: &'a str, language: Language) -> Group<'a> {
    let (span, first) =
        (within(text, &mistake.span), mistake.first.as_ref().map(|first| within(text, first)));
    let snippet = Snippet::source(text)
        .path(shown(&mistake.file))
        .annotation(AnnotationKind::Primary.span(span))
        .annotations(first.map(|first| AnnotationKind::Context.span(first).label(FIRST.get(language))));
    let group = Level::ERROR
        .with_name(ERROR.get(language))
        .primary_title(mistake.localized(language))
        .id(mistake.code())
        .element(snippet);
    match mistake.help(language) {
        Some(help) => group.element(Level::HELP.with_name(HELP.get(language)).message(help)),
        None => group,
    }
}

/// Returns the part of a span that lies in the text, cut to whole characters and to its first line.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary =
        |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let start = boundary(span.start);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    start..boundary(span.end).clamp(start, start + line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{parse, parse_bytes};

    #[test]
    fn a_mistake_is_shown_with_line_caret_and_suggestion() {
        let mistakes = parse("lab.toml", "schema-version = 1\nextend = \"eu-dma-6-3\"\n").unwrap_err();
        assert_eq!(
            render(&mistakes, Language::English, false),
            "error[unknown-key]: unknown key `extend` in the file
 --> lab.toml:2:1
  |
2 | extend = \"eu-dma-6-3\"
  | ^^^^^^
  |
  = help: did you mean `extends`?
"
        );
    }

    #[test]
    fn a_hostile_file_does_not_reach_the_terminal() {
        let text = "schema-version = 1\n\"a\\u001b[2J\u{202e}\" = 1\n# \u{1b}[31m\nb = \"\u{9b}\u{7}\"";
        let mistakes = parse("a\u{1b}[1m.toml", text).unwrap_err();
        for language in [Language::English, Language::Chinese] {
            let shown = render(&mistakes, language, false);
            let acting = shown.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
            assert_eq!(acting, None, "{shown}");
        }
    }

    #[test]
    fn what_is_not_text_and_what_is_too_large_is_shown() {
        let not_text = render(&parse_bytes("a", b"x = 1\n\xff\xfe").unwrap_err(), Language::English, false);
        assert!(not_text.contains("error[not-utf-8]") && not_text.contains("a:2:1"), "{not_text}");
        let large = vec![b'#'; crate::profile::MAX_FILE + 1];
        let large = render(&parse_bytes("a", &large).unwrap_err(), Language::Chinese, false);
        assert!(large.contains("错误[too-large]"), "{large}");
    }

    #[test]
    fn a_file_that_is_all_mistakes_is_cut_with_a_count() {
        let text: String = (0..250).flat_map(|n| [format!("key{n}"), " = 1\n".to_owned()]).collect();
        let shown = render(&parse("a", &text).unwrap_err(), Language::English, false);
        assert_eq!(shown.matches("error[").count(), MAX_SHOWN);
        assert!(shown.ends_with("and 151 more mistakes\n"), "{shown}");
    }
}
