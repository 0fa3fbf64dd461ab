//! The device end of adb's transport. Takes connections of an adb server, gives each stream it opens a shell; knows
//! nothing of packages.
//!
//! The protocol is the one described in AOSP's `packages/modules/adb/protocol.txt` and, for what a shell's stream holds,
//! `shell_service.h` (the shell protocol, version 2).

pub(crate) mod connection;
pub(crate) mod cut;
mod packet;
pub(crate) mod process;
mod shell;
mod stream;
