//! Reads JSON. Whatever the library reads it reads from bytes, so that each type has one reader in a phone's library, not one
//! for bytes and one for text.

use serde::Deserialize;

/// Reads a value from a text.
///
/// # Errors
/// When the text is no JSON, or not of the value's form.
pub(crate) fn of_text<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    serde_json::from_slice(text.as_bytes())
}
