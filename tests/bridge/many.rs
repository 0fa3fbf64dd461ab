//! A phone of a hundred thousand packages: no local reference stays, and memory returns.

use serde_json::json;

use crate::machine::{self, Run};
use crate::phone;

fn judged(count: usize, rounds: usize) -> (Run, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    let mut template = phone::record("com.maker.store");
    template["package"]["name"] = json!("NAME");
    std::fs::write(folder.path().join("template.json"), template.to_string()).unwrap();
    std::fs::write(folder.path().join("device.json"), phone::device().to_string()).unwrap();
    let options = json!({"want": ["classify"], "manifests": false});
    std::fs::write(folder.path().join("options.json"), options.to_string()).unwrap();
    let heap = ["-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"];
    let run = machine::run(folder.path(), &heap, &["many", &count.to_string(), &rounds.to_string()]);
    (run, folder)
}

/// Bytes on Java's heap and bytes of the process, after each round.
fn memory(run: &Run) -> Vec<[i64; 2]> {
    let lines = run.printed.lines().filter_map(|line| line.strip_prefix("memory\t"));
    lines
        .map(|line| {
            let mut numbers = line.split('\t').map(|number| number.parse().unwrap());
            [numbers.next().unwrap(), numbers.next().unwrap()]
        })
        .collect()
}

#[test]
fn a_hundred_thousand_packages_leave_no_reference_behind() {
    const COUNT: usize = 100_000;
    // `-Xcheck:jni` warns when local references pass what their frame was made for
    let (run, _folder) = judged(COUNT, 1);
    let answer = run.json("many");
    let packages = answer["classify"]["packages"].as_array().unwrap();
    assert_eq!(packages.len(), COUNT);
    let hidden = packages.iter().filter(|entry| entry["scope"] == "not-read").count();
    assert_eq!(hidden, COUNT / 100);
    assert!(memory(&run)[0][0] < 64 << 20, "Java keeps {:?}", memory(&run));
}

#[test]
fn memory_returns_after_each_run() {
    let (run, _folder) = judged(5_000, 12);
    let memory = memory(&run);
    assert_eq!(memory.len(), 12);
    // the first rounds fill caches and pools; from then on nothing grows
    let [heap, process] = [0, 1].map(|what| memory[11][what] - memory[4][what]);
    assert!(heap < 1 << 20, "Java's heap grew by {heap} bytes: {memory:?}");
    assert!(process < 8 << 20, "the process grew by {process} bytes: {memory:?}");
}
