//! Stage 1: where facts come from. Takes a path, gives a [`snapshot::Snapshot`]; never judges.
//!
//! | source | sees | does not see |
//! |---|---|---|
//! | a firmware tree | every file of the image it was unpacked from | users, what a user changed, files cut from the tree |
//! | one APK | one package | the place it would have on a device |
//! | a snapshot | what its writer saw | anything newer |
//! | a device over adb | its image as a tree, and what its shell may know of every user | what only root may read, resource tables |
//! | saved output of a device | packages, their places, states and filters | manifests, configuration, whether it was cut |
//! | the running device | what the platform tells this program, for every user | what the platform hides: each with its reason |

#[cfg(feature = "cli")]
pub mod adb;
#[cfg(feature = "apk")]
pub mod apk;
pub mod count;
#[cfg(feature = "apk")]
pub mod device;
pub mod error;
#[cfg(feature = "files")]
pub mod expected;
pub mod load;
pub mod property;
#[cfg(feature = "files")]
mod read;
pub mod snapshot;
#[cfg(feature = "files")]
pub mod tree;
pub mod unread;

pub use error::Error;
#[cfg(feature = "files")]
pub use read::{Progress, ReadOptions, Silent, read, rfc3339};
