//! Runs a class of `android/tests` that answers a question and compares nothing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// Maven keeps what it makes in one folder: one run at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Asks the class `oracle` and returns the folder with its answers, a file for each platform.
pub(super) fn ask(oracle: &str, question: &Value, more: &[&str]) -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = project.join("target/oracle").join(oracle);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("question.json");
    std::fs::write(&file, question.to_string()).unwrap();
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let output = Command::new(project.join("android/test"))
        .arg(format!("-Dtest={oracle}"))
        .arg(format!("-Dquestion={}", file.display()))
        .args(more)
        .output()
        .unwrap();
    drop(alone);
    assert!(
        output.status.success(),
        "android/test: {}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    folder
}

/// Reads the lines of each answer `STEM-PLATFORM.jsonl`, by API level.
pub(super) fn answers<T: serde::de::DeserializeOwned>(folder: &Path, stem: &str) -> Vec<(i64, Vec<T>)> {
    let mut answers: Vec<(i64, Vec<T>)> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let level = path.file_stem()?.to_str()?.strip_prefix(stem)?.strip_prefix('-')?.parse().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            Some((level, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()))
        })
        .collect();
    answers.sort_by_key(|(level, _)| *level);
    answers
}
