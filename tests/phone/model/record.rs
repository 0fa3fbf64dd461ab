//! What apps did: one record per access.

/// An access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) package: String,
    pub(crate) user: u32,
    pub(crate) operation: String,
    /// Seconds since 1970.
    pub(crate) at: u64,
    /// Milliseconds; 0 for an access without a length.
    pub(crate) lasted: u64,
    pub(crate) refused: bool,
}
