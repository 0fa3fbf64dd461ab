//! What became of a question: its answer as text or bytes, or why there is none.

use std::borrow::Cow;

use crate::adb::Answer;
use crate::source::unread::UnreadReason;

/// The longest text of a reason, in characters.
const SHORT: usize = 300;

/// How programs of the platform say that they do not know a word, a service or an option.
const UNKNOWN: [&str; 6] = [
    "Unknown command",
    "Unknown option",
    "unknown option",
    "Can't find service",
    "cmd: Can't find service",
    "Error: unknown command",
];

/// How they say that this caller may not know.
const FORBIDDEN: [&str; 4] =
    ["SecurityException", "Permission Denial", "Permission denied", "Operation not permitted"];

/// Returns the whole text of an answer.
///
/// # Errors
/// Why there is none: the device does not know the program, its service or an option; the caller may not ask; the answer is
/// longer than what is kept; the service was silent; the program failed.
pub(super) fn text(answer: &Answer) -> Result<Cow<'_, str>, UnreadReason> {
    bytes(answer)?;
    let text = answer.text();
    let start = &beginning(&text);
    if UNKNOWN.iter().any(|said| start.contains(said)) {
        return Err(UnreadReason::NotOnThisRelease { detail: short(&text) });
    }
    // A dump has megabytes: this search looks at many bytes at once.
    if memchr::memmem::find(text.as_bytes(), b"DUMP TIMEOUT (").is_some() {
        return Err(UnreadReason::TimedOut { detail: "the service was silent".to_owned() });
    }
    if FORBIDDEN.iter().any(|said| start.contains(said)) {
        return Err(UnreadReason::NeedsPermission { detail: short(&text) });
    }
    Ok(text)
}

/// Returns the whole output of an answer.
///
/// # Errors
/// As [`text`].
pub(super) fn bytes(answer: &Answer) -> Result<&[u8], UnreadReason> {
    if answer.cut {
        let size = u64::try_from(answer.output.len()).unwrap_or(u64::MAX);
        return Err(UnreadReason::TooLarge { size: size.saturating_add(1), limit: size });
    }
    match answer.status {
        0 => Ok(&answer.output),
        127 => Err(UnreadReason::NotOnThisRelease { detail: short(&answer.text()) }),
        status => Err(failure(&answer.text(), status)),
    }
}

/// Why a program ended with another status than 0.
fn failure(said: &str, status: i32) -> UnreadReason {
    let detail = short(said);
    if UNKNOWN.iter().any(|word| said.contains(word)) {
        UnreadReason::NotOnThisRelease { detail }
    } else if FORBIDDEN.iter().any(|word| said.contains(word)) {
        UnreadReason::NeedsPermission { detail }
    } else if detail.is_empty() {
        UnreadReason::Io { message: format!("the device's program ended with status {status}") }
    } else {
        UnreadReason::Io { message: detail }
    }
}

/// The first line that says something, cut to what a reason needs.
pub(super) fn short(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    beginning(line)
}

fn beginning(text: &str) -> String {
    text.chars().take(SHORT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(output: &str, status: i32) -> Option<&'static str> {
        let answer = Answer { output: output.as_bytes().to_vec(), status, cut: false };
        text(&answer).err().map(|reason| reason.id())
    }

    #[test]
    fn what_the_platform_says_instead_of_an_answer_is_told_apart() {
        assert_eq!(why("package:a.b\n", 0), None);
        assert_eq!(why("sh: unzip: inaccessible or not found\n", 127), Some("not-on-this-release"));
        assert_eq!(why("Can't find service: role\n", 0), Some("not-on-this-release"));
        assert_eq!(why("Error: Unknown option: --show-versioncode\n", 1), Some("not-on-this-release"));
        assert_eq!(
            why("\nException occurred while executing 'list':\njava.lang.SecurityException: x\n", 255),
            Some("needs-permission")
        );
        assert_eq!(why("cat: /data/x: Permission denied\n", 1), Some("needs-permission"));
        assert_eq!(why("*** SERVICE 'package' DUMP TIMEOUT (10000ms) EXPIRED ***", 0), Some("timed-out"));
        assert_eq!(why("", 1), Some("io"));
        let cut = Answer { output: vec![b'x'; 10], status: 0, cut: true };
        assert_eq!(text(&cut).unwrap_err(), UnreadReason::TooLarge { size: 11, limit: 10 });
    }
}
