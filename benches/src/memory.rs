//! The most memory that a reader takes: it reads all files in a process of its own, which then looks at its own peak.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::contender::Contender;

/// Names the contender to a child.
const CONTENDER: &str = "KEEPONE_BENCH_PEAK_OF";

/// Returns the peak of resident memory, in bytes, of a process in which `contender` reads `files`; for `None`, of a
/// process that reads none of them.
///
/// # Errors
/// When the child cannot be run.
pub fn peak(contender: Option<Contender>, files: &[PathBuf]) -> io::Result<u64> {
    let mut child = Command::new(env::current_exe()?)
        .env(CONTENDER, contender.map_or("", |contender| contender.name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        for file in files {
            writeln!(input, "{}", file.display())?;
        }
    }
    let output = child.wait_with_output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let odd = || io::Error::other(format!("the child said {text:?}"));
    text.trim().parse().map_err(|_| odd())
}

/// Does the child's part when this process is such a child; true when it was.
///
/// # Errors
/// When the list of files or the peak cannot be read.
pub fn is_child(contenders: &[Contender]) -> io::Result<bool> {
    let Some(name) = env::var_os(CONTENDER) else { return Ok(false) };
    let contender = contenders.iter().find(|contender| name == contender.name);
    for line in io::stdin().lock().lines() {
        let line = line?;
        if let Some(contender) = contender {
            (contender.run)(Path::new(&line));
        }
    }
    println!("{}", own_peak()?);
    Ok(true)
}

/// Returns the peak of this process (`VmHWM`, in units of 1024 bytes).
fn own_peak() -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    number.map(|number| number * 1024).ok_or_else(|| io::Error::other("no VmHWM in /proc/self/status"))
}
