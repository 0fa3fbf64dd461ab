//! Stage 7: tells people and machines. Takes the results of the stages before, gives renderings; decides nothing, so
//! every format has the same counts.

pub use crate::escape;
pub mod json;
pub mod result;
#[cfg(feature = "schema")]
pub mod schema;
pub mod verdict;

#[cfg(feature = "cli")]
pub mod table;
#[cfg(feature = "cli")]
pub mod text;

/// The forms a result can be rendered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For a program; the shape is described by the schemas in `config/schema`.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Text, Self::Json];

    /// Returns the word used on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    /// Reads a word; `None` when no format has it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.id() == id)
    }
}
