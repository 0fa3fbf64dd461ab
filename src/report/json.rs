//! The JSON form of every result.

use serde::Serialize;

/// Returns a result as JSON, indented, with a line break at the end. The same result always gives the same bytes.
///
/// # Errors
/// Never for the results of this crate; serialisation of another type may fail.
pub fn render(result: &impl Serialize) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(result)?;
    text.push('\n');
    Ok(text)
}
