//! One stream: a shell's input, output and exit status, with the flow control of the transport. A side may write again
//! when its last piece was acknowledged.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::wire::connection::Line;
use crate::wire::packet::{CLOSE, OKAY, Packet, WRITE};
use crate::wire::shell::{self, Chunks, HEADER, Of};

/// How much of a shell's output goes into one piece.
const PIECE: usize = 32 << 10;

/// The handles by which the connection reaches a stream.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) acknowledged: Sender<()>,
    /// What the host wrote; an empty piece ends the input of the older service.
    pub(crate) input: Sender<Vec<u8>>,
    process: Arc<Mutex<Child>>,
}

impl Stream {
    /// Ends the shell, if it has not ended.
    pub(crate) fn end(&self) {
        let _ = self.process.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }
}

/// A part of the answer on its way to the host.
enum Part {
    Bytes(Of, Vec<u8>),
    Exit(u8),
}

/// Carries a shell's bytes in both directions until it ends.
pub(crate) fn start(line: Line, local: u32, remote: u32, mut child: Child, chunked: bool) -> Stream {
    let (acknowledged, acknowledgements) = channel();
    let (input, pieces) = channel();
    let (parts, outgoing) = sync_channel(2);
    let stdin = child.stdin.take();
    let back = line.clone();
    thread::spawn(move || feed(&back, local, remote, &pieces, stdin, chunked));
    let out = child.stdout.take().map(|out| relay(out, Of::Output, parts.clone()));
    let errors = child.stderr.take().map(|errors| relay(errors, Of::Errors, parts.clone()));
    let process = Arc::new(Mutex::new(child));
    let waited = Arc::clone(&process);
    thread::spawn(move || {
        // Its outputs end before it is waited for: whoever wants to end it need not wait for that.
        for reader in [out, errors].into_iter().flatten() {
            let _ = reader.join();
        }
        let ended = waited.lock().unwrap_or_else(PoisonError::into_inner).wait();
        let status = ended.ok().and_then(|status| status.code()).unwrap_or(255);
        let _ = parts.send(Part::Exit(u8::try_from(status & 0xff).unwrap_or(255)));
    });
    thread::spawn(move || {
        send(&line, local, remote, &outgoing, &acknowledgements, chunked);
        line.send(&Packet::new(CLOSE, local, remote, []));
    });
    Stream { acknowledged, input, process }
}

/// Reads one of the shell's outputs to its end.
fn relay(mut from: impl Read + Send + 'static, of: Of, parts: SyncSender<Part>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut piece = vec![0; PIECE];
        while let Ok(length @ 1..) = from.read(&mut piece) {
            if parts.send(Part::Bytes(of, piece[..length].to_vec())).is_err() {
                return;
            }
        }
    })
}

/// Sends the parts of the answer, each when the one before was acknowledged.
fn send(
    line: &Line,
    local: u32,
    remote: u32,
    outgoing: &Receiver<Part>,
    acknowledgements: &Receiver<()>,
    chunked: bool,
) {
    while let Ok(part) = outgoing.recv() {
        let mut pulled = false;
        let payload = match part {
            Part::Bytes(of, mut bytes) => {
                let passes = line.cable.pass(bytes.len());
                pulled = passes < bytes.len();
                let whole = if chunked { shell::chunk(of, &bytes) } else { std::mem::take(&mut bytes) };
                let header = if chunked { HEADER } else { 0 };
                // A cable is pulled anywhere, also within a chunk that announced more.
                whole[..if pulled { header + passes } else { whole.len() }].to_vec()
            }
            Part::Exit(status) if chunked => shell::chunk(Of::Exit, &[status]),
            Part::Exit(_) => return,
        };
        line.send(&Packet::new(WRITE, local, remote, payload));
        if pulled {
            // What was sent arrives before the end does.
            let _ = acknowledgements.recv_timeout(std::time::Duration::from_millis(200));
            line.pull();
            return;
        }
        if acknowledgements.recv().is_err() {
            return;
        }
    }
}

/// Writes what the host sends to the shell, and acknowledges each piece when the shell has taken it.
fn feed(
    line: &Line,
    local: u32,
    remote: u32,
    pieces: &Receiver<Vec<u8>>,
    mut stdin: Option<ChildStdin>,
    chunked: bool,
) {
    let mut chunks = Chunks::default();
    while let Ok(piece) = pieces.recv() {
        if chunked {
            chunks.add(&piece);
            while let Some((of, bytes)) = chunks.next() {
                if of == Of::Input as u8 {
                    write(&mut stdin, &bytes);
                } else if of == Of::EndOfInput as u8 {
                    stdin = None;
                }
            }
        } else {
            write(&mut stdin, &piece);
        }
        line.send(&Packet::new(OKAY, local, remote, []));
    }
}

fn write(stdin: &mut Option<ChildStdin>, bytes: &[u8]) {
    let Some(to) = stdin else { return };
    // A shell that has ended takes nothing more.
    if to.write_all(bytes).and_then(|()| to.flush()).is_err() {
        *stdin = None;
    }
}
