//! Makes text that came from a device harmless to show. Takes any text, gives one line of visible characters; never
//! drops a character without a trace.
//!
//! A label, a path or a property can hold line breaks that forge a second row, control sequences that repaint the
//! terminal, or direction marks that turn `exe.apk` around. Each of these is shown as what it is: `\n`, `\u{1b}`,
//! `\u{202e}`. A backslash is doubled, so that what is shown can be read back.

use std::fmt;

/// The most characters of one foreign text that a line for people shows; JSON output has the whole.
pub const LONGEST_SHOWN: usize = 300;

/// A text of unknown origin that displays as one harmless line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        for character in rest.by_ref().take(LONGEST_SHOWN) {
            write_character(f, character)?;
        }
        let left = rest.count();
        if left > 0 { write!(f, "…(+{left})") } else { Ok(()) }
    }
}

/// Returns `text` as one harmless line.
pub fn shown(text: &str) -> String {
    Shown(text).to_string()
}

/// Returns several lines of a program's own making, such as a message of the operating system, with the line breaks
/// kept and everything else that could act on a terminal shown as what it is.
pub fn shown_lines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' || character == '\\' || !is_unsafe(character) {
            lines.push(character);
        } else {
            // Writing into a string cannot fail.
            let _ = write_character(&mut lines, character);
        }
    }
    lines
}

fn write_character(into: &mut impl fmt::Write, character: char) -> fmt::Result {
    match character {
        '\n' => into.write_str("\\n"),
        '\r' => into.write_str("\\r"),
        '\t' => into.write_str("\\t"),
        '\\' => into.write_str("\\\\"),
        _ if is_unsafe(character) => write!(into, "\\u{{{:x}}}", u32::from(character)),
        _ => into.write_char(character),
    }
}

/// Returns whether a terminal or a reader could take `character` for something else than itself: controls (C0, DEL,
/// C1), marks that change direction or hide (Unicode bidirectional controls, zero-width characters, tags), separators
/// that break lines, and fillers that look like nothing.
pub(crate) fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00ad}'
                | '\u{034f}'
                | '\u{061c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
                | '\u{f0000}'..='\u{10ffff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_of_both_languages_stays() {
        for text in ["Phone", "电话本（备份）", "Téléphone 2.0", "/product/app/Dialer", "a-b_c.d: e, f"]
        {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown_instead() {
        assert_eq!(shown("a\u{1b}[2Jb"), r"a\u{1b}[2Jb");
        assert_eq!(shown("a\nb\r\tc\u{7f}\u{9b}"), r"a\nb\r\tc\u{7f}\u{9b}");
        assert_eq!(
            shown("a\u{202e}kpa.exe\u{2066}\u{200b}\u{feff}"),
            r"a\u{202e}kpa.exe\u{2066}\u{200b}\u{feff}"
        );
        assert_eq!(shown("a\u{2028}b\u{2029}c\u{85}d"), r"a\u{2028}b\u{2029}c\u{85}d");
        assert_eq!(shown("\u{e0041}"), r"\u{e0041}");
        assert_eq!(shown(r"a\nb"), r"a\\nb");
    }

    #[test]
    fn no_control_or_direction_mark_survives_for_any_character() {
        for character in '\0'..=char::MAX {
            let text = shown(&character.to_string());
            assert!(!text.chars().any(is_unsafe), "{:x}", u32::from(character));
        }
    }

    #[test]
    fn a_long_text_says_how_much_is_left() {
        assert_eq!(shown(&"好".repeat(LONGEST_SHOWN + 7)), format!("{}…(+7)", "好".repeat(LONGEST_SHOWN)));
    }

    #[test]
    fn lines_of_our_own_keep_their_breaks() {
        assert_eq!(shown_lines("a\nb\u{1b}c"), "a\nb\\u{1b}c");
    }
}
