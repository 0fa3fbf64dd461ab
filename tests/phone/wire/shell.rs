//! What a shell's stream holds in version 2 of the shell protocol: chunks with the number of what they are of. The older
//! shell service has no chunks: its stream is the output itself.

/// Of what a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Input = 0,
    Output = 1,
    Errors = 2,
    Exit = 3,
    EndOfInput = 4,
}

/// The length of what stands before a chunk.
pub(crate) const HEADER: usize = 5;

/// Returns a chunk with its header.
pub(crate) fn chunk(of: Of, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let mut chunk = Vec::with_capacity(HEADER + bytes.len());
    chunk.push(of as u8);
    chunk.extend(length.to_le_bytes());
    chunk.extend(bytes);
    chunk
}

/// Takes chunks out of bytes that come in pieces.
#[derive(Debug, Default)]
pub(crate) struct Chunks {
    held: Vec<u8>,
}

impl Chunks {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.held.extend(bytes);
    }

    /// Returns the next whole chunk: the number of what it is of, and its bytes.
    pub(crate) fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        let [of, a, b, c, d] = *self.held.first_chunk::<HEADER>()?;
        let end = HEADER + usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
        if self.held.len() < end {
            return None;
        }
        let rest = self.held.split_off(end);
        let chunk = std::mem::replace(&mut self.held, rest).split_off(HEADER);
        Some((of, chunk))
    }
}
