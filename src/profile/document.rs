//! One TOML file as spanned values, with every place where it is not TOML.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The tables of a file. What is not TOML was left out of them.
pub(super) struct Document<'a>(DeTable<'a>);

/// A place where a file is not TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// The bytes it is about.
    pub(super) span: Range<usize>,
    /// What the parser says, in English.
    pub(super) words: String,
    /// Whether it is about a date that the calendar does not have. Its value was kept, and whoever reads it says so.
    pub(super) is_date: bool,
}

impl<'a> Document<'a> {
    /// Reads a text, also past places that are not TOML.
    pub(super) fn parse(text: &'a str) -> (Self, Vec<SyntaxError>) {
        let (tables, errors) = DeTable::parse_recoverable(text);
        let error = |error: toml::de::Error| {
            let words = if is_too_deep(error.message()) { TOO_DEEP } else { error.message() };
            SyntaxError {
                span: error.span().unwrap_or_else(|| deep_line(text)),
                words: words.to_owned(),
                is_date: words.starts_with("invalid date"),
            }
        };
        (Self(tables.into_inner()), errors.into_iter().map(error).collect())
    }

    /// Returns the tables.
    pub(super) const fn entries(&self) -> &DeTable<'a> {
        &self.0
    }
}

impl Drop for Document<'_> {
    /// Takes the tables apart one by one. Dotted keys inside inline tables can nest them some 6,000 deep, and dropping
    /// them as they are would go as deep into the stack.
    fn drop(&mut self) {
        let mut left: Vec<Spanned<DeValue<'_>>> =
            std::mem::take(&mut self.0).into_iter().map(|(_, value)| value).collect();
        while let Some(value) = left.pop() {
            match value.into_inner() {
                DeValue::Table(table) => left.extend(table.into_iter().map(|(_, value)| value)),
                DeValue::Array(array) => left.extend(array),
                _ => {}
            }
        }
    }
}

/// What is said of a file that goes deeper than the parser does.
pub(super) const TOO_DEEP: &str = "nested too deeply";

fn is_too_deep(words: &str) -> bool {
    words == "recursion limit" || words.starts_with("cannot recurse further")
}

/// Returns the first line that can hold a key of too many parts: the parser does not say where that key is.
fn deep_line(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.matches('.').count() >= 79 {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_nested_as_deep_as_the_parser_goes_does_not_exhaust_a_small_stack() {
        let key = vec!["a"; 78].join(".");
        let text = format!("{}x = 1{}", format!("{key} = {{").repeat(78), "}".repeat(78));
        let read = move || Document::parse(&text).1;
        let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(read).unwrap();
        assert_eq!(thread.join().unwrap(), []);
    }

    #[test]
    fn a_key_of_too_many_parts_is_found() {
        let text = format!("a = 1\n{} = 2\n", vec!["b"; 200].join("."));
        let (_, errors) = Document::parse(&text);
        assert_eq!(errors[0].words, TOO_DEEP);
        assert!(text[errors[0].span.clone()].starts_with("b.b"));
    }
}
