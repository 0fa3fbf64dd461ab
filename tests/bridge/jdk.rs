//! The JDK that tests of the JNI edge need: finds it, and compiles our engine classes with the fakes of the tests, once for
//! a process.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Compiles `org.keepone.engine` and the fakes, once for all tests.
pub(crate) fn classes() -> &'static Path {
    static CLASSES: OnceLock<tempfile::TempDir> = OnceLock::new();
    let compiled = CLASSES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let ours = root.join("android/app/src/main/java/org/keepone");
        let mut sources = Vec::new();
        for folder in
            [ours.join("engine"), ours.join("annotation"), root.join("tests/java/org/keepone/engine")]
        {
            for entry in std::fs::read_dir(&folder).expect("the sources are there") {
                sources.push(entry.expect("a readable folder").path());
            }
        }
        let classes = tempfile::tempdir().expect("a folder for classes");
        let output = Command::new(tool("javac"))
            .args(["-Xlint:all", "-Werror", "--release", "11", "-encoding", "UTF-8", "-d"])
            .arg(classes.path())
            .args(sources)
            .output()
            .expect("javac runs");
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "javac: {said}");
        classes
    });
    compiled.path()
}

/// Returns a tool of the JDK.
pub(crate) fn tool(name: &str) -> PathBuf {
    let home = std::env::var_os("JAVA_HOME").map(|home| PathBuf::from(home).join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = home.into_iter().chain(std::env::split_paths(&path));
    folders
        .map(|folder| folder.join(name))
        .find(|file| file.exists())
        .unwrap_or_else(|| panic!("no `{name}`: install a JDK, `apt-get install default-jdk-headless`"))
}
