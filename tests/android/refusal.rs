//! What the build says to what it cannot do.

use std::process::Command;

use crate::build::{root, run};

#[track_caller]
fn refuses(arguments: &[&str], because: &str) {
    let output = run(&root(), arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(output.stdout.is_empty());
    assert!(said.contains(because), "{said}");
}

#[test]
fn a_key_without_its_certificate() {
    refuses(&["--key", "Cargo.toml"], "--key and --cert belong together");
    refuses(&["--cert", "Cargo.toml"], "--key and --cert belong together");
}

#[test]
fn a_key_that_is_not_there() {
    refuses(&["--key", "no-such.pk8", "--cert", "no-such.pem"], "cannot read no-such.pk8");
}

#[test]
fn an_argument_without_its_file_and_one_it_does_not_know() {
    refuses(&["--output"], "--output needs a file");
    refuses(&["--release"], "unknown argument: --release");
}

#[test]
fn a_folder_that_holds_no_ndk() {
    let output =
        Command::new(root().join("android/build")).env("ANDROID_NDK_HOME", "/no such ndk").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("ANDROID_NDK_HOME=/no such ndk has no toolchains/llvm"), "{said}");
    assert!(said.contains("unset it"), "{said}");
}

#[test]
fn help_goes_to_standard_output() {
    let output = run(&root(), &["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("Usage: android/build"));
}
