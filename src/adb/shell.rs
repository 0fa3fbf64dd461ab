//! The stream to a device's shell. Takes commands, gives one answer for each; never guesses an answer that did not come.
//!
//! One `adb -s SERIAL shell -T sh` lives as long as the [`AdbShell`]: no pseudo-terminal, so bytes come as they are. A
//! thread of its own feeds it and one listens, so that neither side waits for the other while both have something to say.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command as Process, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::adb::answer::{Answer, Gone};
use crate::adb::command::Command;
use crate::adb::frame::{self, Frames};

/// Something that asks a device's shell.
pub trait Shell {
    /// Asks in order; one answer per command. All commands of one call travel together, nothing waits in between.
    ///
    /// # Errors
    /// When the stream does not give every answer whole; the stream is then of no more use.
    fn ask(&mut self, commands: &[Command]) -> Result<Vec<Answer>, Gone>;

    /// Asks one command.
    ///
    /// # Errors
    /// As [`Shell::ask`].
    fn ask_one(&mut self, command: Command) -> Result<Answer, Gone> {
        let mut answers = self.ask(std::slice::from_ref(&command))?;
        answers.pop().ok_or_else(|| Gone { detail: "no answer".to_owned() })
    }
}

/// How long a device may stay silent while an answer is due. `dumpsys` gives up on a service after 10 seconds of its own.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(120);

/// How much of what `adb` itself says is kept for a message.
const LONGEST_COMPLAINT: usize = 4096;

/// How long the process may take to end by itself when nothing more is asked.
const LONGEST_FAREWELL: Duration = Duration::from_millis(500);

/// A device's shell behind one process for its whole life.
#[derive(Debug)]
pub struct AdbShell {
    process: Child,
    script: Option<Sender<Vec<u8>>>,
    pieces: Receiver<Vec<u8>>,
    complaint: Arc<Mutex<Vec<u8>>>,
    /// Nothing ever comes here; it ends with the error stream.
    complained: Receiver<()>,
    nonce: String,
    asked: u64,
    silence: Duration,
    gone: Option<Gone>,
}

impl AdbShell {
    /// Starts `process`, which has to be an `sh` that reads its script from standard input.
    ///
    /// # Errors
    /// When the process cannot be started, or the system gives no random bytes.
    pub fn start(mut process: Process, silence: Duration) -> std::io::Result<Self> {
        let nonce = nonce()?;
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = process.spawn()?;
        let (script, scripts) = mpsc::channel();
        // Few pieces wait: a device that talks faster than it is listened to is slowed down, not remembered.
        let (piece, pieces) = mpsc::sync_channel(8);
        let complaint = Arc::new(Mutex::new(Vec::new()));
        let (complaining, complained) = mpsc::channel();
        if let Some(stdin) = process.stdin.take() {
            std::thread::spawn(move || feed(stdin, &scripts));
        }
        if let Some(stdout) = process.stdout.take() {
            std::thread::spawn(move || listen(stdout, &piece));
        }
        if let Some(stderr) = process.stderr.take() {
            let kept = Arc::clone(&complaint);
            std::thread::spawn(move || {
                note(stderr, &kept);
                drop(complaining);
            });
        }
        let script = Some(script);
        Ok(Self { process, script, pieces, complaint, complained, nonce, asked: 0, silence, gone: None })
    }

    fn exchange(&mut self, commands: &[Command]) -> Result<Vec<Answer>, Gone> {
        let mut frames = Frames::new(&self.nonce, self.asked, commands);
        let script = frame::script(&self.nonce, self.asked, commands).into_bytes();
        self.asked = self.asked.saturating_add(u64::try_from(commands.len()).unwrap_or(u64::MAX));
        // Where the other end is gone, the answers end too, and that is said below.
        let _ = self.script.as_ref().map(|to| to.send(script));
        while !frames.is_done() {
            match self.pieces.recv_timeout(self.silence) {
                Ok(piece) => frames.take(&piece)?,
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.silence.as_secs_f32();
                    let detail = format!(
                        "no byte came for {seconds} seconds, {} of {} answers are whole",
                        frames.whole(),
                        commands.len()
                    );
                    return Err(Gone { detail });
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let detail = format!(
                        "it ended after {} of {} answers{}",
                        frames.whole(),
                        commands.len(),
                        self.said()
                    );
                    return Err(Gone { detail });
                }
            }
        }
        Ok(frames.into_answers())
    }

    /// What `adb` itself said, for a message.
    fn said(&mut self) -> String {
        // Its last words may still be under way when its output has ended. A server that it has started may hold the stream
        // open: what has come so far is enough then.
        self.await_end();
        let _ = self.complained.recv_timeout(LONGEST_FAREWELL);
        let complaint = match self.complaint.lock() {
            Ok(complaint) => complaint,
            Err(poisoned) => poisoned.into_inner(),
        };
        let text = String::from_utf8_lossy(&complaint);
        if text.trim().is_empty() { String::new() } else { format!(": {}", text.trim()) }
    }

    /// Waits a little for the process to end by itself.
    fn await_end(&mut self) {
        let until = Instant::now() + LONGEST_FAREWELL;
        while Instant::now() < until && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Shell for AdbShell {
    fn ask(&mut self, commands: &[Command]) -> Result<Vec<Answer>, Gone> {
        if let Some(gone) = &self.gone {
            return Err(gone.clone());
        }
        let answers = self.exchange(commands);
        if let Err(gone) = &answers {
            self.gone = Some(gone.clone());
        }
        answers
    }
}

impl Drop for AdbShell {
    fn drop(&mut self) {
        // Without input the shell ends; a process that stays is ended, so that none outlives the run.
        self.script = None;
        if self.gone.is_none() {
            self.await_end();
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn feed(mut stdin: ChildStdin, scripts: &Receiver<Vec<u8>>) {
    for script in scripts {
        if stdin.write_all(&script).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn listen(mut stdout: ChildStdout, pieces: &SyncSender<Vec<u8>>) {
    let mut buffer = vec![0; 256 << 10];
    loop {
        match stdout.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => {
                let piece = buffer.get(..length).unwrap_or_default().to_vec();
                if pieces.send(piece).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// Keeps the beginning of what is said; what follows is read so that the other side never waits for it.
fn note(mut stderr: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 1024];
    loop {
        let length = match stderr.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        let mut kept = match kept.lock() {
            Ok(kept) => kept,
            Err(poisoned) => poisoned.into_inner(),
        };
        let room = LONGEST_COMPLAINT.saturating_sub(kept.len());
        kept.extend(buffer.iter().take(length.min(room)));
    }
}

/// 32 hexadecimal digits that nobody can foretell.
fn nonce() -> std::io::Result<String> {
    use std::fmt::Write as _;

    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let mut digits = String::with_capacity(32);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(silence: Duration) -> AdbShell {
        AdbShell::start(Process::new("/bin/sh"), silence).unwrap()
    }

    fn sh(script: &str) -> Command {
        Command::new("sh").args(["-c", script])
    }

    #[test]
    fn answers_come_in_order_with_their_status() {
        let mut shell = local(LONGEST_SILENCE);
        let commands = [
            Command::new("echo").arg("one\ntwo"),
            sh("echo fine; echo bad >&2; exit 7"),
            sh("echo fine; echo bad >&2").drop_errors(),
            Command::new("no-such-program-anywhere"),
            Command::new("true"),
        ];
        let answers = shell.ask(&commands).unwrap();
        assert_eq!(answers[0].text(), "one\ntwo\n");
        assert!(answers[0].is_whole());
        assert_eq!((answers[1].text().as_ref(), answers[1].status), ("fine\nbad\n", 7));
        assert_eq!(answers[2].text(), "fine\n");
        assert_eq!(answers[3].status, 127);
        assert_eq!((answers[4].text().as_ref(), answers[4].status), ("", 0));
        assert_eq!(shell.ask_one(Command::new("echo").arg("again")).unwrap().text(), "again\n");
    }

    #[test]
    fn output_that_looks_like_a_script_or_a_mark_is_output() {
        let mut shell = local(LONGEST_SILENCE);
        let hostile = "$(reboot)\n0123 e 0 0\n'\"`\necho forged\n";
        let answer = shell.ask_one(Command::new("printf").args(["%s", hostile])).unwrap();
        assert_eq!(answer.text(), hostile);
        // A program that reads its input does not read the script behind it.
        let answers = shell.ask(&[Command::new("cat"), Command::new("echo").arg("next")]).unwrap();
        assert_eq!((answers[0].text().as_ref(), answers[1].text().as_ref()), ("", "next\n"));
    }

    #[test]
    fn binary_output_comes_as_it_is() {
        let every = (0..=255_u8).fold(String::new(), |every, byte| format!("{every}\\{byte:03o}"));
        let answer = local(LONGEST_SILENCE).ask_one(Command::new("printf").arg(every).drop_errors()).unwrap();
        assert_eq!(answer.output, (0..=255_u8).collect::<Vec<u8>>());
    }

    #[test]
    fn a_long_line_without_an_end_is_cut_and_the_next_answer_comes() {
        let commands = [
            sh("head -c 67108865 /dev/zero").at_most(64 << 20),
            sh("head -c 67108864 /dev/zero"),
            Command::new("echo").arg("next"),
        ];
        let answers = local(LONGEST_SILENCE).ask(&commands).unwrap();
        assert_eq!((answers[0].output.len(), answers[0].cut), (64 << 20, true));
        assert_eq!((answers[1].output.len(), answers[1].cut), (64 << 20, false));
        assert_eq!(answers[2].text(), "next\n");
    }

    #[test]
    fn much_to_ask_and_much_to_answer_do_not_wait_for_each_other() {
        let word = "x".repeat(2000);
        let commands: Vec<Command> = (0..2000).map(|_| Command::new("echo").arg(&word)).collect();
        let answers = local(LONGEST_SILENCE).ask(&commands).unwrap();
        assert!(answers.iter().all(|answer| answer.output.len() == 2001));
    }

    #[test]
    fn a_stream_that_ends_is_gone_and_stays_gone() {
        let mut shell = local(LONGEST_SILENCE);
        let commands = [Command::new("echo").arg("one"), sh("kill -9 $PPID")];
        let gone = shell.ask(&commands).unwrap_err();
        assert_eq!(gone.detail, "it ended after 1 of 2 answers");
        assert_eq!(shell.ask_one(Command::new("echo")).unwrap_err(), gone);
    }

    #[test]
    fn what_the_program_said_at_its_end_is_told() {
        let mut process = Process::new("/bin/sh");
        process.args(["-c", "echo 'adb: device offline' >&2; exit 1"]);
        let mut shell = AdbShell::start(process, LONGEST_SILENCE).unwrap();
        let gone = shell.ask_one(Command::new("echo")).unwrap_err();
        assert_eq!(gone.detail, "it ended after 0 of 1 answers: adb: device offline");
    }

    #[test]
    fn a_device_that_hangs_is_given_up() {
        let begin = Instant::now();
        let mut shell = local(Duration::from_millis(200));
        let gone = shell.ask(&[Command::new("echo"), Command::new("sleep").arg("60")]).unwrap_err();
        assert_eq!(gone.detail, "no byte came for 0.2 seconds, 1 of 2 answers are whole");
        drop(shell);
        assert!(begin.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn no_two_streams_share_a_nonce() {
        let (one, other) = (nonce().unwrap(), nonce().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
