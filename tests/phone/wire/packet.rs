//! One message of the transport: a header of six words and its payload. Takes and gives bytes; what breaks the protocol
//! is an error, for a test program need not survive it.

use std::io::{self, Read, Write};

/// The largest payload that is taken or announced, as adbd's `MAX_PAYLOAD`.
pub(crate) const MAX_PAYLOAD: usize = 1 << 20;

pub(crate) const CONNECT: u32 = u32::from_le_bytes(*b"CNXN");
pub(crate) const AUTH: u32 = u32::from_le_bytes(*b"AUTH");
pub(crate) const OPEN: u32 = u32::from_le_bytes(*b"OPEN");
pub(crate) const OKAY: u32 = u32::from_le_bytes(*b"OKAY");
pub(crate) const WRITE: u32 = u32::from_le_bytes(*b"WRTE");
pub(crate) const CLOSE: u32 = u32::from_le_bytes(*b"CLSE");

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) command: u32,
    pub(crate) first: u32,
    pub(crate) second: u32,
    pub(crate) payload: Vec<u8>,
}

impl Packet {
    pub(crate) fn new(command: u32, first: u32, second: u32, payload: impl Into<Vec<u8>>) -> Self {
        Self { command, first, second, payload: payload.into() }
    }

    /// Reads one; `None` where the stream ends between two.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut header = [0; 24];
        if from.read(&mut header[..1])? == 0 {
            return Ok(None);
        }
        from.read_exact(&mut header[1..])?;
        let mut words =
            header.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
        let mut next = || words.next().unwrap_or_default();
        let (command, first, second, length, _checksum, magic) =
            (next(), next(), next(), next(), next(), next());
        if magic != !command {
            return Err(broken("a header with a wrong magic"));
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > MAX_PAYLOAD {
            return Err(broken("a payload larger than announced"));
        }
        let mut payload = vec![0; length];
        from.read_exact(&mut payload)?;
        Ok(Some(Self { command, first, second, payload }))
    }

    /// Writes it; version 1 of the protocol wants the sum of the payload's bytes, the next one ignores it.
    pub(crate) fn write(&self, to: &mut impl Write, with_sum: bool) -> io::Result<()> {
        let sum = if with_sum {
            self.payload.iter().fold(0_u32, |sum, byte| sum.wrapping_add((*byte).into()))
        } else {
            0
        };
        let length = u32::try_from(self.payload.len()).map_err(|_| broken("a payload too large"))?;
        let mut bytes = Vec::with_capacity(24 + self.payload.len());
        for word in [self.command, self.first, self.second, length, sum, !self.command] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(&self.payload);
        to.write_all(&bytes)
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
