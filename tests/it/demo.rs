//! The committed state of the demo phone after its plan is what the plan makes of the committed phone.

use std::path::PathBuf;
use std::process::Command;

#[test]
fn the_derived_phone_is_what_its_plan_makes() {
    let devices = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/devices");
    let folder = tempfile::tempdir().unwrap();
    let derived = folder.path().join("derived.json");
    let run = Command::new(env!("CARGO_BIN_EXE_keepone"))
        .args(["plan", "--derived"])
        .args([&derived, &devices.join("zte-u930hd.json")])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let committed = devices.join("zte-u930hd.after-plan.json");
    let text = std::fs::read_to_string(&derived).unwrap();
    if std::env::var_os("KEEPONE_UPDATE").is_some() {
        std::fs::write(&committed, text).unwrap();
    } else {
        let known = std::fs::read_to_string(&committed).unwrap();
        assert!(known == text, "{} is out of date: run again with KEEPONE_UPDATE=1", committed.display());
    }
}
