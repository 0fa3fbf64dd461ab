//! The conversation with a phone on a cable, through the platform's own `adb` program. Takes commands as words, gives
//! each one's answer; never decides what to ask and never reads what an answer means.
//!
//! | file | what |
//! |---|---|
//! | `program.rs` | finds `adb`, picks the device |
//! | `command.rs` | one command as words; the one place where words are quoted for a shell |
//! | `answer.rs` | what comes back: an answer, or that there is none |
//! | `frame.rs` | tells the answers of one stream apart |
//! | `shell.rs` | the stream: one `adb shell` process for its whole life |
//!
//! A phone may lie, stop in the middle of a word or never stop: an answer is whole, or it says that it was cut, or the
//! stream is [`Gone`].

pub mod answer;
pub mod command;
pub mod error;
mod frame;
pub mod program;
pub mod shell;

pub use answer::{Answer, Gone};
pub use command::Command;
pub use error::Error;
pub use program::Program;
pub use shell::{AdbShell, Shell};
