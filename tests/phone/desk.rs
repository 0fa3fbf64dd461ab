//! Where the programs of the phone come with their words. Takes one request per connection, has it logged, asks the
//! model, lets the lies have their way with the answer.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::answer::Answer;
use crate::lie::{Lies, Told};
use crate::log::Log;
use crate::model::Phone;
use crate::program::{ERRORS, OUTPUT, STATUS, length};
use crate::wire::cut::Cable;
use crate::{control, say};

/// Everything a request can reach.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) phone: Mutex<Phone>,
    pub(crate) lies: Mutex<Lies>,
    pub(crate) cable: Arc<Cable>,
    pub(crate) log: Arc<Log>,
}

impl Desk {
    /// Answers requests until the process ends.
    pub(crate) fn serve(self: Arc<Self>, listener: &UnixListener) {
        for visitor in listener.incoming().flatten() {
            let desk = Arc::clone(&self);
            thread::spawn(move || desk.attend(visitor));
        }
    }

    fn attend(&self, mut visitor: UnixStream) {
        let Ok(mut words) = request(&mut visitor) else { return };
        let stream = words.remove(0);
        if words.first().is_some_and(|name| name == "phone") {
            let answer = control::obey(self, words.get(1..).unwrap_or_default());
            let _ = give(&mut visitor, &answer);
            return;
        }
        self.log.program(&stream, &words);
        let told = {
            let lies = self.lies.lock().unwrap_or_else(PoisonError::into_inner);
            let mut phone = self.phone.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = say::answer(&mut phone, &lies, &words);
            lies.tell(&words, answer)
        };
        match told {
            Told::Answer(answer) => {
                let _ = give(&mut visitor, &answer);
            }
            Told::Flood(bytes) => {
                let _ = flood(&mut visitor, bytes);
            }
            // Until the visitor gives up.
            Told::Nothing => {
                let _ = visitor.read(&mut [0]);
            }
        }
    }
}

/// Reads a request: the stream and the words.
fn request(visitor: &mut UnixStream) -> io::Result<Vec<String>> {
    let mut size = || -> io::Result<usize> {
        let mut bytes = [0; 4];
        visitor.read_exact(&mut bytes)?;
        Ok(usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX))
    };
    let count = size()?;
    let mut words = Vec::new();
    for _ in 0..count {
        let mut bytes = [0; 4];
        visitor.read_exact(&mut bytes)?;
        let mut word = vec![0; usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(0)];
        visitor.read_exact(&mut word)?;
        words.push(String::from_utf8_lossy(&word).into_owned());
    }
    if words.len() < 2 { Err(io::ErrorKind::InvalidData.into()) } else { Ok(words) }
}

fn give(visitor: &mut UnixStream, answer: &Answer) -> io::Result<()> {
    for (of, bytes) in [(ERRORS, &answer.errors), (OUTPUT, &answer.output)] {
        if !bytes.is_empty() {
            piece(visitor, of, bytes)?;
        }
    }
    status(visitor, answer.status)
}

/// Gives so many bytes without an end of a line.
fn flood(visitor: &mut UnixStream, mut bytes: usize) -> io::Result<()> {
    let block = vec![b'x'; 1 << 16];
    while bytes > 0 {
        let size = bytes.min(block.len());
        piece(visitor, OUTPUT, &block[..size])?;
        bytes -= size;
    }
    status(visitor, 0)
}

fn piece(visitor: &mut UnixStream, of: u8, bytes: &[u8]) -> io::Result<()> {
    visitor.write_all(&[of])?;
    visitor.write_all(&length(bytes.len()))?;
    visitor.write_all(bytes)
}

fn status(visitor: &mut UnixStream, status: u8) -> io::Result<()> {
    visitor.write_all(&[STATUS])?;
    visitor.write_all(&u32::from(status).to_le_bytes())
}
