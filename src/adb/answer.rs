//! What comes back from a device: the answer to one command, or that there will be none.

use std::borrow::Cow;

/// What a device answered to one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the program wrote: its output, and its errors unless the command drops them.
    pub output: Vec<u8>,
    /// Its exit status; 127 where the device has no such program.
    pub status: i32,
    /// Whether the output was longer than the command allows: `output` then holds its beginning.
    pub cut: bool,
}

impl Answer {
    /// Returns the output as text, with U+FFFD for what is no UTF-8.
    pub fn text(&self) -> Cow<'_, str> {
        // A dump has megabytes, and whether it is UTF-8 throughout is found much faster than what is not.
        match std::str::from_utf8(&self.output) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(&self.output),
        }
    }

    /// Returns whether the program ended well and all it said is here.
    pub const fn is_whole(&self) -> bool {
        self.status == 0 && !self.cut
    }
}

/// The stream to the device ended, timed out, or broke its framing. What was asked may or may not have been done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection to the device is gone: {detail}")]
pub struct Gone {
    /// What happened, in English, with what `adb` said.
    pub detail: String,
}
