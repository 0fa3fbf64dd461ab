//! Snapshot files. Takes a file or bytes, gives the [`Snapshot`] its writer saw; never repairs one and never changes its
//! source or its totals, so that a thinned snapshot is still noticed.

use std::io::{Read as _, Write};
use std::path::Path;

use serde::Deserialize;

use crate::source::error::Error;
use crate::source::snapshot::{SCHEMA_VERSION, Snapshot};

/// The largest snapshot that is read, in bytes. A phone's holds 2 to 10 MB.
pub const MAX_SIZE: u64 = 512 * 1024 * 1024;

/// Only the version: fields of a newer schema are not known here.
#[derive(Deserialize)]
struct Version {
    #[serde(rename = "schema-version")]
    schema_version: u64,
}

/// Reads the snapshot in the file at `path`.
///
/// # Errors
/// The file cannot be read or is larger than [`MAX_SIZE`]; otherwise as [`from_slice`].
pub fn load(path: &Path) -> Result<Snapshot, Error> {
    let io = |source| Error::Io { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    let too_large = |size| Error::TooLarge { path: path.to_owned(), size, limit: MAX_SIZE };
    if size > MAX_SIZE {
        return Err(too_large(size));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    let read = file.take(MAX_SIZE.saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    let read = u64::try_from(read).unwrap_or(u64::MAX);
    if read > MAX_SIZE { Err(too_large(read)) } else { from_slice(&bytes, path) }
}

/// Reads a snapshot from the bytes of a file; `path` is for messages only.
///
/// # Errors
/// [`Error::NewerSnapshot`] when its schema version is newer than [`SCHEMA_VERSION`], checked before anything else;
/// [`Error::BrokenSnapshot`] with line and column when it is not JSON of that schema.
pub fn from_slice(bytes: &[u8], path: &Path) -> Result<Snapshot, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let broken = |error: &serde_json::Error| Error::BrokenSnapshot {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        problem: without_place(error),
    };
    let Version { schema_version } = serde_json::from_slice(bytes).map_err(|error| broken(&error))?;
    if schema_version > u64::from(SCHEMA_VERSION) {
        return Err(Error::NewerSnapshot {
            path: path.to_owned(),
            version: schema_version,
            supported: SCHEMA_VERSION,
        });
    }
    if schema_version != u64::from(SCHEMA_VERSION) {
        let problem = format!("schema-version {schema_version} does not exist");
        return Err(Error::BrokenSnapshot { path: path.to_owned(), line: 1, column: 1, problem });
    }
    serde_json::from_slice(bytes).map_err(|error| broken(&error))
}

/// The message of a JSON error without the place it ends in, which is told apart.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(place.as_str()).unwrap_or(&message).to_owned()
}

/// Writes a snapshot as JSON that people can read and compare: two spaces a level, fields in the order of the types, a
/// line break at the end. One snapshot always gives the same bytes.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(snapshot: &Snapshot, mut out: impl Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut out, snapshot)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = from_slice(&bytes, Path::new("x"));
        }

        #[test]
        fn arbitrary_fields_never_panic(field in "[a-z-]{1,12}", value in "(\\[|\\{|\"|[0-9a-z,:]){0,12}") {
            let text = format!("{{\"schema-version\": 1, \"{field}\": {value}");
            let _ = from_slice(text.as_bytes(), Path::new("x"));
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_exhausting_the_stack() {
        let text = format!("{{\"schema-version\": 1, \"x\": {}", "[".repeat(1 << 20));
        assert!(matches!(from_slice(text.as_bytes(), Path::new("x")), Err(Error::BrokenSnapshot { .. })));
    }
}
