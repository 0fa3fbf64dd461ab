//! The app's own tests, on Android's own classes: `android/test`, which installs what it needs and never skips.

#![expect(clippy::print_stdout, reason = "a test prints its figures")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// The API levels that every machine runs; the newest runs too where there is a JDK for it.
const PLATFORMS: [&str; 4] = ["26", "30", "34", "35"];

#[test]
fn the_app_passes_its_tests_on_every_platform() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("android/test");
    let output = Command::new(&program).output().expect("android/test can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(
        output.status.success(),
        "android/test: {}\n{told}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    for platform in PLATFORMS {
        // The last lines: how many tests passed, and on which platform.
        let ran = told.lines().any(|line| line.split_whitespace().nth(1) == Some(platform));
        assert!(ran, "no test ran on API {platform}:\n{told}");
        // And what the app's calls reached there: the framework's own code, or what stands in for it.
        let calls = told.lines().find_map(|line| line.strip_prefix(&format!("calls on API {platform}: ")));
        let report = program.with_file_name(format!("tests/target/calls-{platform}.tsv"));
        let report = fs::read_to_string(&report).expect("the tests write down what answered each call");
        let answered =
            |word: &str| report.lines().filter(|line| line.ends_with(&format!("\t{word}"))).count();
        let shadows = answered("shadow") + answered("shadow of ours");
        assert!(answered("real") > 5 && shadows > 50, "{platform}:\n{report}");
        let figures = format!("real {}, real to a stand-in ", answered("real"));
        assert!(calls.is_some_and(|calls| calls.contains(&figures)), "API {platform}: {calls:?}");
    }
}
