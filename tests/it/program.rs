//! Runs the program under test as a user would.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The committed facts of a phone that breaks the rule, with a few APKs not read.
pub(crate) const PHONE: &str = "tests/data/devices/zte-u930hd.json";

/// The committed facts of a tablet, most of whose large apps were not read.
pub(crate) const TABLET: &str = "tests/data/devices/lenovo-tb-x6c6l.json";

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The folder that paths of test data are relative to.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A command with a neutral environment: English, no colour, no date set.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "SOURCE_DATE_EPOCH", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program.
pub(crate) fn keepone(arguments: &[&str]) -> Run {
    finish(&mut command(arguments))
}

/// Runs a prepared command.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Compares a text with a committed one; `KEEPONE_UPDATE=1` writes it instead.
pub(crate) fn same_as_committed(path: &Path, fresh: &str) {
    if std::env::var_os("KEEPONE_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, fresh).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}; run again with KEEPONE_UPDATE=1", path.display()));
    assert!(
        committed == fresh,
        "{} is out of date: run again with KEEPONE_UPDATE=1 and read the diff",
        path.display()
    );
}
