//! Tests on real firmware. They read the folder named by the environment variable `KEEPONE_CORPUS` and fail when it is
//! not set.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests fail by panicking and print their figures"
)]

mod aapt2;
mod accuracy;
mod adb;
mod adb_verdict;
#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
#[path = "../it/apk_builder.rs"]
mod apk_builder;
mod built;
mod demo;
mod framework;
#[expect(dead_code, unused_imports, reason = "shared with the tests of adb, which use all of it")]
#[path = "../adb/lab/mod.rs"]
mod lab;
mod malformed;
mod manifest_view;
mod plan;
mod removability;
mod trees;

use std::path::PathBuf;

/// The folder with the corpus.
fn corpus() -> PathBuf {
    let path =
        std::env::var_os("KEEPONE_CORPUS").expect("KEEPONE_CORPUS must name the folder with the corpus");
    let path = PathBuf::from(path);
    assert!(path.join("firmware").is_dir(), "{} holds no folder 'firmware'", path.display());
    path
}

/// Every device of the corpus, sorted: the folders that hold a `root`.
fn devices() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus().join("firmware")).unwrap();
    let mut devices: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("root").is_dir()).collect();
    devices.sort();
    assert!(!devices.is_empty(), "the corpus holds no device");
    devices
}

/// Compares a table with its committed form under `tests/data`, or writes it there when `KEEPONE_UPDATE` is set.
fn committed(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    println!("{text}");
    if std::env::var_os("KEEPONE_UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == text,
        "tests/data/{name} is out of date: run again with KEEPONE_UPDATE=1 and read the diff"
    );
}
