//! A phone of `tests/phone` in a process of its own, that ends with the test.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::lab::{install, root};

/// How a phone is to be.
#[derive(Debug)]
pub(crate) struct Setup {
    facts: PathBuf,
    words: Vec<OsString>,
}

/// A running phone.
#[derive(Debug)]
pub(crate) struct Phone {
    folder: TempDir,
    process: Child,
    port: u16,
}

/// What the phone was asked: a program, as the shell took its words apart, and the stream it ran in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) stream: u64,
    pub(crate) words: Vec<String>,
}

impl Setup {
    /// Adds words of `phone serve`.
    pub(crate) fn with(mut self, words: &[&str]) -> Self {
        self.words.extend(words.iter().map(OsString::from));
        self
    }

    pub(crate) fn start(&self) -> Phone {
        let folder = TempDir::new().unwrap();
        let mut process = Command::new(install::phone())
            .args(["serve", "--folder"])
            .arg(folder.path())
            .arg("--facts")
            .arg(&self.facts)
            .args(&self.words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the phone says why it does not start");
        Phone { folder, process, port }
    }
}

impl Phone {
    /// A phone of committed facts, or of a tree.
    pub(crate) fn of(facts: &str) -> Setup {
        Setup { facts: root().join(facts), words: Vec::new() }
    }

    /// Writes the image that a phone of committed facts shows.
    pub(crate) fn image(facts: &str) -> TempDir {
        let folder = TempDir::new().unwrap();
        let mut process = Command::new(install::phone());
        let status = process.arg("image").arg(root().join(facts)).arg(folder.path()).status().unwrap();
        assert!(status.success());
        folder
    }

    /// The serial by which adb knows it.
    pub(crate) fn serial(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// `adb:` and the serial.
    pub(crate) fn source(&self) -> String {
        format!("adb:{}", self.serial())
    }

    /// Gives the phone an order (`tests/phone/control.rs`); returns what it says.
    pub(crate) fn order(&self, words: &[&str]) -> String {
        let mut request = Vec::new();
        let words: Vec<&str> = ["", "phone"].iter().chain(words).copied().collect();
        request.extend(u32::try_from(words.len()).unwrap().to_le_bytes());
        for word in words {
            request.extend(u32::try_from(word.len()).unwrap().to_le_bytes());
            request.extend(word.as_bytes());
        }
        let mut desk = UnixStream::connect(self.folder.path().join("desk")).unwrap();
        desk.write_all(&request).unwrap();
        desk.shutdown(Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        desk.read_to_end(&mut answer).unwrap();
        let (mut said, mut rest) = (String::new(), answer.as_slice());
        loop {
            let (header, after) = rest.split_first_chunk::<5>().unwrap();
            let size =
                usize::try_from(u32::from_le_bytes([header[1], header[2], header[3], header[4]])).unwrap();
            if header[0] == 3 {
                assert_eq!(size, 0, "{said}");
                return said;
            }
            said.push_str(&String::from_utf8_lossy(&after[..size]));
            rest = &after[size..];
        }
    }

    /// Everything that a change can change.
    pub(crate) fn state(&self) -> Value {
        serde_json::from_str(&self.order(&["state"])).unwrap()
    }

    /// Everything that was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        let of = |value: &Value| {
            let words = value["words"].as_array()?.iter().map(|word| word.as_str().unwrap().to_owned());
            Some(Asked { stream: value["stream"].as_u64().unwrap(), words: words.collect() })
        };
        self.log().iter().filter_map(of).collect()
    }

    /// The services of the streams that were opened so far.
    pub(crate) fn streams(&self) -> Vec<String> {
        self.log().iter().filter_map(|value| Some(value["service"].as_str()?.to_owned())).collect()
    }

    fn log(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.path().join("log")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
