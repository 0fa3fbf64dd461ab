//! Every call of the enforcer made to fail in turn while a plan is carried out: no crash, a journal that can be read, and a
//! phone that stands as before once it is undone.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::machine::{self, Run};
use crate::phone::{self, NAMES};

const THROWN: [&str; 9] = [
    "throw:runtime",
    "throw:checked",
    "throw:security",
    "throw:timeout",
    "throw:error",
    "throw:memory",
    "throw:stack",
    "throw:hostile",
    "throw:null",
];

const WRONG: [&str; 9] =
    ["null", "nothing", "garbage", "half", "array", "number", "deep", "too-large", "throw:none"];

/// Names of the runs with the call that goes wrong: the method, how, and from which call on.
fn runs() -> Vec<(String, [&'static str; 3])> {
    let mut faults = vec![["", "", "0"]];
    for method in ["may", "read", "write"] {
        for what in THROWN.into_iter().chain(WRONG) {
            faults.extend([[method, what, "0"], [method, what, "3"]]);
        }
    }
    for what in ["fewer", "more", "wrong-values"] {
        faults.extend([["read", what, "0"], ["read", what, "4"]]);
    }
    for what in ["lies", "done-and-thrown"] {
        faults.extend([["write", what, "0"], ["write", what, "1"]]);
    }
    faults.into_iter().map(|fault| (fault.join("-").replace(':', "_"), fault)).collect()
}

#[test]
fn whatever_the_hand_does_the_journal_brings_the_phone_back() {
    let folder = tempfile::tempdir().unwrap();
    phone::write(folder.path());
    std::fs::write(folder.path().join("faults.txt"), "whole\t\t\t\n").unwrap();
    let plan = machine::run(folder.path(), &[], &["faults"]).json("whole")["plan"].clone();
    let steps = plan["run-time"]["steps"].as_array().unwrap().len();
    assert!(steps > 2, "{plan}");
    let order = json!({"plan": plan, "user": 0, "consent": NAMES, "now": "2026-11-01T00:00:00Z"});
    std::fs::write(folder.path().join("enforce.json"), order.to_string()).unwrap();
    let runs = runs();
    let lines = runs.iter().fold(String::new(), |mut lines, (name, fault)| {
        writeln!(lines, "{name}\t{}", fault.join("\t")).unwrap();
        lines
    });
    std::fs::write(folder.path().join("faults.txt"), lines).unwrap();
    let run = machine::run(folder.path(), &["-Xmx1g"], &["enforce"]);
    for (name, fault) in &runs {
        ended_in_words(&run, name, *fault);
        let journal = run.json(&format!("{name}-journal"));
        assert_eq!((&journal["damaged"], &journal["torn"]), (&Value::Null, &Value::Null), "{name}");
        assert_eq!(run.text(&format!("{name}-undone")), "", "{name}: not as before");
    }
    let sound = run.json(&runs[0].0);
    assert!(sound["counts"]["done"].as_u64().unwrap() > 2, "{sound}");
    assert_ne!(run.text(&format!("{}-after", runs[0].0)), "", "a plan without an effect");
}

/// A run ends with a result that tells every change, or with an exception of ours; neither calls a lie done.
fn ended_in_words(run: &Run, name: &str, [method, what, from]: [&str; 3]) {
    if let Some([code, en, zh]) = run.thrown(name) {
        assert!(["callback", "failed", "bad-input"].contains(&code.as_str()), "{name}: {code} {en}");
        assert!(!zh.is_ascii(), "{name}: {zh}");
        return;
    }
    let result = run.json(name);
    let changes = result["changes"].as_array().unwrap();
    let done = changes.iter().filter(|change| change["outcome"] == "done").count();
    if method == "write" && from == "0" && what != "throw:none" && what != "done-and-thrown" {
        let written: Vec<&str> =
            vec!["null", "nothing", "garbage", "half", "array", "number", "deep", "too-large"];
        // an answer that is no answer says nothing of what was written: that is read back
        assert!(done == 0 || written.contains(&what), "{name}: {result}");
    }
}
