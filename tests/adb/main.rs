//! Debian's real `adb` against the phone of `tests/phone`: what the command line does with a device.
//!
//! Every test has an adb server of its own on a socket of its own, so that none sees the devices of another, or of whoever
//! runs the tests.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod change;
mod commands;
mod lab;
mod lies;
mod model;
mod reading;
mod source;
mod transport;
