//! What the phone was asked, for tests to read: one JSON value a line, each streams it opened and each program with its
//! words.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// The log file.
#[derive(Debug)]
pub(crate) struct Log(Mutex<File>);

impl Log {
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(File::create(path)?)))
    }

    /// An adb server opened a stream.
    pub(crate) fn stream(&self, id: u32, service: &str) {
        self.line(&json!({ "stream": id, "service": service }));
    }

    /// A program ran, as the shell took its words apart.
    pub(crate) fn program(&self, stream: &str, words: &[String]) {
        self.line(&json!({ "stream": stream.parse::<u32>().unwrap_or(0), "words": words }));
    }

    fn line(&self, value: &Value) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(file, "{value}");
    }
}
