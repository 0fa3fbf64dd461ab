//! The JSON of a reader's answers. Takes bytes, gives facts and what was not read; what is of no known form is a reason.

use std::borrow::Cow;

use serde::Deserialize;

use crate::source::device::bound::short;
use crate::source::snapshot::PackageFacts;
use crate::source::unread::UnreadReason;

/// The answer about one package.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Record {
    /// The facts, in the form of a snapshot.
    pub(super) package: PackageFacts,
    /// What the platform held back.
    #[serde(default)]
    pub(super) not_read: Vec<NotRead>,
}

/// Something the platform held back.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct NotRead {
    /// The name of the facts: `activities`, `user 10`.
    pub(super) what: String,
    /// Why.
    pub(super) because: Because,
}

/// Why: one word, or a word and what the platform said.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Because {
    /// `needs-permission`.
    Word(String),
    /// `{"why": "needs-permission", "detail": "android.permission.GET_APP_OPS_STATS"}`.
    Detailed {
        why: String,
        #[serde(default)]
        detail: Option<String>,
    },
}

impl From<Because> for UnreadReason {
    fn from(because: Because) -> Self {
        let (why, detail) = match because {
            Because::Word(why) => (why, String::new()),
            Because::Detailed { why, detail } => (why, detail.unwrap_or_default()),
        };
        reason(&why, &detail)
    }
}

/// Makes a reason of a word; one that is not known is kept as the message of a failure.
pub(super) fn reason(why: &str, detail: &str) -> UnreadReason {
    let detail = short(detail);
    match why {
        "needs-permission" | "needs-role" => UnreadReason::NeedsPermission { detail },
        "hidden-user" => UnreadReason::HiddenUser { detail },
        "gone" => UnreadReason::Gone,
        "timed-out" => UnreadReason::TimedOut { detail },
        "not-on-this-release" => UnreadReason::NotOnThisRelease { detail },
        "failed" if !detail.is_empty() => UnreadReason::Io { message: detail },
        _ if detail.is_empty() => UnreadReason::Io { message: short(why) },
        _ => UnreadReason::Io { message: format!("{}: {detail}", short(why)) },
    }
}

/// Reads JSON of any of our forms.
///
/// # Errors
/// [`UnreadReason::Malformed`] with the line and what was expected there.
pub(super) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, UnreadReason> {
    serde_json::from_slice(bytes).map_err(|error| malformed(&error))
}

/// What serde expected, without the place that is told apart. One answer is one line as a rule, so the column is told.
pub(super) fn malformed(error: &serde_json::Error) -> UnreadReason {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message: Cow<'_, str> = message.strip_suffix(place.as_str()).unwrap_or(&message).into();
    let at = u64::try_from(error.column()).unwrap_or(u64::MAX);
    UnreadReason::Malformed { part: "json".to_owned(), at, expected: short(&message) }
}
