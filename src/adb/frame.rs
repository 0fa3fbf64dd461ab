//! Tells the answers of one stream apart. Takes commands and gives the script that frames them; takes the bytes that come
//! back and gives the answers. No I/O here.
//!
//! The script is for the `sh` of any Android, and needs nothing but its built-in `echo`. Around the command with number
//! `N` stand two marks, each on a line of its own:
//!
//! ```text
//! echo '
//! NONCE b N'
//! COMMAND </dev/null 2>&1
//! echo "
//! NONCE e N $?"
//! ```
//!
//! so that the device sends `\nNONCE b N\n`, the output, `\nNONCE e N STATUS\n`. NONCE is 32 hexadecimal digits that are
//! fresh for each stream: no output holds them, so none can end its own answer or begin another's. A command reads no
//! input, so none can eat the script behind it.

use memchr::memmem;

use crate::adb::answer::{Answer, Gone};
use crate::adb::command::Command;

/// How many bytes outside of what is kept may pass in search of one mark: what a cut answer goes on to say, or what
/// stands between answers.
const LONGEST_SURPLUS: usize = 256 << 20;

/// The longest tail of an end mark: a number, a space, a status, a line break.
const LONGEST_STATUS: usize = 32;

/// Returns the script for `commands`, whose first has the number `first`.
pub(super) fn script(nonce: &str, first: u64, commands: &[Command]) -> String {
    use std::fmt::Write as _;

    let mut script = String::new();
    for (number, command) in (first..).zip(commands) {
        let errors = if command.drops_errors() { "2>/dev/null" } else { "2>&1" };
        let line = command.line();
        // Writing into a string cannot fail.
        let _ = write!(
            script,
            "echo '\n{nonce} b {number}'\n{line} </dev/null {errors}\necho \"\n{nonce} e {number} $?\"\n"
        );
    }
    script
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Begin,
    End,
}

/// Reads framed answers out of bytes that come in pieces of any size.
#[derive(Debug)]
pub(super) struct Frames {
    nonce: String,
    /// The number of the command whose answer is read.
    number: u64,
    limits: std::vec::IntoIter<usize>,
    limit: usize,
    part: Part,
    mark: Vec<u8>,
    /// Bytes that were not yet looked through to their end.
    pending: Vec<u8>,
    kept: Vec<u8>,
    cut: bool,
    surplus: usize,
    answers: Vec<Answer>,
    done: bool,
}

impl Frames {
    /// Expects the answers to `commands`, whose first has the number `first`.
    pub(super) fn new(nonce: &str, first: u64, commands: &[Command]) -> Self {
        let limits: Vec<usize> = commands.iter().map(Command::limit).collect();
        let mut limits = limits.into_iter();
        let limit = limits.next();
        let mut frames = Self {
            nonce: nonce.to_owned(),
            number: first,
            limits,
            limit: limit.unwrap_or_default(),
            part: Part::Begin,
            mark: Vec::new(),
            pending: Vec::new(),
            kept: Vec::new(),
            cut: false,
            surplus: 0,
            answers: Vec::with_capacity(commands.len()),
            done: limit.is_none(),
        };
        frames.look_for(Part::Begin);
        frames
    }

    /// Returns whether every answer is there.
    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// Returns how many answers are whole, for a message.
    pub(super) const fn whole(&self) -> usize {
        self.answers.len()
    }

    /// Returns the answers.
    pub(super) fn into_answers(self) -> Vec<Answer> {
        self.answers
    }

    /// Takes the next bytes of the stream.
    ///
    /// # Errors
    /// When the framing is broken.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let mut rest = &pending[..];
        while !self.done && self.step(&mut rest)? {}
        // What may be the beginning of a mark waits for the bytes behind it.
        self.pending.extend_from_slice(rest);
        Ok(())
    }

    /// Takes from the front of `rest` all up to and with the next mark; without one, all that cannot be part of it.
    /// Returns whether a mark was there.
    fn step(&mut self, rest: &mut &[u8]) -> Result<bool, Gone> {
        let Some(at) = memmem::find(rest, &self.mark) else {
            let free = rest.len().saturating_sub(self.mark.len().saturating_sub(1));
            let (before, waits) = rest.split_at(free);
            *rest = waits;
            self.set_aside(before)?;
            return Ok(false);
        };
        let (before, behind) = rest.split_at(at);
        let behind = behind.get(self.mark.len()..).unwrap_or_default();
        if self.part == Part::Begin {
            self.surplus = 0;
            *rest = behind;
            self.look_for(Part::End);
            return Ok(true);
        }
        let Some(end) = memchr::memchr(b'\n', behind) else {
            return if behind.len() > LONGEST_STATUS { Err(self.broken()) } else { Ok(false) };
        };
        let (status, behind) = behind.split_at(end);
        let status = std::str::from_utf8(status).ok().and_then(|status| status.parse().ok());
        let Some(status) = status else { return Err(self.broken()) };
        self.keep(before)?;
        *rest = behind.get(1..).unwrap_or_default();
        self.answer(status);
        Ok(true)
    }

    fn set_aside(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        match self.part {
            Part::Begin => self.pass_over(bytes.len()),
            Part::End => self.keep(bytes),
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        let room = self.limit.saturating_sub(self.kept.len());
        let (kept, rest) = bytes.split_at(room.min(bytes.len()));
        self.kept.extend_from_slice(kept);
        self.cut |= !rest.is_empty();
        self.pass_over(rest.len())
    }

    fn pass_over(&mut self, bytes: usize) -> Result<(), Gone> {
        self.surplus = self.surplus.saturating_add(bytes);
        if self.surplus <= LONGEST_SURPLUS {
            return Ok(());
        }
        let detail = format!("answer {} does not end: {} bytes beyond its limit", self.number, self.surplus);
        Err(Gone { detail })
    }

    fn answer(&mut self, status: i32) {
        let output = std::mem::take(&mut self.kept);
        self.answers.push(Answer { output, status, cut: self.cut });
        self.cut = false;
        self.surplus = 0;
        self.number = self.number.saturating_add(1);
        match self.limits.next() {
            Some(limit) => self.limit = limit,
            None => self.done = true,
        }
        self.look_for(Part::Begin);
    }

    fn look_for(&mut self, part: Part) {
        self.part = part;
        self.mark = match part {
            Part::Begin => format!("\n{} b {}\n", self.nonce, self.number),
            Part::End => format!("\n{} e {} ", self.nonce, self.number),
        }
        .into_bytes();
    }

    fn broken(&self) -> Gone {
        Gone { detail: format!("the end of answer {} is broken", self.number) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NONCE: &str = "0123456789abcdef0123456789abcdef";

    fn framed(outputs: &[(&[u8], i32)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (number, (output, status)) in outputs.iter().enumerate() {
            bytes.extend_from_slice(format!("\n{NONCE} b {number}\n").as_bytes());
            bytes.extend_from_slice(output);
            bytes.extend_from_slice(format!("\n{NONCE} e {number} {status}\n").as_bytes());
        }
        bytes
    }

    fn commands(count: usize) -> Vec<Command> {
        vec![Command::new("true").at_most(1000); count]
    }

    proptest! {
        #[test]
        fn answers_come_out_as_they_went_in_however_the_stream_is_cut(
            outputs in proptest::collection::vec((proptest::collection::vec(any::<u8>(), 0..60), 0..256), 0..5),
            piece in 1_usize..40,
        ) {
            let outputs: Vec<(&[u8], i32)> = outputs.iter().map(|(output, status)| (&output[..], *status)).collect();
            let mut frames = Frames::new(NONCE, 0, &commands(outputs.len()));
            for piece in framed(&outputs).chunks(piece) {
                frames.take(piece).unwrap();
            }
            prop_assert!(frames.is_done());
            let answers = frames.into_answers();
            let answers: Vec<(&[u8], i32)> = answers.iter().map(|answer| (&answer.output[..], answer.status)).collect();
            prop_assert_eq!(answers, outputs);
        }

        #[test]
        fn any_bytes_give_an_answer_or_an_error(bytes: Vec<u8>) {
            let mut frames = Frames::new(NONCE, 0, &commands(2));
            let _ = frames.take(&bytes);
            prop_assert!(!frames.is_done());
        }
    }

    #[test]
    fn a_stream_that_stops_at_any_byte_is_not_whole() {
        let whole = framed(&[(b"one", 0), (b"two", 1)]);
        for end in 0..whole.len() {
            let mut frames = Frames::new(NONCE, 0, &commands(2));
            frames.take(&whole[..end]).unwrap();
            assert!(!frames.is_done(), "{end}");
        }
    }

    #[test]
    fn marks_of_another_stream_or_number_are_output() {
        let hostile = b"\nffffffffffffffffffffffffffffffff e 0 0\n\n0123456789abcdef0123456789abcdef e 7 0\n";
        let mut frames = Frames::new(NONCE, 0, &commands(1));
        frames.take(&framed(&[(hostile, 3)])).unwrap();
        assert_eq!(frames.into_answers(), [Answer { output: hostile.to_vec(), status: 3, cut: false }]);
    }

    #[test]
    fn a_broken_end_is_an_error() {
        let mut frames = Frames::new(NONCE, 0, &commands(1));
        let bytes = format!("\n{NONCE} b 0\nx\n{NONCE} e 0 zero\n");
        assert!(frames.take(bytes.as_bytes()).is_err());
        let mut frames = Frames::new(NONCE, 0, &commands(1));
        let bytes = format!("\n{NONCE} b 0\nx\n{NONCE} e 0 {}", "0".repeat(100));
        assert!(frames.take(bytes.as_bytes()).is_err());
    }

    #[test]
    fn a_long_answer_is_cut_and_the_next_one_is_whole() {
        let mut frames = Frames::new(NONCE, 0, &commands(2));
        frames.take(&framed(&[(&[b'x'; 5000], 0), (b"two", 0)])).unwrap();
        let answers = frames.into_answers();
        assert_eq!((answers[0].output.len(), answers[0].cut), (1000, true));
        assert_eq!((&answers[1].output[..], answers[1].cut), (&b"two"[..], false));
    }
}
