//! One connection of an adb server: the handshake, then its streams until either side goes.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::net::{Shutdown, TcpStream};
use std::os::linux::net::TcpStreamExt as _;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::log::Log;
use crate::wire::cut::Cable;
use crate::wire::packet::{AUTH, CLOSE, CONNECT, MAX_PAYLOAD, OKAY, OPEN, Packet, WRITE};
use crate::wire::process::Surroundings;
use crate::wire::stream::{self, Stream};

/// The version that checks the sum of each payload, and the one that does not.
pub(crate) const WITH_SUMS: u32 = 0x0100_0000;
pub(crate) const WITHOUT_SUMS: u32 = 0x0100_0001;

/// How the phone meets an adb server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    /// It is ready.
    Ready,
    /// It asks for a key and accepts none: the owner has not agreed.
    Unauthorized,
    /// It greets once, goes, and never greets again.
    Offline,
}

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Port {
    pub(crate) greeting: Greeting,
    pub(crate) version: u32,
    /// `device::ro.product.name=…;features=…`.
    pub(crate) banner: String,
    pub(crate) surroundings: Surroundings,
    pub(crate) cable: Arc<Cable>,
    pub(crate) log: Arc<Log>,
    pub(crate) streams: AtomicU32,
    pub(crate) greeted: AtomicBool,
}

/// The way back to the host, shared by all streams of a connection.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    socket: Arc<Mutex<TcpStream>>,
    with_sums: bool,
    pub(crate) cable: Arc<Cable>,
}

impl Line {
    /// Sends one message. A host that is gone is noticed by the one who reads.
    pub(crate) fn send(&self, packet: &Packet) {
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = packet.write(&mut *socket, self.with_sums);
    }

    /// Ends the connection, as a pulled cable does.
    pub(crate) fn pull(&self) {
        let socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = socket.shutdown(Shutdown::Both);
    }
}

/// Reads and says at once that it has read: adb's server sends a header and its payload apart, and holds the second back
/// until the first is acknowledged, which the system would put off for 40 ms.
struct Prompt(TcpStream);

impl Read for Prompt {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(buffer)?;
        self.0.set_quickack(true)?;
        Ok(length)
    }
}

/// Speaks with one adb server until it goes.
pub(crate) fn serve(port: &Port, socket: TcpStream) -> io::Result<()> {
    if port.cable.is_pulled() {
        return socket.shutdown(Shutdown::Both);
    }
    socket.set_nodelay(true)?;
    let mut incoming = Prompt(socket.try_clone()?);
    let mut line =
        Line { socket: Arc::new(Mutex::new(socket)), with_sums: true, cable: Arc::clone(&port.cable) };
    let mut streams: BTreeMap<u32, Stream> = BTreeMap::new();
    while let Some(packet) = Packet::read(&mut incoming)? {
        match packet.command {
            CONNECT => greet(port, &mut line, packet.first),
            AUTH => line.send(&Packet::new(AUTH, 1, 0, [7; 20])),
            OPEN => {
                if let Some((id, stream)) = open(port, &line, &packet) {
                    streams.insert(id, stream);
                }
            }
            OKAY => {
                if let Some(stream) = streams.get(&packet.second) {
                    let _ = stream.acknowledged.send(());
                }
            }
            WRITE => {
                if let Some(stream) = streams.get(&packet.second) {
                    let _ = stream.input.send(packet.payload);
                } else {
                    line.send(&Packet::new(CLOSE, packet.second, packet.first, []));
                }
            }
            CLOSE => {
                if let Some(stream) = streams.remove(&packet.second) {
                    stream.end();
                }
            }
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "an unknown message")),
        }
    }
    streams.values().for_each(Stream::end);
    Ok(())
}

fn greet(port: &Port, line: &mut Line, version: u32) {
    match port.greeting {
        Greeting::Unauthorized => line.send(&Packet::new(AUTH, 1, 0, [7; 20])),
        Greeting::Offline if port.greeted.swap(true, Ordering::SeqCst) => {}
        Greeting::Ready | Greeting::Offline => {
            let agreed = version.min(port.version);
            line.send(&Packet::new(
                CONNECT,
                agreed,
                u32::try_from(MAX_PAYLOAD).unwrap_or_default(),
                port.banner.as_bytes(),
            ));
            line.with_sums = agreed < WITHOUT_SUMS;
            if port.greeting == Greeting::Offline {
                line.pull();
            }
        }
    }
}

/// Starts what the host asks for. A service that this phone has not is closed at once, as adbd does.
fn open(port: &Port, line: &Line, packet: &Packet) -> Option<(u32, Stream)> {
    let asked = String::from_utf8_lossy(&packet.payload);
    let asked = asked.trim_end_matches('\0');
    let remote = packet.first;
    let refused = || line.send(&Packet::new(CLOSE, 0, remote, []));
    let id = port.streams.fetch_add(1, Ordering::SeqCst) + 1;
    port.log.stream(id, asked);
    let (service, command) = asked.split_once(':').unwrap_or((asked, ""));
    let mut words = service.split(',');
    let name = words.next().unwrap_or_default();
    let words: Vec<&str> = words.collect();
    // A terminal is no part of what this phone has.
    let has = matches!(name, "shell" | "exec") && !words.contains(&"pty");
    let Some(child) = has.then(|| port.surroundings.shell(command, id)).and_then(Result::ok) else {
        refused();
        return None;
    };
    line.send(&Packet::new(OKAY, id, remote, []));
    Some((id, stream::start(line.clone(), id, remote, child, words.contains(&"v2"))))
}
