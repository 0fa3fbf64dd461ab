//! The integration tests, in one binary.

#[cfg(feature = "cli")]
mod profile_files;
mod profiles;
