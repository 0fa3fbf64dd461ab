//! The JNI edge on a virtual machine of the desktop: what the engine costs per package beside an empty crossing of the same
//! answers, and a whole verdict. What the platform needs to collect is not measured: a Java object holds prepared answers.
//!
//! The packages are those of the committed phones as a collector would give them, again and again under new names.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use keepone::source::snapshot::Snapshot;
use serde_json::{Value, json};

/// How many packages are judged. 420 is what a phone has.
const SIZES: [usize; 2] = [420, 5_000];

fn main() {
    // `cargo test --benches` and `--list` only want to know that this runs.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("target/bench-bridge");
    let engine =
        build(&root, &target, &["--no-default-features", "--features", "bridge", "--lib"], "keepone");
    let crossing = build(&root.join("benches/crossing"), &target, &[], "crossing");
    let classes = compile(&root, &target);
    println!(
        "{:>9} {:>12} {:>10} {:>14} {:>14} {:>12} {:>10}",
        "packages", "per record", "crossing", "read, judged", "with JSON", "over floor", "verdict"
    );
    for size in SIZES {
        let bytes = phone(&root, &target, size);
        let rounds = (200_000 / size).clamp(20, 300);
        let [crossed, judged, told] = run(&target, &classes, &engine, &crossing, rounds);
        let each = |time: Duration| time / u32::try_from(size).expect("sizes are small");
        println!(
            "{size:>9} {:>10} B {:>10.2?} {:>14.2?} {:>14.2?} {:>12.1} {:>10.2?}",
            bytes / size,
            each(crossed),
            each(judged),
            each(told),
            told.as_secs_f64() / crossed.as_secs_f64(),
            told
        );
        if size == 420 {
            println!("          goal: a verdict for 420 packages within 10 ms");
        }
    }
}

/// Builds a library and returns its file.
fn build(folder: &Path, target: &Path, arguments: &[&str], name: &str) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .args(arguments)
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_PROFILE_RELEASE_LTO", "thin")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")
        .status()
        .expect("cargo runs");
    assert!(status.success(), "{name} was not built");
    let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    target.join("release").join(file)
}

/// Compiles the engine's Java side and the bench.
fn compile(root: &Path, target: &Path) -> PathBuf {
    let ours = root.join("android/app/src/main/java/org/keepone");
    let folders =
        [ours.join("engine"), ours.join("annotation"), root.join("benches/java/org/keepone/engine")];
    let sources = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("the sources are there"));
    let classes = target.join("classes");
    let status = Command::new("javac")
        .args(["--release", "11", "-encoding", "UTF-8", "-d"])
        .arg(&classes)
        .args(sources.map(|entry| entry.expect("a readable folder").path()))
        .status()
        .expect("a JDK is needed: `javac` on the path");
    assert!(status.success(), "the Java side was not compiled");
    classes
}

/// Writes a phone of `size` packages and returns how many bytes its records have.
fn phone(root: &Path, target: &Path, size: usize) -> usize {
    let mut packages: Vec<Value> = Vec::new();
    for name in ["zte-u930hd", "lenovo-tb-x6c6l"] {
        let file = root.join(format!("tests/data/devices/{name}.json"));
        let snapshot: Snapshot =
            serde_json::from_slice(&std::fs::read(file).expect("a committed phone")).expect("a phone");
        for package in snapshot.packages {
            packages.push(serde_json::to_value(package).expect("facts are JSON"));
        }
    }
    let mut records = (u32::try_from(size).expect("sizes are small")).to_be_bytes().to_vec();
    let mut sum = 0;
    for (index, facts) in packages.iter().cycle().take(size).enumerate() {
        let name = format!("{}.n{index}", facts["name"].as_str().expect("a name"));
        let mut package = facts.clone();
        package["name"] = json!(name);
        package["facts"] = json!(0);
        package["system"] = json!(true);
        package["states"] =
            json!([{"user": 0, "installed": true, "enabled": true, "block-uninstall": false}]);
        let record = json!({"package": package, "not-read": []}).to_string();
        for length in [name.len(), record.len()] {
            records.extend(u32::try_from(length).expect("records are small").to_be_bytes());
        }
        records.extend(name.as_bytes());
        records.extend(record.as_bytes());
        sum += record.len();
    }
    let device = json!({"device": {"sdk": 34, "properties": {}}, "users": [{"id": 0, "kind": "main"}]});
    std::fs::write(target.join("records.bin"), records).expect("a folder to write to");
    std::fs::write(target.join("device.json"), device.to_string()).expect("a folder to write to");
    sum
}

/// Runs the Java side and returns the medians it prints: the empty crossing, judging, judging with its JSON.
fn run(target: &Path, classes: &Path, engine: &Path, crossing: &Path, rounds: usize) -> [Duration; 3] {
    let output = Command::new("java")
        .args(["-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"])
        .arg(format!("-Dorg.keepone.library={}", engine.display()))
        .arg(format!("-Dorg.keepone.crossing={}", crossing.display()))
        .arg("-cp")
        .arg(classes)
        .arg("org.keepone.engine.Bench")
        .arg(target)
        .arg(rounds.to_string())
        .output()
        .expect("a JDK is needed: `java` on the path");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let mut times = printed.lines().filter_map(|line| line.parse().ok()).map(Duration::from_nanos);
    [(); 3].map(|()| times.next().expect("three times are printed"))
}
