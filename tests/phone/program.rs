//! One of Android's programs, as the shell starts it: hands its words to the phone, prints the answer, ends with its
//! status. Every program of the phone is a link to this one.

use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::net::UnixStream;

/// Names the socket of the phone.
pub(crate) const DESK: &str = "PHONE_DESK";

/// Names the stream that the shell runs in.
pub(crate) const STREAM: &str = "PHONE_STREAM";

/// The programs that a shell finds, besides `sh` itself.
pub(crate) const NAMES: [&str; 19] = [
    "am",
    "cat",
    "cmd",
    "dumpsys",
    "find",
    "getprop",
    "head",
    "id",
    "ls",
    "pm",
    "phone",
    "readlink",
    "settings",
    "sha256sum",
    "sm",
    "stat",
    "toybox",
    "unzip",
    "wc",
];

/// What stands before a piece of the answer: what it is of, and its length.
pub(crate) const OUTPUT: u8 = 1;
pub(crate) const ERRORS: u8 = 2;
pub(crate) const STATUS: u8 = 3;

/// Asks the phone; returns the exit status. A program that only passes its own input on does so itself.
pub(crate) fn run() -> io::Result<u8> {
    let words: Vec<String> = env::args().collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some((name, rest)) = words.split_first()
        && !rest.iter().any(|word| word.starts_with('/'))
        && filter(name.rsplit('/').next().unwrap_or(name), rest)?
    {
        return Ok(0);
    }
    let desk = env::var_os(DESK).ok_or_else(|| io::Error::other("not on a phone"))?;
    let mut desk = UnixStream::connect(desk)?;
    desk.write_all(&request(env::var(STREAM).unwrap_or_default(), env::args_os()))?;
    answer(&mut desk, &mut io::stdout().lock(), &mut io::stderr().lock())
}

/// Passes its input on, or counts it; says whether the program is one of those.
fn filter(name: &str, words: &[&str]) -> io::Result<bool> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    match (name, words) {
        ("cat", []) => {
            io::copy(&mut input, &mut output)?;
        }
        ("head", ["-c", bytes]) => {
            let limit = bytes.parse().map_err(io::Error::other)?;
            io::copy(&mut input.take(limit), &mut output)?;
        }
        ("wc", ["-c"]) => {
            let counted = io::copy(&mut input, &mut io::sink())?;
            writeln!(output, "{counted}")?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// A request: the stream, then the words, each with its length in front, and their number before all.
pub(crate) fn request(stream: String, words: impl Iterator<Item = OsString>) -> Vec<u8> {
    let mut words: Vec<Vec<u8>> = words.map(OsStringExt::into_vec).collect();
    // The shell may have found the program by its path.
    if let Some(name) = words.first_mut() {
        let after = name.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        name.drain(..after);
    }
    words.insert(0, stream.into_bytes());
    let mut bytes = length(words.len()).to_vec();
    for word in &words {
        bytes.extend(length(word.len()));
        bytes.extend(word);
    }
    bytes
}

/// Passes the answer on until its status. A phone that is gone is a failure.
fn answer(desk: &mut impl Read, output: &mut impl Write, errors: &mut impl Write) -> io::Result<u8> {
    loop {
        let mut header = [0; 5];
        desk.read_exact(&mut header)?;
        let [of, a, b, c, d] = header;
        let size = u32::from_le_bytes([a, b, c, d]);
        if of == STATUS {
            output.flush()?;
            return Ok(u8::try_from(size & 0xff).unwrap_or(255));
        }
        let to: &mut dyn Write = if of == OUTPUT { output } else { errors };
        let copied = io::copy(&mut desk.by_ref().take(size.into()), to)?;
        if copied < u64::from(size) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

pub(crate) fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}
