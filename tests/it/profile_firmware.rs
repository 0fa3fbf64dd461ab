//! What a firmware's own files add to the rule reaches the verdict, says so, and survives in a snapshot.

use std::path::Path;
use std::process::{Command, Output};

use crate::firmware::Tree;

const PRODUCT: &str =
    "schema-version = 1\n\n[[keeper]]\ngroup = \"contacts\"\npackage = \"com.maker.contacts\"\n";
const ODM: &str = "schema-version = 1\n\n[[waiver]]\npackage = \"com.maker.clock\"\nrequirement = \"R1-2\"\nreason = \"one clock\"\n";

fn run(arguments: &[&str], source: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
    command.args(arguments).arg(source).env_remove("SOURCE_DATE_EPOCH").args(["--lang", "en"]);
    command.output().expect("the program to run")
}

fn audit(source: &Path, more: &[&str]) -> serde_json::Value {
    let output = run(&[&["audit", "--format", "json"], more].concat(), source);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// The layers a result rests on, and whether each added something.
fn layers(result: &serde_json::Value) -> Vec<(String, String, bool)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let layer =
        |layer: &serde_json::Value| (text(&layer["layer"]), text(&layer["file"]), layer["adds"] == true);
    find(result, "layers").unwrap().as_array().unwrap().iter().map(layer).collect()
}

/// Finds a key anywhere in a result.
fn find<'a>(value: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
    match value {
        serde_json::Value::Object(map) => {
            map.get(key).or_else(|| map.values().find_map(|value| find(value, key)))
        }
        serde_json::Value::Array(items) => items.iter().find_map(|value| find(value, key)),
        _ => None,
    }
}

fn tree() -> Tree {
    Tree::new()
        .apk("system/app/A/A.apk", "com.maker.clock")
        .file("product/etc/keepone/maker.toml", PRODUCT)
        .file("odm/etc/keepone/maker.toml", ODM)
        .file("my_product/etc/keepone/maker.toml", PRODUCT)
}

#[test]
fn the_firmware_adds_to_the_rule_and_the_result_says_so() {
    let tree = tree();
    let expected = [
        ("built-in", "built-in:tc260-2021-draft", false),
        ("product", "/product/etc/keepone/maker.toml", true),
        ("odm", "/odm/etc/keepone/maker.toml", true),
    ]
    .map(|(layer, file, adds)| (layer.to_owned(), file.to_owned(), adds));
    assert_eq!(layers(&audit(tree.root(), &[])), expected);
    let page = String::from_utf8(run(&["audit"], tree.root()).stdout).unwrap();
    let head: Vec<&str> = page.split("\n\n").take(3).collect();
    for file in [
        "/product/etc/keepone/maker.toml",
        "/odm/etc/keepone/maker.toml",
        "/my_product/etc/keepone/maker.toml",
    ] {
        assert!(head.iter().any(|part| part.contains(file)), "{page}");
    }
}

#[test]
fn a_file_of_the_command_line_ranks_above_the_firmware() {
    let tree = tree().file("lab.toml", PRODUCT.replace("com.maker", "com.lab"));
    let lab = tree.place("lab.toml");
    let lab = lab.to_str().unwrap();
    let result = audit(tree.root(), &["--profile", lab]);
    assert_eq!(layers(&result).last().unwrap(), &("lab".to_owned(), lab.to_owned(), true));
    let text = result.to_string();
    assert!(text.contains("com.lab.contacts") && !text.contains("com.maker.contacts"), "{text}");
}

#[test]
fn a_snapshot_is_judged_as_its_device_was() {
    let tree = tree();
    let kept = tree.place("kept.json");
    let output = run(&["snapshot", "-o", kept.to_str().unwrap()], tree.root());
    assert!(output.status.code().is_some_and(|code| code < 3), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(layers(&audit(&kept, &[])), layers(&audit(tree.root(), &[])));
}

#[test]
fn every_mistake_of_the_firmware_is_shown_before_anything_is_judged() {
    let weak = "schema-version = 1\n\n[switches]\ndisabled = \"lenient\"\n";
    let tree = tree()
        .file("vendor/etc/keepone/soft.toml", weak)
        .file("system_ext/etc/keepone/typo.toml", "schema-version = 1\n[[waver]]\n");
    let output = run(&["audit"], tree.root());
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(output.stdout.is_empty());
    for part in
        ["layer-changes-rule", "/vendor/etc/keepone/soft.toml:3", "unknown-key", "did you mean `waiver`?"]
    {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_layer_that_is_no_text_or_too_large_is_listed_as_not_read() {
    let tree = tree()
        .file("vendor/etc/keepone/a.toml", b"schema-version = 1\n# \xff\n")
        .file("vendor/etc/keepone/b.toml", vec![b'#'; 300 * 1024]);
    let snapshot = keepone::source::read(
        tree.root(),
        &keepone::source::ReadOptions::default(),
        &keepone::source::Silent,
    )
    .unwrap();
    let unread: Vec<&str> = snapshot.unread.iter().map(|unread| unread.path.as_str()).collect();
    assert_eq!(unread, ["/vendor/etc/keepone/a.toml", "/vendor/etc/keepone/b.toml"]);
    assert_eq!(snapshot.profile_layers.len(), 3);
}
