//! Tests on real firmware. They read the folder named by the environment variable `KEEPONE_CORPUS` and fail when it is
//! not set.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests fail by panicking and print their figures"
)]

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
