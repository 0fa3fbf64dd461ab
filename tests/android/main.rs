//! What `android/build` makes, and what goes into an OEM's tree beside it.
//!
//! The build installs what it lacks; where it cannot, these tests fail and say what to install.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod apk;
mod build;
mod dex;
mod elf;
mod library;
mod linker;
mod oem;
mod refusal;
mod soong;
