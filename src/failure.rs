//! Why a request could not be carried out at all, in both languages and with a code for programs. What was found out about
//! a phone is never a failure.

use std::fmt::{self, Display};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::language::{Language, Localized, Text};
use crate::request;

/// A request that could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, for programs.
    pub code: FailureCode,
    /// The message in English.
    pub en: String,
    /// The message in Chinese.
    pub zh: String,
}

/// Codes of failures. Words are kebab-case and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FailureCode {
    /// The request or a file is not of the documented form.
    BadInput,
    /// A file could not be read or written.
    Failed,
    /// The carrier did not answer before anything was done.
    Callback,
    /// A chained file was changed after it was written.
    Tampered,
    /// The file was written by a newer version of this program.
    NewerVersion,
    /// Another run works with the same file.
    InUse,
}

impl FailureCode {
    /// Returns the word used across programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::BadInput => "bad-input",
            Self::Failed => "failed",
            Self::Callback => "callback",
            Self::Tampered => "tampered",
            Self::NewerVersion => "newer-version",
            Self::InUse => "in-use",
        }
    }
}

impl Failure {
    /// Says `text` in both languages.
    pub fn new(code: FailureCode, text: Text, values: &[(&str, &dyn Display)]) -> Self {
        Self { code, en: text.fill(Language::English, values), zh: text.fill(Language::Chinese, values) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl std::error::Error for Failure {}

impl Localized for Failure {
    fn localized(&self, language: Language) -> String {
        match language {
            Language::English => self.en.clone(),
            Language::Chinese => self.zh.clone(),
        }
    }
}

/// The longest request that is read, in bytes: a plan of a phone with thousands of packages takes less.
pub const LONGEST_REQUEST: usize = 32 << 20;

/// Reads a request that is of one kind only.
///
/// # Errors
/// When it is not of its documented form, or too long.
pub fn request<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    read(bytes, |bytes| serde_json::from_slice(bytes))
}

/// Reads a request whose `ask` names which of several it is: a variant of an enum.
///
/// # Errors
/// As [`request`].
pub fn one_of<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    read(bytes, request::read)
}

fn read<T>(bytes: &[u8], read: impl FnOnce(&[u8]) -> serde_json::Result<T>) -> Result<T, Failure> {
    const MALFORMED: Text =
        Text::new("the request is not of the documented form: {error}", "请求不符合约定的格式：{error}");
    const TOO_LONG: Text =
        Text::new("the request has {bytes} bytes, more than {most}", "请求长 {bytes} 字节，超过上限 {most}");
    if bytes.len() > LONGEST_REQUEST {
        let values: [(&str, &dyn Display); 2] = [("bytes", &bytes.len()), ("most", &LONGEST_REQUEST)];
        return Err(Failure::new(FailureCode::BadInput, TOO_LONG, &values));
    }
    read(bytes).map_err(|error| Failure::new(FailureCode::BadInput, MALFORMED, &[("error", &error)]))
}

/// Writes an answer as JSON bytes.
///
/// # Errors
/// When the answer cannot be written as JSON, which no answer of this crate is.
pub fn answer(answer: &impl Serialize) -> Result<Vec<u8>, Failure> {
    const UNWRITABLE: Text = Text::new("the answer could not be written: {error}", "无法写出结果：{error}");
    serde_json::to_vec(answer)
        .map_err(|error| Failure::new(FailureCode::Failed, UNWRITABLE, &[("error", &error)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_request_says_where_in_both_languages() {
        let failure = request::<Vec<u8>>(b"[1,").unwrap_err();
        assert_eq!(failure.code.id(), "bad-input");
        assert!(failure.en.contains("line 1 column 3"), "{failure}");
        assert!(failure.localized(Language::Chinese).starts_with("请求不符合约定的格式"));
        assert_eq!(request::<Vec<u8>>(b"[1]"), Ok(vec![1]));
    }
}
