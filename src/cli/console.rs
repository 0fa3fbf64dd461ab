//! What the terminal around a run is like: its language, whether it shows colour, whether it shows progress.

use std::io::{IsTerminal as _, Write as _};

use crate::language::Language;

/// The surroundings of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    /// The language of everything a person reads.
    pub(crate) language: Language,
    /// Whether standard output shows colour.
    pub(crate) colour: bool,
    /// Whether progress may be drawn on standard error.
    pub(crate) progress: bool,
}

impl Console {
    /// Looks at the process's own streams and environment.
    pub(super) fn new(language: Language) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            language,
            colour: std::io::stdout().is_terminal() && !plain && !dumb,
            progress: std::io::stderr().is_terminal() && !dumb,
        }
    }

    /// Writes lines for people to standard error. A standard error that is gone takes nothing with it.
    pub(crate) fn tell<'a>(lines: impl IntoIterator<Item = &'a str>) {
        let mut stream = std::io::stderr().lock();
        for line in lines {
            if writeln!(stream, "{line}").is_err() {
                return;
            }
        }
    }
}
