//! Choices hold: stored, set again when something undid them, carried to another phone; and apps that came back are told.

use keepone::choices::reapply::ReapplyOutcome;
use keepone::choices::{
    Choice, Choices, ItemOutcome, Wanted, answer, ask, came_back, carry, reapply, take_back,
};
use keepone::control::{Area, Turn, set};
use keepone::enforce::answer::undo_changes;
use keepone::enforce::{ChangeOutcome, Journal, MemoryStore, RunKind, Way, Word, run, undo};
use keepone::plan::run_time::RunTime;
use serde_json::{Value, json};

use crate::control::{ALL, facts, phone};
use crate::enforce::{NOW, order, uninstall};
use crate::model_phone::{Lie, Phone, name};

fn choice(package: &str, area: &str, switch: &str, wanted: Wanted) -> Choice {
    Choice {
        package: name(package),
        area: area.to_owned(),
        switch: switch.to_owned(),
        wanted,
        when: NOW.to_owned(),
    }
}

fn choices() -> Choices {
    let mut choices = Choices::none(0);
    choices.set(choice("an.app", "auto-start", "self-start", Wanted::Off));
    choices.set(choice("an.app", "personal-information", "contacts", Wanted::Off));
    choices.set(choice("an.app", "sensitive-permissions", "calendar", Wanted::Off));
    choices.set(choice("an.app", "teleport", "beam", Wanted::Off));
    choices.set(choice("not.here", "auto-start", "self-start", Wanted::Off));
    choices
}

fn outcomes(phone: &mut Phone, journal: &mut Journal<MemoryStore>) -> Vec<ReapplyOutcome> {
    let result = reapply(phone, journal, &choices(), &[facts("an.app")], NOW).unwrap();
    result.items.into_iter().map(|item| item.outcome).collect()
}

#[test]
fn choices_are_set_again_after_an_app_undid_them() {
    use ReapplyOutcome::{NoFacts, NotApplicable, NotSet, SetAgain, Stands};
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let first = outcomes(&mut phone, &mut journal);
    assert_eq!(first, [SetAgain, SetAgain, NotApplicable, NotApplicable, NoFacts]);
    let again = outcomes(&mut phone, &mut journal);
    assert_eq!(again, [Stands, Stands, NotApplicable, NotApplicable, NoFacts]);
    // The app enables its own receiver again, which needs no permission.
    phone.app_mut(0, "an.app").components.insert("an.app.Boot".to_owned(), Word::Enabled);
    let back = outcomes(&mut phone, &mut journal);
    assert_eq!(back, [SetAgain, Stands, NotApplicable, NotApplicable, NoFacts]);
    assert_eq!(phone.app(0, "an.app").components["an.app.Boot"], Word::Disabled);
    let kinds: Vec<RunKind> = journal.history().runs.iter().map(|run| run.begin.order.kind).collect();
    assert_eq!(kinds, [RunKind::Reapply; 2], "what was set again is noted, and nothing else");
    // A phone that says yes and does nothing is not believed.
    phone.app_mut(0, "an.app").components.clear();
    phone.lies.insert(name("an.app"), Lie::Ignores);
    assert_eq!(outcomes(&mut phone, &mut journal)[0], NotSet);
}

/// Turns a switch and remembers the choice, as a person does it on the app's page.
fn chosen(
    phone: &mut Phone,
    journal: &mut Journal<MemoryStore>,
    choices: &mut Choices,
    (area, switch, on): (Area, &str, bool),
) {
    let turn = Turn { area, switch, on, consent: false };
    set(phone, journal, &facts("an.app"), 0, &turn, NOW).unwrap();
    choices.set(choice("an.app", area.id(), switch, if on { Wanted::On } else { Wanted::Off }));
}

/// The numbers of the changes that can be undone.
fn standing(journal: &Journal<MemoryStore>) -> Vec<u64> {
    journal.history().standing().map(|(seq, _)| seq).collect()
}

/// How the choices stand, in order.
fn wanted(choices: &Choices) -> Vec<(&str, Wanted)> {
    choices.choices.iter().map(|choice| (choice.switch.as_str(), choice.wanted)).collect()
}

#[test]
fn what_a_person_undid_is_not_set_again_and_the_choice_before_holds_again() {
    const CONTACTS: (Area, &str) = (Area::PersonalInformation, "contacts");
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let mut choices = Choices::none(0);
    assert!(!take_back(&mut choices, journal.history()), "nothing was ever done");
    phone.app_mut(0, "an.app").permissions.insert("android.permission.READ_CONTACTS".to_owned(), (true, 0));
    let off = (CONTACTS.0, CONTACTS.1, false);
    chosen(&mut phone, &mut journal, &mut choices, off);
    chosen(&mut phone, &mut journal, &mut choices, (Area::AutoStart, "self-start", false));
    assert!(!take_back(&mut choices, journal.history()), "nothing was undone");
    let first = standing(&journal);
    chosen(&mut phone, &mut journal, &mut choices, (CONTACTS.0, CONTACTS.1, true));
    let later: Vec<u64> = standing(&journal).into_iter().filter(|seq| !first.contains(seq)).collect();
    assert_eq!(wanted(&choices), [("self-start", Wanted::Off), ("contacts", Wanted::On)]);
    // The person takes back that it is on: it is off again, because of the choice before.
    undo(&mut phone, &mut journal, NOW, Some(&later)).unwrap();
    for first_time in [true, false] {
        assert_eq!(take_back(&mut choices, journal.history()), first_time);
        assert_eq!(wanted(&choices), [("self-start", Wanted::Off), ("contacts", Wanted::Off)]);
    }
    // What an app undid is set again, and the person takes that back: nothing holds it any more.
    let contacts = ("android.permission.READ_CONTACTS".to_owned(), (true, 0));
    phone.app_mut(0, "an.app").permissions.extend([contacts]);
    let before = standing(&journal);
    reapply(&mut phone, &mut journal, &choices, &[facts("an.app")], NOW).unwrap();
    let again: Vec<u64> = standing(&journal).into_iter().filter(|seq| !before.contains(seq)).collect();
    assert_eq!(again.len(), 1);
    undo(&mut phone, &mut journal, NOW, Some(&again)).unwrap();
    assert!(take_back(&mut choices, journal.history()));
    assert_eq!(wanted(&choices), [("self-start", Wanted::Off)]);
    // All is taken back.
    undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert!(take_back(&mut choices, journal.history()));
    assert_eq!(choices, Choices::none(0));
    // A choice made after an undo is none of its business.
    chosen(&mut phone, &mut journal, &mut choices, off);
    assert!(!take_back(&mut choices, journal.history()));
    assert_eq!(wanted(&choices), [("contacts", Wanted::Off)]);
}

#[test]
fn a_choice_that_is_newer_than_the_undo_stays() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let mut choices = Choices::none(0);
    chosen(&mut phone, &mut journal, &mut choices, (Area::AutoStart, "self-start", false));
    undo(&mut phone, &mut journal, NOW, None).unwrap();
    // It is on again, and is chosen to be: nothing has to be written for that.
    let newer = choice("an.app", "auto-start", "self-start", Wanted::On);
    for (when, stays) in
        [("2026-11-24T10:03:05+08:00", true), ("2026-11-24T10:03:04+08:00", false), ("x", false)]
    {
        let mut choices = Choices::none(0);
        choices.set(Choice { when: when.to_owned(), ..newer.clone() });
        assert_eq!(take_back(&mut choices, journal.history()), !stays, "{when}");
        assert_eq!(choices.choices.len(), usize::from(stays), "{when}");
    }
}

#[test]
fn a_death_between_an_undo_and_the_choices_is_made_up_for() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal) = (folder.path().join("choices-0.json"), folder.path().join("journal.ndjson"));
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut choices = Choices::none(0);
    let turn = Turn { area: Area::AutoStart, switch: "self-start", on: false, consent: false };
    set(&mut phone, &mut Journal::open(&journal).unwrap(), &facts("an.app"), 0, &turn, NOW).unwrap();
    choices.set(choice("an.app", "auto-start", "self-start", Wanted::Off));
    choices.write(&path).unwrap();
    undo_changes(&mut phone, json!({"now": NOW}).to_string().as_bytes(), &journal).unwrap();
    let on = phone.app(0, "an.app").components.clone();
    // Nobody took the choice back; the next that would hold it does.
    let facts = serde_json::to_value(facts("an.app")).unwrap();
    let request = json!({"ask": "reapply", "facts": [facts], "user": 0, "choices": path, "now": NOW});
    let answer = ask::control(&mut phone, request.to_string().as_bytes(), &journal).unwrap();
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((&answer["items"], &answer["result"]), (&json!([]), &Value::Null));
    assert_eq!(phone.app(0, "an.app").components, on);
    assert_eq!(Choices::read(&path, 0).unwrap(), Choices::none(0));
}

#[test]
fn an_app_that_undoes_a_choice_whenever_it_is_set_is_left_for_a_while() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let mut choices = Choices::none(0);
    choices.set(choice("an.app", "auto-start", "self-start", Wanted::Off));
    choices.set(choice("an.app", "personal-information", "contacts", Wanted::Off));
    let mut at = |minute: u32| {
        phone.app_mut(0, "an.app").components.insert("an.app.Boot".to_owned(), Word::Enabled);
        let now = format!("2026-11-{:02}T{:02}:{:02}:00Z", 24 + minute / 1440, minute / 60 % 24, minute % 60);
        let result = reapply(&mut phone, &mut journal, &choices, &[facts("an.app")], &now).unwrap();
        result.items[0].outcome
    };
    let first: Vec<_> = (0..8).map(&mut at).collect();
    assert_eq!(first[..6], [ReapplyOutcome::SetAgain; 6]);
    assert_eq!(first[6..], [ReapplyOutcome::Waits; 2]);
    assert_eq!(at(61), ReapplyOutcome::SetAgain, "an hour later");
    let all_day = (62..1440).filter(|minute| at(*minute) == ReapplyOutcome::SetAgain).count();
    assert_eq!(all_day, 24 - 7, "and at most so often in a day");
    assert_eq!(at(2 * 1440), ReapplyOutcome::SetAgain);
}

#[test]
fn a_switch_that_was_undone_in_part_is_held_no_more() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let mut choices = Choices::none(0);
    // It turns two permissions.
    let location = (Area::PersonalInformation, "location");
    chosen(&mut phone, &mut journal, &mut choices, (location.0, location.1, false));
    let both = standing(&journal);
    assert_eq!(both.len(), 2);
    undo(&mut phone, &mut journal, NOW, Some(&both[1..])).unwrap();
    assert!(take_back(&mut choices, journal.history()));
    assert_eq!(choices, Choices::none(0));
}

#[test]
fn another_phone_takes_the_same_choices_and_says_what_it_refuses() {
    let exported = carry::export(&choices()).unwrap();
    let mut there = Choices::none(0);
    there.set(choice("an.app", "personal-information", "contacts", Wanted::On));
    let imported = carry::import(&mut there, &exported).unwrap();
    let outcomes: Vec<ItemOutcome> = imported.iter().map(|item| item.outcome).collect();
    assert_eq!(
        outcomes,
        [
            ItemOutcome::Taken,
            ItemOutcome::Replaced,
            ItemOutcome::Taken,
            ItemOutcome::UnknownArea,
            ItemOutcome::Taken
        ]
    );
    assert_eq!(there, choices());
    assert_eq!(carry::import(&mut there, &exported).unwrap()[0].outcome, ItemOutcome::Same);
    let mut a = phone(Way::PlatformSigned, &ALL);
    let mut b = phone(Way::PlatformSigned, &ALL);
    for (phone, choices) in [(&mut a, &choices()), (&mut b, &there)] {
        let mut journal = Journal::new(MemoryStore::default()).unwrap();
        reapply(phone, &mut journal, choices, &[facts("an.app")], NOW).unwrap();
    }
    assert_eq!(a.state(), b.state());
}

#[test]
fn bad_items_are_told_and_the_others_taken() {
    let text = "schema-version = 1\n[[choice]]\npackage = \"a;rm -rf\"\narea = \"auto-start\"\nswitch = \"x\"\nwanted = \"off\"\nwhen = \"\"\n\
                [[choice]]\npackage = \"a.b\"\narea = \"storage\"\nswitch = \"all-files\"\nwanted = \"perhaps\"\nwhen = \"\"\n\
                [[choice]]\npackage = \"a.b\"\narea = \"storage\"\nswitch = \"all-files\"\nwanted = \"off\"\nwhen = \"\"\n";
    let mut choices = Choices::none(0);
    let imported = carry::import(&mut choices, text).unwrap();
    let outcomes: Vec<ItemOutcome> = imported.iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [ItemOutcome::Malformed, ItemOutcome::Malformed, ItemOutcome::Taken]);
    assert!(imported[0].detail.contains("no package name"), "{imported:?}");
    assert_eq!(choices.choices.len(), 1);
    for (text, code) in
        [("schema-version = 2", "newer-version"), ("colour = 1", "bad-input"), ("[", "bad-input")]
    {
        assert_eq!(carry::import(&mut choices, text).unwrap_err().code.id(), code);
    }
    assert_eq!(choices.choices.len(), 1);
}

#[test]
fn an_app_that_an_update_brought_back_is_told_and_one_that_was_put_back_is_not() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    phone.install(0, "b.app");
    let plan = RunTime {
        steps: ["an.app", "b.app"].map(|package| uninstall(package, Vec::new())).to_vec(),
        ..RunTime::default()
    };
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let result = run(&mut phone, &mut journal, &order(&plan)).unwrap();
    assert!(result.changes.iter().all(|change| change.outcome == ChangeOutcome::Done));
    assert_eq!(came_back(&mut phone, journal.history()).unwrap(), []);
    phone.app_mut(0, "an.app").installed = true;
    let back = came_back(&mut phone, journal.history()).unwrap();
    assert_eq!((back.len(), back[0].package.as_str(), back[0].user), (1, "an.app", 0));
    undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert_eq!(came_back(&mut phone, journal.history()).unwrap(), []);
}

#[test]
fn requests_and_answers_are_json() {
    let folder = tempfile::tempdir().unwrap();
    let (path, journal) = (folder.path().join("choices-0.json"), folder.path().join("journal.ndjson"));
    let asked = |request: &Value| -> Value {
        serde_json::from_slice(&answer::choices(request.to_string().as_bytes(), &path).unwrap()).unwrap()
    };
    let set = json!({"ask": "set", "user": 0, "package": "an.app", "area": "auto-start",
        "switch": "self-start", "wanted": "off", "now": NOW});
    assert_eq!(asked(&set)["choices"][0]["wanted"], "off");
    assert_eq!(asked(&json!({"ask": "list"}))["packages"], json!(["an.app"]));
    let toml = asked(&json!({"ask": "export"}))["toml"].clone();
    assert!(toml.as_str().unwrap().contains("[[choice]]"));

    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut control = |request: &Value| -> Value {
        let answer = ask::control(&mut phone, request.to_string().as_bytes(), &journal);
        serde_json::from_slice(&answer.unwrap()).unwrap()
    };
    let facts = serde_json::to_value(facts("an.app")).unwrap();
    let sheet = control(&json!({"ask": "sheet", "facts": facts, "user": 0}));
    assert_eq!(sheet["areas"][0]["switches"][0]["state"], "on");
    let again = control(&json!({"ask": "reapply", "facts": [facts], "user": 0, "choices": path, "now": NOW}));
    assert_eq!(again["items"][0]["outcome"], "set-again");
    let on = control(&json!({"ask": "set", "facts": facts, "user": 0, "area": "auto-start",
        "switch": "self-start", "to": "on", "now": NOW}));
    assert_eq!((&on["switch"]["state"], &on["result"]["kind"]), (&json!("on"), &json!("control")));
    assert_eq!(control(&json!({"ask": "came-back"}))["came-back"], json!([]));

    let undone = json!({"ask": "undone", "user": 0, "journal": journal});
    assert_eq!(asked(&undone)["packages"], json!(["an.app"]), "nothing was undone");
    let all = json!({"now": NOW}).to_string();
    undo_changes(&mut phone, all.as_bytes(), &journal).unwrap();
    assert_eq!(asked(&undone)["packages"], json!([]));

    asked(&set);
    asked(&json!({"ask": "remove", "package": "an.app", "area": "auto-start", "switch": "self-start"}));
    let imported = asked(&json!({"ask": "import", "toml": toml}));
    assert_eq!(imported["imported"][0]["outcome"], "taken");
    assert_eq!(asked(&json!({"ask": "list", "package": "b.b"}))["choices"], json!([]));
    for bad in ["", r#"{"ask":"sheet"}"#, r#"{"ask":"set","facts":{}}"#] {
        assert_eq!(ask::control(&mut phone, bad.as_bytes(), &journal).unwrap_err().code.id(), "bad-input");
        assert_eq!(answer::choices(bad.as_bytes(), &path).unwrap_err().code.id(), "bad-input");
    }
}
