//! Text from a file, made safe to show on a terminal and to quote in a message.

use std::borrow::Cow;

/// The most characters of a text that a message quotes.
const MAX_QUOTED: usize = 120;

/// Returns `text` for a quotation: one line, no control or invisible formatting characters, cut when very long.
///
/// A key or name in a hostile file could hold terminal escapes, line breaks or characters that reverse the direction
/// of writing; those are shown as `\u{…}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().count() > MAX_QUOTED {
        let cut: String = text.chars().take(MAX_QUOTED).collect();
        return Cow::Owned(escaped(&cut).into_owned() + "…");
    }
    escaped(text)
}

/// Returns `text` as [`visible`] does, at its full length: for text that is printed in its own right.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_plain(c) { shown.push(c) } else { shown.extend(c.escape_debug()) }
    }
    Cow::Owned(shown)
}

/// Returns whether `c` shows itself: quotes and combining marks do, though [`char::escape_debug`] would escape them.
fn is_plain(c: char) -> bool {
    matches!(c, '\'' | '"' | '\\') || c.escape_debug().len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_on_a_terminal_is_spelt_out() {
        assert_eq!(visible("a\u{1b}[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb\\nc\\u{202e}d");
    }

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["com.example", "通信录 \"x\" it's", "C:\\x", ""] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn long_text_is_cut_at_a_character() {
        assert_eq!(visible(&"字".repeat(500)).chars().count(), MAX_QUOTED + 1);
    }
}
