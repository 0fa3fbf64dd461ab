//! The virtual machine: runs the harness in a process of its own, and holds every run against what each has to keep.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::jdk::{classes, tool};

/// A run of the harness that ended well: what it printed and the folder it wrote to.
pub(crate) struct Run {
    pub(crate) printed: String,
    folder: PathBuf,
}

impl Run {
    /// Returns the JSON that one call gave.
    pub(crate) fn json(&self, name: &str) -> serde_json::Value {
        let path = self.folder.join("out").join(format!("{name}.json"));
        let bytes = std::fs::read(&path).unwrap_or_else(|_| panic!("{name} threw: {:?}", self.thrown(name)));
        serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Returns a text that the harness wrote.
    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join("out").join(name)).unwrap()
    }

    /// Returns what one call threw: code, English, Chinese.
    pub(crate) fn thrown(&self, name: &str) -> Option<[String; 3]> {
        let text = std::fs::read_to_string(self.folder.join("out").join(format!("{name}.thrown"))).ok()?;
        let mut lines = text.split('\n').map(str::to_owned);
        Some([(); 3].map(|()| lines.next().unwrap_or_default()))
    }
}

/// Runs the harness in a process of its own and holds it against what every run has to keep: it ends by itself, and the
/// checks of the virtual machine have nothing to say.
pub(crate) fn run(folder: &Path, options: &[&str], arguments: &[&str]) -> Run {
    let library = library();
    let output = Command::new(tool("java"))
        .args(["-Xcheck:jni", "-Xss2m", "-Dfile.encoding=UTF-8"])
        .arg(format!("-Dorg.keepone.library={}", library.display()))
        .args(options)
        .arg("-cp")
        .arg(classes())
        .args(["org.keepone.engine.Harness", arguments[0]])
        .arg(folder)
        .args(&arguments[1..])
        .output()
        .expect("java runs");
    let printed = told(&output);
    assert!(output.status.success(), "{arguments:?} ended with {}:\n{printed}", output.status);
    for word in ["WARNING", "FATAL", "exceeds capacity"] {
        assert!(!printed.contains(word), "{arguments:?}: {word}\n{printed}");
    }
    assert!(printed.contains("ended"), "{arguments:?} did not end:\n{printed}");
    Run { printed, folder: folder.to_owned() }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The library that was built with these tests.
pub(crate) fn library() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let name = format!("{}keepone{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = test.ancestors().skip(1).map(|folder| folder.join(&name)).find(|path| path.exists());
    library.expect("the cdylib lies beside or above the test")
}
