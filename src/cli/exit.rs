//! Exit statuses as a type: the same for every format.

use std::process::ExitCode;

/// How a run ended.
///
/// `audit` and `plan` judge the device; `classify` and `snapshot` judge nothing, so they end with [`Self::Compliant`],
/// or with [`Self::Undecided`] when something of the source was not read; `diff` asks whether the second source is
/// worse; `profile check` asks whether the file is right; `explain` and the other forms of `profile` only tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: the rule is kept; nothing is left open.
    Compliant,
    /// 1: the rule is not kept.
    NotCompliant,
    /// 2: not decided, because something was not read, is not known, or is left to a person.
    Undecided,
    /// 3: the run could not do its work: wrong usage, unreadable input, a mistake of the program.
    Error,
}

impl ExitStatus {
    /// Returns the number that the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Compliant => 0,
            Self::NotCompliant => 1,
            Self::Undecided => 2,
            Self::Error => 3,
        }
    }

    /// Returns the status of a command that judges nothing: whether all of the source was read.
    pub const fn of_reading(complete: bool) -> Self {
        if complete { Self::Compliant } else { Self::Undecided }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
