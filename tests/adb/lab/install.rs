//! What has to be on the machine: `adb`, which is installed where that may be done, and the phone, which is built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::lab::root;

/// Returns the `adb` program. Installs it by the means of the app's build (`android/toolchain/machine.sh`), which fails
/// with what to do where it cannot.
pub(crate) fn adb() -> &'static Path {
    static ADB: OnceLock<PathBuf> = OnceLock::new();
    ADB.get_or_init(|| {
        let script = ". android/toolchain/machine.sh; need_packages adb=adb; command -v adb";
        let output = Command::new("bash").args(["-euc", script]).current_dir(root()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "these tests need Debian's adb: {said}");
        PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
    })
}

/// Returns the phone, built as these tests are.
pub(crate) fn phone() -> &'static Path {
    static PHONE: OnceLock<PathBuf> = OnceLock::new();
    PHONE.get_or_init(|| {
        // target/PROFILE/deps/adb-0123456789abcdef
        let own = std::env::current_exe().unwrap();
        let profile = own.ancestors().nth(2).unwrap();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--example", "phone", "--target-dir"]).arg(profile.parent().unwrap());
        build.current_dir(root());
        if profile.ends_with("release") {
            build.arg("--release");
        }
        if cfg!(feature = "corpus") {
            build.args(["--features", "corpus"]);
        }
        let output = build.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the phone is not built: {said}");
        profile.join("examples/phone")
    })
}
