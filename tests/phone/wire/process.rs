//! The shell behind a stream: the host's own `/bin/sh`, with nothing on its path but what a phone has.

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Where shells find their programs and the phone.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings {
    /// The folder of links named like Android's programs.
    pub(crate) programs: PathBuf,
    /// The socket on which they reach the phone.
    pub(crate) desk: PathBuf,
}

impl Surroundings {
    /// Starts a shell; `line` is what adbd hands to `sh -c`, empty for an interactive one.
    pub(crate) fn shell(&self, line: &str, stream: u32) -> io::Result<Child> {
        let mut shell = Command::new("/bin/sh");
        if !line.is_empty() {
            shell.arg("-c").arg(line);
        }
        shell
            .env_clear()
            .env("PATH", &self.programs)
            .env(crate::program::DESK, &self.desk)
            .env(crate::program::STREAM, stream.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}
