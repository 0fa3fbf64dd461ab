//! Results as people and programs get them: pages compared with committed ones, JSON held against its schemas, hostile
//! text shown as what it is.

use std::path::PathBuf;

use keepone::report::result::{
    AuditResult, ClassifyResult, DiffResult, PlanResult, ProfileList, ProfileResult,
};
use keepone::report::{schema, table};
use keepone::source::count;
use keepone::source::snapshot::{Label, Property, Snapshot};
use serde::{Serialize, de::DeserializeOwned};

use crate::phones;
use crate::program::{PHONE, TABLET, keepone, root, same_as_committed};

/// Pages that are committed under `tests/data/text`, each in both languages.
const PAGES: [(&str, &[&str]); 9] = [
    ("audit-phone", &["audit", PHONE]),
    ("audit-tablet", &["audit", TABLET, "-p", "miit-cac-2022-269"]),
    ("audit-open-test", &["audit", PHONE, "-p", "eu-dma-6-3"]),
    ("classify-phone", &["classify", PHONE]),
    ("plan-phone", &["plan", PHONE]),
    ("plan-tablet-verbose", &["plan", TABLET, "--verbose"]),
    ("diff", &["diff", PHONE, TABLET]),
    ("explain-package", &["explain", "com.android.contacts", PHONE]),
    ("explain-requirement", &["explain", "R1-2"]),
];

/// Outputs for programs, each with the name of its schema.
const RESULTS: [(&str, &[&str]); 9] = [
    ("audit", &["audit", PHONE]),
    ("audit", &["audit", TABLET, "-p", "kr-tba"]),
    ("classify", &["classify", PHONE]),
    ("classify", &["classify", TABLET]),
    ("plan", &["plan", PHONE]),
    ("plan", &["plan", TABLET]),
    ("diff", &["diff", PHONE, TABLET]),
    ("profile-list", &["profile", "list"]),
    ("profile-show", &["profile", "show", "gbt-43445-2023"]),
];

#[test]
fn pages_are_as_committed() {
    for (name, arguments) in PAGES {
        for language in ["en", "zh-CN"] {
            let run = keepone(&[arguments, &["--lang", language]].concat());
            assert_eq!(run.stderr, "", "{name}");
            same_as_committed(&root().join(format!("tests/data/text/{name}.{language}.txt")), &run.stdout);
        }
    }
}

#[test]
fn pages_fit_a_terminal_but_for_single_long_names() {
    for (name, arguments) in PAGES {
        for language in ["en", "zh-CN"] {
            let run = keepone(&[arguments, &["--lang", language]].concat());
            for line in run.stdout.lines() {
                let is_one_name = line.split_whitespace().count() == 1;
                let fits = table::width(line) <= table::LINE || is_one_name;
                assert!(fits, "{name} {language}: {line}");
                assert_eq!(line.trim_end(), line, "{name} {language}");
            }
        }
    }
}

#[test]
fn schemas_are_those_of_the_types() {
    for (name, schema) in schema::schemas() {
        let fresh = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        same_as_committed(&schema_path(name), &fresh);
    }
    let files = std::fs::read_dir(root().join("config/schema")).unwrap().count();
    assert_eq!(
        files,
        schema::schemas().len(),
        "a schema that nothing generates any more lies in config/schema"
    );
}

fn schema_path(name: &str) -> PathBuf {
    root().join(format!("config/schema/{name}.schema.json"))
}

fn validator(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(schema_path(name)).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[test]
fn results_keep_to_their_schemas_and_are_read_back() {
    for (name, arguments) in RESULTS {
        let run = keepone(&[arguments, &["--format", "json"]].concat());
        assert_eq!(run.stderr, "", "{arguments:?}");
        let result: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let validator = validator(name);
        let errors: Vec<String> = validator.iter_errors(&result).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{arguments:?}");
        assert_eq!(result["schema-version"], 1);
        assert_eq!(result["tool"], concat!("keepone ", env!("CARGO_PKG_VERSION")));
        let again = match name {
            "audit" => read_back::<AuditResult>(&run.stdout),
            "classify" => read_back::<ClassifyResult>(&run.stdout),
            "plan" => read_back::<PlanResult>(&run.stdout),
            "diff" => read_back::<DiffResult>(&run.stdout),
            "profile-list" => read_back::<ProfileList>(&run.stdout),
            _ => read_back::<ProfileResult>(&run.stdout),
        };
        assert_eq!(again, result, "{arguments:?}");
    }
    for phone in [PHONE, TABLET] {
        let run = keepone(&["snapshot", phone]);
        let snapshot = serde_json::from_str(&run.stdout).unwrap();
        assert!(validator("snapshot").is_valid(&snapshot), "{phone}");
    }
}

fn read_back<T: Serialize + DeserializeOwned>(text: &str) -> serde_json::Value {
    serde_json::to_value(serde_json::from_str::<T>(text).unwrap()).unwrap()
}

/// Holds an answer against its schema and against the type it is read back into.
pub(crate) fn keeps_to(name: &str, answer: &[u8]) {
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
    let validator = validator(name);
    let mistakes: Vec<String> =
        validator.iter_errors(&answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{name}: {mistakes:#?}\n{answer:#}");
}

#[test]
fn a_schema_refuses_what_is_no_result() {
    let validator = validator("audit");
    let run = keepone(&["audit", PHONE, "--format", "json"]);
    let result: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for (field, wrong) in [("packages", serde_json::json!([{}])), ("summary", serde_json::json!(null))] {
        let mut broken = result.clone();
        broken[field] = wrong;
        assert!(!validator.is_valid(&broken), "{field}");
    }
}

/// The shape that other programs rely on.
#[test]
fn the_promised_fields_are_there() {
    let run = keepone(&["audit", PHONE, "--format", "json"]);
    let result: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let keys =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for key in ["schema-version", "tool", "source", "device", "profile", "packages", "findings", "summary"] {
        assert!(keys(&result).contains(&key.to_owned()), "{key}");
    }
    assert_eq!(result["profile"], "tc260-2021-draft");
    assert_eq!(result["device"]["android-release"], "4.0.3");
    assert_eq!(result["device"]["sdk"], 15);
    for key in ["outcome", "in-scope", "non-uninstallable", "findings", "unknown"] {
        assert!(keys(&result["summary"]).contains(&key.to_owned()), "{key}");
    }
    let packages = result["packages"].as_array().unwrap();
    let messages = packages.iter().find(|package| package["name"] == "com.android.mms").unwrap();
    assert_eq!(messages["in-scope"], true);
    assert_eq!(messages["groups"][0]["id"], "text-messages");
    assert_eq!(messages["groups"][0]["status"], "member");
    assert!(
        messages["groups"][0]["score"].is_u64() && messages["groups"][0]["evidence"][0]["weight"].is_i64()
    );
    assert_eq!(messages["removability"]["verdict"], "non-uninstallable");
    assert_eq!(messages["removability"]["reason"], "system-partition");
    assert!(messages["removability"].as_object().unwrap().contains_key("by-shell"));
    let finding = &result["findings"][0];
    for key in ["code", "requirement", "outcome", "packages", "evidence"] {
        assert!(keys(finding).contains(&key.to_owned()), "{key}");
    }
}

/// A phone whose every foreign text tries something.
fn hostile() -> Snapshot {
    let attack = "x\u{1b}[2J\u{1b}]0;y\u{7}\nNOT COMPLIANT\r\t\u{202e}kpa\u{2066}\u{200b}\u{9b}31m\u{2028}z";
    let mut snapshot = phones::snapshot(phones::ZTE);
    attack.clone_into(&mut snapshot.source.name);
    snapshot.device.fingerprint = Some(attack.to_owned());
    snapshot.device.model = Some(attack.to_owned());
    snapshot.device.android_release = Some(attack.to_owned());
    snapshot
        .device
        .properties
        .insert(attack.to_owned(), Property { value: attack.to_owned(), path: attack.to_owned() });
    for package in &mut snapshot.packages {
        package.path.push_str(attack);
        package.file.push_str(attack);
        let label = Label { en: Some(attack.to_owned()), zh: Some(attack.to_owned()), reference: None };
        package.application.label = Some(label);
        for activity in &mut package.activities {
            activity.name.push_str(attack);
        }
    }
    for unread in &mut snapshot.unread {
        unread.path.push_str(attack);
    }
    count::seal(&mut snapshot);
    snapshot
}

#[test]
fn hostile_text_is_shown_as_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.json");
    std::fs::write(&path, serde_json::to_string(&hostile()).unwrap()).unwrap();
    let path = path.to_str().unwrap();
    let runs: [&[&str]; 10] = [
        &["audit", path, "-v"],
        &["audit", path, "--format", "json"],
        &["classify", path, "-v"],
        &["classify", path, "--format", "json"],
        &["plan", path, "-v"],
        &["plan", path, "--format", "json"],
        &["diff", PHONE, path, "-v"],
        &["diff", path, TABLET, "--format", "json"],
        &["explain", "com.android.contacts", path, "-v"],
        &["snapshot", path],
    ];
    for arguments in runs {
        for language in ["en", "zh-CN"] {
            let run = keepone(&[arguments, &["--lang", language]].concat());
            assert!(run.status < 3, "{arguments:?}: {}", run.stderr);
            harmless(&run.stdout, arguments);
            harmless(&run.stderr, arguments);
        }
    }
    for form in ["soong", "make", "script", "list"] {
        let run = keepone(&["plan", path, "--emit", form]);
        harmless(&run.stdout, &["plan", "--emit", form]);
        harmless(&run.stderr, &["plan", "--emit", form]);
    }
}

fn harmless(text: &str, arguments: &[&str]) {
    let acts = |character: char| {
        character != '\n' && character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    for line in text.lines() {
        assert!(!line.chars().any(acts), "{arguments:?}: {line:?}");
        assert!(line != "NOT COMPLIANT", "{arguments:?}: a text of the device forged a line");
    }
}

#[test]
fn hostile_arguments_are_shown_as_what_they_are() {
    for arguments in
        [["audit", "a\u{1b}[2J\u{202e}b"], ["explain", "a\u{1b}[2J\u{202e}b"], ["x\u{1b}[2J", "y"]]
    {
        let run = keepone(&arguments);
        assert_eq!(run.status, 3);
        harmless(&run.stderr, &arguments);
    }
    let run = keepone(&["audit", PHONE, "-p", "a\u{1b}[2J\u{202e}b.toml"]);
    harmless(&run.stderr, &["-p"]);
}
