//! What a program of the phone says.

/// Output, errors and exit status of one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) output: Vec<u8>,
    pub(crate) errors: Vec<u8>,
    pub(crate) status: u8,
}

impl Answer {
    /// Says a text and succeeds.
    pub(crate) fn said(text: impl Into<Vec<u8>>) -> Self {
        Self { output: text.into(), ..Self::default() }
    }

    /// Says a text where errors go, and fails.
    pub(crate) fn failed(status: u8, text: impl Into<Vec<u8>>) -> Self {
        Self { errors: text.into(), status, ..Self::default() }
    }

    /// Says a text where output goes, and fails, as `pm` does.
    pub(crate) fn refused(status: u8, text: impl Into<Vec<u8>>) -> Self {
        Self { output: text.into(), status, ..Self::default() }
    }
}
