//! The linker that stands in for an NDK's.

use std::process::{Command, Output};

use crate::build::{built, text};
use crate::elf::ABIS;

/// Links a library whose only function calls another one.
fn link(triple: &str, called: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source.c");
    std::fs::write(
        &source,
        format!("extern int {called}(void);\nint answer(void) {{ return {called}(); }}\n"),
    )
    .unwrap();
    let out = folder.path().join("out.so");
    let arguments = ["-shared", "-fPIC", "-o", text(&out), text(&source)];
    Command::new(built().linker(triple)).args(arguments).output().unwrap()
}

#[test]
fn it_links_what_android_8_has() {
    for (_, triple) in ABIS {
        for called in ["malloc", "strtol_l", "dl_iterate_phdr", "__android_log_write"] {
            let output = link(triple, called);
            assert!(
                output.status.success(),
                "{triple} {called}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

/// `getrandom` and `aligned_alloc` came with Android 9, `reallocarray` with 10; glibc's `getcontext` never came.
#[test]
fn it_refuses_what_only_newer_platforms_have() {
    for (_, triple) in ABIS {
        for called in ["getrandom", "aligned_alloc", "reallocarray", "getcontext"] {
            let output = link(triple, called);
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success(), "{triple} linked {called}");
            assert!(said.contains(&format!("undefined symbol: {called}")), "{triple}: {said}");
        }
    }
}
