//! Every answer of enforcement, switches, choices and the record keeps to its schema.

use keepone::choices::{answer as choices, ask};
use keepone::enforce::{Way, answer};
use keepone::record::answer::records;
use serde_json::{Value, json};

use crate::control::{ALL, facts, phone};
use crate::enforce::{NOW, everyone, phone_and_plan};
use crate::model_phone::{Lie, Phone, name};
use crate::report::keeps_to;

#[test]
fn every_answer_keeps_to_its_schema() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal.ndjson");
    let text = |request: &Value| request.to_string().into_bytes();
    // Steps of every outcome, and an undo of them.
    let (mut phone, plan) = phone_and_plan(6);
    let lies = [Lie::Ignores, Lie::DisablesInstead, Lie::Reverts, Lie::Refuses, Lie::Hides];
    for (number, lie) in lies.into_iter().enumerate() {
        phone.lies.insert(name(&format!("other.n{number}")), lie);
        phone.app_mut(0, &format!("other.n{number}")).block_uninstall = false;
    }
    let request = json!({"plan": {"run-time": plan}, "consent": everyone(&plan), "now": NOW});
    let ran = answer::enforce(&mut phone, &text(&request), &journal).unwrap();
    keeps_to("enforce", &ran);
    let counts = serde_json::from_slice::<Value>(&ran).unwrap()["counts"].as_object().unwrap().len();
    assert_eq!(counts, 6, "every outcome is there");
    keeps_to("journal", &answer::journal(br#"{"ask":"list"}"#, &journal).unwrap());
    keeps_to("enforce", &answer::undo_changes(&mut phone, &text(&json!({"now": NOW})), &journal).unwrap());
    keeps_to("journal", &answer::journal(br#"{"ask":"list"}"#, &journal).unwrap());

    let record = folder.path().join("record");
    let note = json!({"ask": "note", "result": serde_json::from_slice::<Value>(&ran).unwrap(), "when": NOW});
    records(&text(&note), &record).unwrap();
    keeps_to("records-last", &records(br#"{"ask":"last"}"#, &record).unwrap());
    keeps_to("records-list", &records(br#"{"ask":"list"}"#, &record).unwrap());
    keeps_to("records-verify", &records(br#"{"ask":"verify"}"#, &record).unwrap());

    let path = folder.path().join("choices-0.json");
    for (area, switch) in [("auto-start", "self-start"), ("teleport", "beam")] {
        let set = json!({"ask": "set", "package": "an.app", "area": area, "switch": switch, "wanted": "off", "now": NOW});
        keeps_to("choices", &choices::choices(&text(&set), &path).unwrap());
    }
    let facts = serde_json::to_value(facts("an.app")).unwrap();
    for way in [Way::PlatformSigned, Way::Ordinary, Way::Shell] {
        let mut phone: Phone = phone_of(way);
        let mut control = |request: Value| ask::control(&mut phone, &text(&request), &journal).unwrap();
        keeps_to("control-sheet", &control(json!({"ask": "sheet", "facts": facts})));
        for (area, switch) in [("auto-start", "self-start"), ("storage", "clear-data")] {
            let set = json!({"ask": "set", "facts": facts, "area": area, "switch": switch, "to": "off", "now": NOW});
            keeps_to("control-set", &control(set));
        }
        let again = json!({"ask": "reapply", "facts": [facts], "choices": path, "now": NOW});
        keeps_to("control-reapply", &control(again));
        keeps_to("control-came-back", &control(json!({"ask": "came-back"})));
    }
}

fn phone_of(way: Way) -> Phone {
    phone(way, if way == Way::PlatformSigned { &ALL } else { &[] })
}
