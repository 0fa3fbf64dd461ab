//! Writes zip archives whose large payloads are holes: zeros that stand in the file's length and take no room on disk.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What an entry holds.
#[derive(Clone, Copy, Debug)]
pub enum Payload<'a> {
    /// These bytes, deflated.
    Deflated(&'a [u8]),
    /// These bytes, as they are, at an offset that is a multiple of four, as Android wants its resource table.
    Stored(&'a [u8]),
    /// So many zeros, stored; a hole where the file system has holes.
    Hole(u32),
}

/// An archive while it is written.
pub struct Writer {
    file: BufWriter<File>,
    at: u32,
    directory: Vec<u8>,
    entries: u16,
}

impl Writer {
    /// Begins an archive at `path`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(File::create(path)?), at: 0, directory: Vec::new(), entries: 0 })
    }

    /// Returns how long the archive is by now, without its directory.
    pub const fn length(&self) -> u32 {
        self.at
    }

    /// Returns how long the directory with its end record is by now.
    pub fn directory_length(&self) -> u32 {
        size(self.directory.len()) + 22
    }

    /// Adds one entry.
    ///
    /// # Errors
    /// When the file cannot be written to.
    pub fn add(&mut self, name: &str, payload: Payload<'_>) -> io::Result<()> {
        let header = self.at;
        let packed = match payload {
            Payload::Deflated(bytes) => deflate(bytes)?,
            _ => Vec::new(),
        };
        let (method, crc, packed_size, unpacked_size) = match payload {
            Payload::Deflated(bytes) => (8_u16, crc(bytes), size(packed.len()), size(bytes.len())),
            Payload::Stored(bytes) => (0, crc(bytes), size(bytes.len()), size(bytes.len())),
            Payload::Hole(length) => (0, crc_of_zeros(length), length, length),
        };
        let padding = match payload {
            Payload::Stored(_) => (4 - (header + 30 + size(name.len())) % 4) % 4,
            _ => 0,
        };
        // Version 2.0, no flags, and the date that build tools write for the sake of reproducible archives.
        let mut fields = Vec::with_capacity(64);
        fields.extend([20, 0, 0, 0]);
        fields.extend(method.to_le_bytes());
        fields.extend([0x21, 0x08, 0x21, 0x02]);
        fields.extend([crc, packed_size, unpacked_size].map(u32::to_le_bytes).concat());
        fields.extend(short(name.len()));
        self.write(b"PK\x03\x04")?;
        self.write(&fields)?;
        self.write(&short(padding as usize))?;
        self.write(name.as_bytes())?;
        self.write(&vec![0; padding as usize])?;
        match payload {
            Payload::Deflated(_) => self.write(&packed)?,
            Payload::Stored(bytes) => self.write(bytes)?,
            Payload::Hole(length) => self.skip(length)?,
        }
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&fields);
        self.directory.extend([0; 12]);
        self.directory.extend(header.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries += 1;
        Ok(())
    }

    /// Writes directory and end record; returns the length of the whole.
    ///
    /// # Errors
    /// When the file cannot be written to.
    pub fn finish(mut self) -> io::Result<u64> {
        let directory = std::mem::take(&mut self.directory);
        let start = self.at;
        self.write(&directory)?;
        self.write(b"PK\x05\x06\0\0\0\0")?;
        self.write(&[self.entries, self.entries].map(u16::to_le_bytes).concat())?;
        self.write(&[size(directory.len()), start].map(u32::to_le_bytes).concat())?;
        self.write(&[0, 0])?;
        self.file.flush()?;
        Ok(self.at.into())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += size(bytes.len());
        self.file.write_all(bytes)
    }

    fn skip(&mut self, length: u32) -> io::Result<()> {
        const SMALL: u32 = 8192;
        if length < SMALL {
            return self.write(&vec![0; length as usize]);
        }
        self.at += length;
        self.file.seek(SeekFrom::Current(length.into())).map(|_| ())
    }
}

fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn crc_of_zeros(length: u32) -> u32 {
    static BLOCK: [u8; 1 << 16] = [0; 1 << 16];
    let mut crc = Crc::new();
    let mut left = length as usize;
    while left > 0 {
        let part = left.min(BLOCK.len());
        crc.update(&BLOCK[..part]);
        left -= part;
    }
    crc.sum()
}

/// Writes a length of sixteen bits.
fn short(length: usize) -> [u8; 2] {
    u16::try_from(length).expect("names are short").to_le_bytes()
}

/// Narrows a length of something that was built here.
fn size(length: usize) -> u32 {
    u32::try_from(length).expect("archives built here are below 4 GB")
}
