//! A phone on a cable as a source. Takes a [`Shell`](crate::adb::Shell) of the device, gives a
//! [`Snapshot`](crate::source::snapshot::Snapshot); changes nothing on it.
//!
//! Two kinds of facts come together. What lies in the image - manifests, configuration, lists of the maker - is read as from a
//! firmware tree, by the same code (`image`). What the running platform knows - users, what is installed, switched,
//! updated, who holds a role - is told by `pm`, `dumpsys` and `cmd`. The platform is asked in more than one way, and where
//! the answers differ that is said (`compare`). Whatever a device does not tell is listed with its reason.
//!
//! Also here: what was saved of a phone ([`saved`]), told by the same parsers.

#![cfg_attr(
    not(test),
    warn(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::indexing_slicing)
)]

mod answer;
mod ask;
mod assemble;
mod compare;
pub mod dump;
pub mod getprop;
mod image;
pub mod listing;
pub mod policy;
pub mod probe;
mod probed;
mod read;
pub mod role;
pub mod saved;
pub mod settings;
mod told;
pub mod users;

use crate::package::PackageName;
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

pub use dump::Table;
pub use read::{Options, read};

/// An intent that the platform is asked for: which components of the main user answer it?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Which kind of component is asked.
    pub component: Table,
    /// The action.
    pub action: String,
    /// The categories.
    pub categories: Vec<String>,
    /// The data URI.
    pub data: Option<String>,
    /// The MIME type.
    pub mime_type: Option<String>,
}

/// Some facts that were not read, of one package or of the device.
fn unread(what: &str, package: Option<&PackageName>, reason: UnreadReason) -> Unread {
    Unread { kind: UnreadKind::Facts, path: what.to_owned(), package: package.cloned(), reason }
}
