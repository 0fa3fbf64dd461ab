//! The integration tests, in one binary.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

#[cfg(feature = "cli")]
mod answers;
#[cfg(feature = "files")]
mod apk_archive;
#[cfg(feature = "files")]
mod apk_bombs;
#[cfg(feature = "files")]
mod apk_builder;
#[cfg(feature = "files")]
mod apk_manifest;
#[cfg(feature = "files")]
mod apk_properties;
#[cfg(feature = "files")]
mod apk_resources;
#[cfg(feature = "files")]
mod apk_signer;
#[cfg(feature = "files")]
mod bad_input;
mod choices;
#[cfg(feature = "cli")]
mod cli;
mod control;
#[cfg(feature = "cli")]
mod demo;
#[cfg(feature = "files")]
mod device;
mod enforce;
mod enforce_faults;
#[cfg(feature = "files")]
mod firmware;
mod laws;
mod makers;
mod model_phone;
mod phones;
#[cfg(feature = "files")]
mod plan_script;
#[cfg(feature = "cli")]
mod profile_files;
#[cfg(feature = "cli")]
mod profile_firmware;
mod profile_layers;
#[cfg(feature = "cli")]
mod profile_pages;
mod profile_properties;
mod profiles;
#[cfg(feature = "cli")]
mod program;
#[cfg(feature = "cli")]
mod readme;
mod record;
#[cfg(feature = "cli")]
mod report;
mod screen;
#[cfg(feature = "files")]
mod sources;
#[cfg(feature = "cli")]
mod words;
