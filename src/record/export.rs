//! Events as a file: NDJSON for programs, CSV for a table.
//!
//! CSV is that of RFC 4180. A cell that a table program would take for a formula begins with an apostrophe, as OWASP
//! advises; what could act on a terminal or a reader is shown as what it is.

use crate::escape::shown;
use crate::failure::{Failure, FailureCode};
use crate::language::Text;
use crate::record::list::Listed;

/// The columns of the table.
const COLUMNS: [&str; 12] = [
    "seq",
    "when",
    "until",
    "user",
    "package",
    "kind",
    "what",
    "foreground",
    "precise",
    "count",
    "attribution",
    "origin",
];

/// Writes one event a line.
///
/// # Errors
/// When an event cannot be written as JSON, which no event of this crate is.
pub fn ndjson(events: &[Listed]) -> Result<String, Failure> {
    const FAILED: Text = Text::new("failed to write an event: {error}", "无法写出事件：{error}");
    let mut text = String::new();
    for event in events {
        let line = serde_json::to_string(event)
            .map_err(|error| Failure::new(FailureCode::Failed, FAILED, &[("error", &error)]))?;
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// Writes a table with a head.
pub fn csv(events: &[Listed]) -> String {
    let mut text = row(COLUMNS.map(str::to_owned));
    for Listed { seq, event } in events {
        let flag = |flag: Option<bool>| flag.map_or_else(String::new, |flag| flag.to_string());
        text.push_str(&row([
            seq.to_string(),
            event.when.to_string(),
            event.until.map_or_else(String::new, |until| until.to_string()),
            event.user.to_string(),
            event.package.to_string(),
            event.kind.id().to_owned(),
            event.what.clone(),
            flag(event.foreground),
            flag(event.precise),
            event.count.map_or_else(String::new, |count| count.to_string()),
            event.attribution.clone().unwrap_or_default(),
            event.origin.id().to_owned(),
        ]));
    }
    text
}

fn row<const N: usize>(cells: [String; N]) -> String {
    let mut row = cells.map(|text| cell(&text)).join(",");
    row.push_str("\r\n");
    row
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let shown = shown(text);
    let text = if formula { format!("'{shown}") } else { shown };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_its_row() {
        assert_eq!(cell("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assert_eq!(cell("@cmd"), "'@cmd");
        assert_eq!(cell("\tx"), "'\\tx");
        assert_eq!(cell("a\r\nb,c"), "\"a\\r\\nb,c\"");
        assert_eq!(cell("android:camera"), "android:camera");
    }
}
