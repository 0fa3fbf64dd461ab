//! The JSON form of every result.

use std::fmt::Write as _;

use serde::Serialize;

use crate::report::escape::is_unsafe;

/// Returns a result as JSON, indented, with a line break at the end. The same result always gives the same bytes.
///
/// Characters that could act on a terminal stand as `\\u` escapes, which every reader of JSON takes for the characters
/// themselves.
///
/// # Errors
/// Never for the results of this crate; serialisation of another type may fail.
pub fn render(result: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(result)?;
    let mut safe = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // The line breaks are those between fields: one inside a string stands escaped already.
        if character != '\n' && is_unsafe(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing into a string cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe.push('\n');
    Ok(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_escaped_and_read_back_the_same() {
        let hostile = "a\u{1b}[2J\n\u{202e}\u{9b}\u{7f}\u{e0041}\"\\设置";
        let text = render(&hostile).unwrap();
        assert!(!text.trim_end().chars().any(is_unsafe), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
    }
}
