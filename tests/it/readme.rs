//! Every command that a README shows with its output prints exactly that. `KEEPONE_UPDATE=1` writes the output anew.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Commands that are shown with what they print. Others are shown as examples on a tree of the reader's own.
const RUNS_ON: &str = "tests/data/";

#[test]
fn the_english_readme_shows_what_the_program_prints() {
    check("README.md");
}

#[test]
fn the_chinese_readme_shows_what_the_program_prints() {
    check("README.zh-CN.md");
}

#[test]
fn both_readmes_show_the_same_commands() {
    let strip =
        |line: &str| line.replace(" --lang zh-CN", "").split('#').next().unwrap().trim_end().to_owned();
    let commands = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        text.lines().filter(|line| line.starts_with("$ ") || line.starts_with("cargo ")).map(strip).collect()
    };
    let english = commands("README.md");
    assert!(english.len() >= 9, "{english:?}");
    assert_eq!(english, commands("README.zh-CN.md"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn check(name: &str) {
    let path = root().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let fresh = with_outputs(&text);
    if std::env::var_os("KEEPONE_UPDATE").is_some() {
        std::fs::write(&path, fresh).unwrap();
    } else {
        assert!(text == fresh, "{name} is out of date: run again with KEEPONE_UPDATE=1 and read the diff");
    }
}

/// Returns the text with the output of every command that can be run written under it.
fn with_outputs(text: &str) -> String {
    let mut fresh = String::new();
    let mut lines = text.lines().peekable();
    let mut ran = 0;
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let Some(command) = line.strip_prefix("$ ") else { continue };
        if command.contains(RUNS_ON) || command.starts_with("keepone profile list") {
            ran += 1;
            fresh.push_str(&output(command));
            while lines.peek().is_some_and(|line| *line != "```" && !line.starts_with("$ ")) {
                lines.next();
            }
        }
    }
    assert!(ran >= 3, "only {ran} commands were run");
    fresh
}

/// Runs one command line as a shell user would, with `keepone` and `cargo run` standing for the program under test.
fn output(command: &str) -> String {
    let (program, head) = match command.split_once(" | head -n ") {
        Some((program, count)) => (program, Some(count.parse::<usize>().unwrap())),
        None => (command, None),
    };
    let program =
        program.strip_prefix("cargo run --release -- ").or_else(|| program.strip_prefix("keepone "));
    let arguments: Vec<&str> = program.expect("a command of ours").split_whitespace().collect();
    let run = Command::new(Path::new(env!("CARGO_BIN_EXE_keepone")))
        .args(&arguments)
        .current_dir(root())
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(run.status.code().is_some_and(|code| code < 3), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).unwrap();
    text.split_inclusive('\n').take(head.unwrap_or(usize::MAX)).collect()
}
