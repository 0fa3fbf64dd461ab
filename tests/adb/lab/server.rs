//! An adb server of its own, and the programs that run against it.

use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::lab::{Phone, install, root};

/// How a program ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A server and a home for its key.
#[derive(Debug)]
pub(crate) struct Lab {
    home: TempDir,
    server: Child,
}

impl Lab {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        let mut server = Command::new(install::adb());
        surround(&mut server, home.path());
        let mut server = server
            .args(["-L", &socket(home.path()), "nodaemon", "server"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while UnixStream::connect(home.path().join(SOCKET)).is_err() {
            assert!(Instant::now() < deadline, "the adb server does not listen");
            assert_eq!(server.try_wait().unwrap(), None, "the adb server does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { home, server }
    }

    /// A lab with one phone of these facts, ready.
    pub(crate) fn with(facts: &str) -> (Self, Phone) {
        let lab = Self::new();
        let phone = Phone::of(facts).start();
        lab.connect(&phone);
        (lab, phone)
    }

    /// Connects a phone; returns what adb says.
    pub(crate) fn connect(&self, phone: &Phone) -> String {
        self.adb(&["connect", &phone.serial()]).stdout
    }

    /// Waits until adb lists a phone in a state.
    pub(crate) fn await_state(&self, phone: &Phone, state: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let listed = self.adb(&["devices"]).stdout;
            if listed.contains(&format!("{}\t{state}", phone.serial())) {
                return;
            }
            assert!(Instant::now() < deadline, "{listed}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Connects a phone again whose cable was pulled: the server may still be busy with the end of the last connection.
    pub(crate) fn reconnect(&self, phone: &Phone) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let said = self.connect(phone);
            if self.adb(&["devices"]).stdout.contains(&format!("{}\tdevice", phone.serial())) {
                return;
            }
            assert!(Instant::now() < deadline, "{said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Runs `adb`.
    pub(crate) fn adb(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(install::adb());
        command.args(arguments);
        self.finish(&mut command)
    }

    /// A prepared `adb` that reads a script for the phone's shell.
    pub(crate) fn script(&self, phone: &Phone) -> Command {
        let mut command = Command::new(install::adb());
        self.surround(&mut command);
        command.args(["-s", &phone.serial(), "shell", "-T", "sh"]);
        command
    }

    /// Runs a command line in the phone's shell.
    pub(crate) fn shell(&self, phone: &Phone, line: &str) -> Run {
        self.adb(&["-s", &phone.serial(), "shell", "-T", line])
    }

    /// Runs the program under test against this server.
    pub(crate) fn keepone(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
        command.args(arguments);
        self.finish(&mut command)
    }

    /// Runs a prepared command against this server.
    pub(crate) fn finish(&self, command: &mut Command) -> Run {
        self.surround(command);
        let output = command.stdin(Stdio::null()).output().unwrap();
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Lets a command meet this server and nothing of whoever runs the tests.
    pub(crate) fn surround(&self, command: &mut Command) {
        surround(command, self.home.path());
    }
}

/// The server's socket, in its home. Over TCP each small answer would wait 40 ms for the acknowledgement of the one before.
const SOCKET: &str = "adb";

/// The socket as adb names it.
fn socket(home: &Path) -> String {
    format!("localfilesystem:{}", home.join(SOCKET).display())
}

fn surround(command: &mut Command, home: &Path) {
    command.current_dir(root());
    for name in
        ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "SOURCE_DATE_EPOCH", "RUST_BACKTRACE", "ANDROID_SERIAL"]
    {
        command.env_remove(name);
    }
    // No emulator of this machine is looked for, and none of its network.
    command
        .env("HOME", home)
        .env("ADB", install::adb())
        .env_remove("ANDROID_ADB_SERVER_PORT")
        .env("ADB_SERVER_SOCKET", socket(home))
        .env("ADB_LOCAL_TRANSPORT_MAX_PORT", "5554")
        .env("ADB_MDNS", "0");
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
