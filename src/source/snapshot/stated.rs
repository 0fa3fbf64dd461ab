//! A value as a manifest gives it: literal, or by a reference.

use serde::{Deserialize, Serialize};

/// A value as a manifest states it. Absence is expressed by `Option` around it and means the platform's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Stated<T> {
    /// A literal value, or a reference that the APK's own resource table resolved.
    Value(T),
    /// A reference that nothing at hand resolves.
    Reference {
        /// The reference as written: `@0x7f050001`, `?0x01010000`, or the text `@bool/name`.
        reference: String,
    },
}

impl<T> Stated<T> {
    /// Returns the value, or `None` for an unresolved reference.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Reference { .. } => None,
        }
    }
}
