//! Every native with good, bad, null and hostile arguments.

use serde_json::Value;

use crate::machine::{self, Run};

#[test]
fn every_native_takes_any_argument() {
    let folder = tempfile::tempdir().unwrap();
    let run = machine::run(folder.path(), &["-Xmx512m"], &["arguments"]);
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in &names {
        if let Some(name) = name.strip_suffix(".thrown") {
            refused_in_both_languages(&run, name);
        }
    }
    for good in [
        "probes",
        "judge-good",
        "explain-all-en",
        "explain-all-zh",
        "explain-one",
        "control-sheet",
        "control-set",
        "choices-list",
        "choices-set",
        "choices-export",
        "records-list",
        "records-verify",
    ] {
        assert!(names.contains(&format!("{good}.json")), "{good}: {:?}", run.thrown(good));
    }
    let nulls: Vec<&String> = names.iter().filter(|name| name.contains("-null-")).collect();
    assert!(nulls.len() >= 14, "{nulls:?}");
    for null in nulls {
        let [code, ..] = run.thrown(null.trim_end_matches(".thrown")).unwrap_or_default();
        assert_eq!(code, "bad-argument", "{null}");
    }
    for path in ["enforce-relative-journal", "engine-relative-journal", "path-enforce-0", "path-undo-0"] {
        assert_eq!(run.thrown(path).unwrap()[0], "bad-argument", "{path}");
    }
    assert_eq!(run.thrown("judge-large").unwrap()[0], "bad-argument");
    let hostile: Vec<&String> = names.iter().filter(|name| name.contains("-hostile-")).collect();
    assert!(hostile.len() >= 20 && hostile.iter().all(|name| name.ends_with(".thrown")), "{hostile:?}");
    an_empty_phone_is_no_verdict(&run);
    probes_tell_no_weights(&run.json("probes"));
    words_are_explained(&run);
}

#[test]
fn a_library_that_is_not_there_is_told_again_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let run = machine::run(folder.path(), &["-Dorg.keepone.library=/no/such/libkeepone.so"], &["missing"]);
    for name in ["missing", "missing-again"] {
        let [code, en, zh] = run.thrown(name).unwrap();
        assert_eq!(code, "no-engine");
        assert!(en.contains("could not be loaded") && zh.contains("无法加载"), "{en} {zh}");
    }
}

fn refused_in_both_languages(run: &Run, name: &str) {
    let [code, en, zh] = run.thrown(name).unwrap();
    let codes: &[&str] =
        if name.starts_with("path-") { &["bad-argument", "failed"] } else { &["bad-argument", "bad-input"] };
    assert!(codes.contains(&code.as_str()), "{name}: {code} {en}");
    assert!(en.len() > 8 && en.len() < 2_000, "{name}: {} bytes: {en:.200}", en.len());
    assert!(!zh.is_ascii() && zh.len() < 2_000, "{name}: {} bytes: {zh:.200}", zh.len());
}

fn an_empty_phone_is_no_verdict(run: &Run) {
    let answer = run.json("judge-good");
    assert_ne!(answer["audit"]["summary"]["outcome"], "pass");
    assert_eq!(answer["snapshot"]["source"]["kind"], "device");
    for document in ["audit", "plan", "classify"] {
        assert_eq!(answer[document]["schema-version"], 1, "{document}");
    }
}

fn probes_tell_no_weights(answer: &Value) {
    let probes = answer["probes"].as_array().unwrap();
    assert!(probes.len() > 150);
    for probe in probes {
        let fields = probe.as_object().unwrap();
        for field in fields.keys() {
            assert!(
                ["component", "action", "categories", "data", "mime-type"].contains(&field.as_str()),
                "{field}"
            );
        }
        assert!(["activity", "receiver", "service"].contains(&probe["component"].as_str().unwrap()));
    }
}

fn words_are_explained(run: &Run) {
    let [en, zh] = ["explain-all-en", "explain-all-zh"].map(|name| run.json(name));
    let words = |answer: &Value| {
        let words = answer["words"].as_array().unwrap().iter();
        words.map(|entry| (entry["kind"].clone(), entry["word"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(words(&en), words(&zh));
    for entry in zh["words"].as_array().unwrap() {
        assert!(!entry["name"].as_str().unwrap().is_ascii(), "{entry}");
    }
    let one = run.json("explain-one");
    assert_eq!(one["words"].as_array().unwrap().len(), 1);
    assert_eq!(one["unread"].as_array().unwrap().len(), 2);
}
