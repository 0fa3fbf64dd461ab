//! The platform's own `adb` program. Finds it, lists the devices it sees, picks the one that is meant and opens its shell.
//! Starts no server of its own and installs nothing on a device.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::adb::error::Error;
use crate::adb::shell::{AdbShell, LONGEST_SILENCE};

/// How long listing the devices may take; `adb` starts its server first where none runs.
const LONGEST_LISTING: Duration = Duration::from_secs(60);

/// The longest list of devices that is read, in bytes.
const LONGEST_LIST: u64 = 1 << 20;

/// The `adb` program that is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    file: PathBuf,
}

/// One device that `adb` sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its serial: `emulator-5554`, `192.168.1.7:5555`, `0123456789ABCDEF`.
    pub serial: String,
    /// Its state, in adb's words: `device`, `unauthorized`, `offline`, `no permissions`, `recovery`, …
    pub state: String,
}

impl Program {
    /// Finds the program: `named`, else the one that the variable `ADB` names, else the first on `PATH`.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(named: Option<&Path>) -> Result<Self, Error> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        Self::find_in(named, variable("ADB").as_deref(), variable("PATH").as_deref())
    }

    fn find_in(named: Option<&Path>, adb: Option<&OsStr>, path: Option<&OsStr>) -> Result<Self, Error> {
        if let Some(file) = named.or(adb.map(Path::new)) {
            return Ok(Self { file: file.to_owned() });
        }
        let name = if cfg!(windows) { "adb.exe" } else { "adb" };
        let folders = path.map(std::env::split_paths).into_iter().flatten();
        let file = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
        file.map(|file| Self { file }).ok_or(Error::NoProgram)
    }

    /// Returns where the program lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Lists the devices that are connected, whatever their state.
    ///
    /// # Errors
    /// When the program does not run, does not end or fails.
    pub fn devices(&self) -> Result<Vec<Listed>, Error> {
        let not_started = |source| Error::NotStarted { file: self.file.clone(), source };
        let mut process = Process::new(&self.file);
        process.args(["devices", "-l"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = process.spawn().map_err(not_started)?;
        let output = read_apart(process.stdout.take());
        let errors = read_apart(process.stderr.take());
        let Ok(output) = output.recv_timeout(LONGEST_LISTING) else {
            let _ = process.kill();
            let _ = process.wait();
            let detail = format!("'adb devices' did not end in {} seconds", LONGEST_LISTING.as_secs());
            return Err(Error::Failed { detail });
        };
        let status = process.wait().map_err(not_started)?;
        if status.success() {
            return Ok(listed(&output));
        }
        // A server that it has just started may hold its error stream open: what has come so far is enough.
        let errors = errors.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        let detail = if errors.trim().is_empty() { status.to_string() } else { errors.trim().to_owned() };
        Err(Error::Failed { detail })
    }

    /// Returns the serial of the device that is meant: `serial`, else the one that the variable `ANDROID_SERIAL` names as
    /// for `adb` itself, else the only one.
    ///
    /// # Errors
    /// When it is not there or not ready, or when several are and none is named.
    pub fn pick(&self, serial: Option<&str>) -> Result<String, Error> {
        let variable = std::env::var("ANDROID_SERIAL").ok().filter(|serial| !serial.is_empty());
        pick(&self.devices()?, serial.or(variable.as_deref()))
    }

    /// Opens the shell of the device `serial`.
    ///
    /// # Errors
    /// When the program does not start. A device that is gone shows at the first question.
    pub fn shell(&self, serial: &str) -> Result<AdbShell, Error> {
        let mut process = Process::new(&self.file);
        process.args(["-s", serial, "shell", "-T", "sh"]);
        AdbShell::start(process, LONGEST_SILENCE)
            .map_err(|source| Error::NotStarted { file: self.file.clone(), source })
    }
}

/// Reads a stream on a thread of its own, so that one that nobody closes does not hold up the rest.
fn read_apart(stream: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.map(|stream| stream.take(LONGEST_LIST).read_to_end(&mut bytes));
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

/// Reads the output of `adb devices -l`: a serial, blanks, a state of one or two words, then what the device says of
/// itself.
fn listed(output: &str) -> Vec<Listed> {
    let mut listed = Vec::new();
    for line in output.lines().map(str::trim) {
        // `List of devices attached`, and `* daemon started successfully *` of older versions.
        if line.is_empty() || line.starts_with('*') || line.starts_with("List of devices") {
            continue;
        }
        // The only serial with blanks in it.
        let (serial, rest) = match line.strip_prefix("(no serial number)") {
            Some(rest) => ("(no serial number)", rest),
            None => line.split_once(char::is_whitespace).unwrap_or((line, "")),
        };
        let rest = rest.trim_start();
        let state = if rest.starts_with("no permissions") {
            "no permissions"
        } else {
            rest.split_whitespace().next().unwrap_or_default()
        };
        listed.push(Listed { serial: serial.to_owned(), state: state.to_owned() });
    }
    listed
}

/// Picks the device that is meant, and only if a shell runs on it.
fn pick(listed: &[Listed], serial: Option<&str>) -> Result<String, Error> {
    let serials = || listed.iter().map(|listed| listed.serial.clone()).collect::<Vec<_>>();
    let device = match (serial, listed) {
        (Some(serial), _) => listed
            .iter()
            .find(|listed| listed.serial == serial)
            .ok_or_else(|| Error::NotFound { serial: serial.to_owned(), serials: serials() })?,
        (None, []) => return Err(Error::NoDevice),
        (None, [only]) => only,
        (None, _) => return Err(Error::Several { serials: serials() }),
    };
    let serial = device.serial.clone();
    match device.state.as_str() {
        "device" => Ok(serial),
        "unauthorized" | "authorizing" => Err(Error::Unauthorized { serial }),
        "offline" | "connecting" => Err(Error::Offline { serial }),
        "no permissions" | "noperm" => Err(Error::NoPermissions { serial }),
        state => Err(Error::NotRunning { serial, state: state.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "* daemon not running; starting now at tcp:5037\n\
        * daemon started successfully\n\
        List of devices attached\n\
        emulator-5554          device product:sdk_gphone64 model:sdk_gphone64 device:emu64xa transport_id:1\n\
        0123456789ABCDEF       unauthorized usb:1-1 transport_id:2\n\
        192.168.1.7:5555\toffline\n\
        ????????????           no permissions (user in plugdev group); see [http://developer.android.com]\n\
        R58                    recovery\n\n";

    #[test]
    fn a_list_of_devices_is_read() {
        let list: Vec<(String, String)> =
            listed(LIST).into_iter().map(|listed| (listed.serial, listed.state)).collect();
        let expected = [
            ("emulator-5554", "device"),
            ("0123456789ABCDEF", "unauthorized"),
            ("192.168.1.7:5555", "offline"),
            ("????????????", "no permissions"),
            ("R58", "recovery"),
        ];
        assert_eq!(list, expected.map(|(serial, state)| (serial.to_owned(), state.to_owned())));
    }

    #[test]
    fn the_device_that_is_meant_is_picked_or_the_error_says_why_not() {
        let say = |serial| match pick(&listed(LIST), serial) {
            Ok(serial) => serial,
            Err(error) => error.to_string(),
        };
        assert_eq!(say(Some("emulator-5554")), "emulator-5554");
        assert!(say(None).starts_with("several devices are connected: emulator-5554, 0123456789ABCDEF, "));
        assert_eq!(
            say(Some("0123456789ABCDEF")),
            "the device 0123456789ABCDEF has not allowed this computer"
        );
        assert_eq!(say(Some("192.168.1.7:5555")), "the device 192.168.1.7:5555 is offline");
        assert_eq!(say(Some("????????????")), "this account may not use the device ????????????");
        assert_eq!(say(Some("R58")), "the device R58 is in the state recovery, not in the running system");
        assert_eq!(say(Some("-x")), "no device has the serial -x");
        assert!(matches!(pick(&[], None), Err(Error::NoDevice)));
        assert_eq!(pick(&listed("a\tdevice\n"), None).unwrap(), "a");
    }

    #[test]
    fn the_program_is_the_named_one_then_the_variable_then_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("adb");
        let path = std::env::join_paths([Path::new("/nowhere"), folder.path()]).unwrap();
        assert!(matches!(Program::find_in(None, None, Some(&path)), Err(Error::NoProgram)));
        assert!(matches!(Program::find_in(None, None, None), Err(Error::NoProgram)));
        std::fs::write(&file, "").unwrap();
        assert_eq!(Program::find_in(None, None, Some(&path)).unwrap().file(), file);
        let variable = Some(OsStr::new("/a/adb"));
        assert_eq!(Program::find_in(None, variable, Some(&path)).unwrap().file(), Path::new("/a/adb"));
        let named = Some(Path::new("/b/adb"));
        assert_eq!(Program::find_in(named, variable, Some(&path)).unwrap().file(), Path::new("/b/adb"));
    }

    #[test]
    fn a_program_that_cannot_run_or_fails_says_so() {
        let named = |file: &str| Program::find(Some(Path::new(file))).unwrap();
        assert!(matches!(named("/nowhere/adb").devices(), Err(Error::NotStarted { .. })));
        assert!(matches!(named("/bin/false").devices(), Err(Error::Failed { .. })));
    }
}
