//! What the platform's own words mean when it does not do what it was told. Takes the output and the status of a command;
//! gives nothing, or the reason. The words are those of `PackageManagerShellCommand`, `AppOpsService.Shell`,
//! `RoleManagerShellCommand` and of the exceptions behind them, Android 7 to 16.

use crate::adb::Answer;
use crate::enforce::{Because, Obstacle};

/// The longest text of an obstacle, in characters.
const LONGEST_DETAIL: usize = 300;

/// Words and what they mean, in lower case, the most telling first.
const WORDS: [(&str, Because); 33] = [
    ("unknown command", Because::NotOnThisRelease),
    ("unknown option", Because::NotOnThisRelease),
    ("unknown operation", Because::NotOnThisRelease),
    ("can't find service", Because::NotOnThisRelease),
    ("not found\n", Because::NotOnThisRelease),
    ("inaccessible or not found", Because::NotOnThisRelease),
    ("delete_failed_device_policy_manager", Because::FixedByPolicy),
    ("delete_failed_user_restricted", Because::FixedByPolicy),
    ("delete_failed_owner_blocked", Because::FixedByPolicy),
    ("policy fixed", Because::FixedByPolicy),
    ("policy-fixed", Because::FixedByPolicy),
    ("delete_failed_", Because::FixedBySystem),
    ("system fixed", Because::FixedBySystem),
    ("system-fixed", Because::FixedBySystem),
    ("protected package", Because::FixedBySystem),
    ("required package", Because::FixedBySystem),
    ("is not a changeable permission", Because::FixedBySystem),
    ("not a changeable permission type", Because::FixedBySystem),
    ("unknown package", Because::Gone),
    ("unable to find package", Because::Gone),
    ("no uid for", Because::Gone),
    ("not installed for", Because::Gone),
    ("doesn't exist", Because::Gone),
    ("does not exist", Because::Gone),
    ("namenotfoundexception", Because::Gone),
    ("has not requested permission", Because::Gone),
    ("unknown permission", Because::NotOnThisRelease),
    ("securityexception", Because::NeedsPermission),
    ("permission denial", Because::NeedsPermission),
    ("shell cannot", Because::NeedsPermission),
    ("not allowed to", Because::NeedsPermission),
    ("neither user", Because::NeedsPermission),
    ("timed out", Because::TimedOut),
];

/// What an answer of no success begins with, or has at the beginning of a line.
const FAILURES: [&str; 9] = [
    "failure",
    "failed",
    "error",
    "exception",
    "java.lang.",
    "bad ",
    "unknown",
    "security exception",
    "cmd: ",
];

/// Returns why a command failed; `None` when nothing says that it did.
pub fn failure(answer: &Answer) -> Option<Obstacle> {
    let text = answer.text();
    let lower = text.to_lowercase();
    let says_so = lower.lines().any(|line| {
        let line = line.trim_start();
        FAILURES.iter().any(|word| line.starts_with(word))
    });
    if answer.status == 0 && !says_so && !lower.contains("securityexception") {
        return None;
    }
    Some(Obstacle { because: because(&lower), detail: short(&text, answer.status) })
}

/// Returns what the words mean.
fn because(lower: &str) -> Because {
    WORDS.iter().find(|(word, _)| lower.contains(word)).map_or(Because::Failed, |(_, because)| *because)
}

/// The first line that says something, bounded.
fn short(text: &str, status: i32) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = lines().find(|line| {
        let line = line.to_lowercase();
        FAILURES.iter().any(|word| line.starts_with(word)) || line.contains("exception")
    });
    match telling.or_else(|| lines().next()) {
        Some(line) => line.chars().take(LONGEST_DETAIL).collect(),
        None => format!("status {status}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(output: &str, status: i32) -> Answer {
        Answer { output: output.as_bytes().to_vec(), status, cut: false }
    }

    #[test]
    fn the_platforms_words_are_understood() {
        let rows = [
            ("Failure [DELETE_FAILED_INTERNAL_ERROR]\n", 1, Because::FixedBySystem),
            ("Failure [DELETE_FAILED_DEVICE_POLICY_MANAGER]\n", 0, Because::FixedByPolicy),
            ("Failure [not installed for 0]\n", 1, Because::Gone),
            (
                "\nException occurred while executing 'disable-user':\njava.lang.SecurityException: Shell cannot change \
                 component state for a.b/null to 2\n\tat com.android…\n",
                255,
                Because::NeedsPermission,
            ),
            ("Error: Unknown operation string: NO_SUCH_OP\n", 255, Because::NotOnThisRelease),
            ("Error: No UID for a.b in user 0\n", 255, Because::Gone),
            (
                "\nException occurred while executing 'revoke':\njava.lang.SecurityException: Cannot revoke system fixed \
                 permission android.permission.CAMERA for package a.b\n",
                255,
                Because::FixedBySystem,
            ),
            ("cmd: Can't find service: role\n", 20, Because::NotOnThisRelease),
            ("/system/bin/sh: cmd: not found\n", 127, Because::NotOnThisRelease),
            ("", 137, Because::Failed),
        ];
        for (output, status, because) in rows {
            assert_eq!(failure(&answer(output, status)).unwrap().because, because, "{output}");
        }
        assert_eq!(failure(&answer("", 137)).unwrap().detail, "status 137");
        assert!(failure(&answer(rows[4].0, 0)).unwrap().detail.starts_with("Error: Unknown operation"));
        for fine in ["Success\n", "Package a.b new state: disabled-user\n", "", "CAMERA: allow\n"] {
            assert_eq!(failure(&answer(fine, 0)), None, "{fine}");
        }
    }
}
