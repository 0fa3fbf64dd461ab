//! What `keepone profile` prints, as it was last read by a person. `KEEPONE_UPDATE=1` writes the pages anew.

use std::fs;
use std::path::Path;
use std::process::Command;

const LAYER: &str = "tests/data/profiles/valid/layer-over-a-built-in-profile.toml";
const FIRMWARE: &str = "tests/data/profiles/valid/firmware-layer.toml";
const PAGES: [(&str, &[&str]); 4] = [
    ("list", &["list"]),
    ("show-a-draft", &["show", "tc260-2021-draft"]),
    ("show-with-layers", &["show", LAYER, FIRMWARE]),
    ("init", &["init"]),
];

/// Runs `keepone profile` in the folder of the project and returns what it prints.
fn run(arguments: &[&str], language: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("profile").args(arguments).args(["--lang", language]);
    let output = command.output().expect("the program to run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8 output")
}

#[test]
fn pages_are_as_they_were_read() {
    let update = std::env::var_os("KEEPONE_UPDATE").is_some_and(|value| value == "1");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/profiles/pages");
    let mut stale = Vec::new();
    for (name, arguments) in PAGES {
        for language in ["en", "zh-CN"] {
            let printed = run(arguments, language);
            let page = folder.join(format!("{name}.{language}.txt"));
            if update {
                fs::write(&page, &printed).expect("a page to be written");
            } else if fs::read_to_string(&page).ok().as_deref() != Some(&printed) {
                stale.push(format!("{} should be:\n{printed}", page.display()));
            }
        }
    }
    assert!(stale.is_empty(), "{}\nKEEPONE_UPDATE=1 writes them anew", stale.join("\n"));
}

/// The JSON form says what the page says: every declaration, and where each value was set.
#[test]
fn the_json_form_holds_declarations_and_origins() {
    let json = run(&["show", LAYER, FIRMWARE, "--format", "json"], "en");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema-version"], 1);
    assert_eq!(json["id"], "miit-cac-2022-269");
    let counts = ["groups", "requirements", "keepers", "waivers", "claims", "layers"]
        .map(|key| json[key].as_array().unwrap().len());
    assert_eq!(counts, [8, 10, 2, 2, 2, 3]);
    assert_eq!(json["idle"]["keepers"][0]["group"], "time-display");
    assert_eq!(json["idle"]["waivers"][0]["requirement"], "R1-2");
    assert_eq!(json["switches"]["origins"]["count-in-each-group"]["file"], "built-in:miit-cac-2022-269");
    assert_eq!(json["waivers"][0]["until"], "2026-12-31");
    assert_eq!(json["keepers"][0]["origin"]["line"], 5);
}
