//! Plans are carried out on the model phone: in order, with consent, under every lie, and back.

use keepone::enforce::answer;
use keepone::enforce::standing::not_standing;
use keepone::enforce::{
    Access, Cell, ChangeOutcome, Foreseen, Journal, MemoryStore, Order, Reason, RunResult, Told, Value, Wish,
    Word, foresee, resume, run, undo,
};
use keepone::package::{Group, PackageName};
use keepone::plan::run_time::{GroupApps, RunTime, RunTimeKind, RunTimeStep};
use keepone::plan::step::{Applicability, Inverse, Precondition};

use crate::model_phone::{Lie, Phone, name};

pub(crate) const NOW: &str = "2026-11-24T02:03:04Z";
const DIALER: &str = "android.app.role.DIALER";
const SMS: &str = "android.app.role.SMS";

pub(crate) fn step(kind: RunTimeKind, package: &str) -> RunTimeStep {
    RunTimeStep {
        kind,
        package: name(package),
        role: None,
        to: None,
        applicability: Applicability::Safe,
        preconditions: Vec::new(),
        inverse: Inverse::Unblock,
        destroys_data: false,
    }
}

pub(crate) fn hand_over(role: &str, from: &str, to: &str) -> RunTimeStep {
    RunTimeStep {
        role: Some(role.to_owned()),
        to: Some(name(to)),
        applicability: Applicability::NeedsConsent,
        ..step(RunTimeKind::HandOverRole, from)
    }
}

pub(crate) fn uninstall(package: &str, preconditions: Vec<Precondition>) -> RunTimeStep {
    RunTimeStep {
        applicability: Applicability::NeedsConsent,
        preconditions,
        destroys_data: true,
        ..step(RunTimeKind::UninstallForUser, package)
    }
}

pub(crate) fn keeper(group: Group, package: &str) -> Precondition {
    Precondition::KeeperStays { group, package: name(package) }
}

/// A phone with two dialers, two message apps and ten apps of no group, and the plan of about thirty steps for it.
pub(crate) fn phone_and_plan(extra: usize) -> (Phone, RunTime) {
    let mut phone = Phone::new();
    let mut plan = RunTime::default();
    for user in [0, 10] {
        for package in ["a.dialer", "b.dialer", "a.sms", "b.sms"] {
            phone.install(user, package);
        }
        for number in 0..extra {
            phone.install(user, &format!("other.n{number}"));
        }
        phone.give_role(user, DIALER, &[name("b.dialer")]);
        phone.give_role(user, SMS, &[name("b.sms")]);
    }
    let held = |role: &str, package: &str| Precondition::RoleHeldBy {
        role: role.to_owned(),
        package: name(package),
    };
    plan.steps = vec![
        hand_over(DIALER, "b.dialer", "a.dialer"),
        hand_over(SMS, "b.sms", "a.sms"),
        step(RunTimeKind::BlockUninstall, "a.dialer"),
        step(RunTimeKind::BlockUninstall, "a.sms"),
        step(RunTimeKind::UnblockUninstall, "b.dialer"),
        step(RunTimeKind::UnblockUninstall, "b.sms"),
    ];
    phone.app_mut(0, "b.dialer").block_uninstall = true;
    let others: Vec<String> = (0..extra).map(|number| format!("other.n{number}")).collect();
    for package in &others {
        phone.app_mut(0, package).block_uninstall = true;
        plan.steps.push(step(RunTimeKind::UnblockUninstall, package));
    }
    let kept = [keeper(Group::PhoneCalls, "a.dialer"), held(DIALER, "a.dialer")];
    plan.steps.push(uninstall("b.dialer", kept.to_vec()));
    let kept = [keeper(Group::TextMessages, "a.sms"), held(SMS, "a.sms")];
    plan.steps.push(uninstall("b.sms", kept.to_vec()));
    plan.steps.extend(others.iter().map(|package| uninstall(package, Vec::new())));
    let group = |id, packages: [&str; 2]| GroupApps { id, packages: packages.map(name).to_vec() };
    plan.groups = vec![
        group(Group::PhoneCalls, ["a.dialer", "b.dialer"]),
        group(Group::TextMessages, ["a.sms", "b.sms"]),
    ];
    (phone, plan)
}

pub(crate) fn everyone(plan: &RunTime) -> Vec<PackageName> {
    plan.steps.iter().map(|step| step.package.clone()).collect()
}

pub(crate) fn order(plan: &RunTime) -> Order {
    Order::of_plan(plan, &Wish { user: 0, consent: &everyone(plan), only: None, kinds: None, now: NOW })
}

fn journal() -> Journal<MemoryStore> {
    Journal::new(MemoryStore::default()).unwrap()
}

fn outcomes(result: &RunResult) -> Vec<ChangeOutcome> {
    result.changes.iter().map(|change| change.outcome).collect()
}

#[test]
fn a_plan_is_carried_out_for_one_user_and_undone() {
    let (mut phone, plan) = phone_and_plan(3);
    let before = phone.clone();
    let mut journal = journal();
    let result = run(&mut phone, &mut journal, &order(&plan)).unwrap();
    assert!(outcomes(&result).iter().all(|outcome| *outcome == ChangeOutcome::Done), "{result:#?}");
    assert_eq!(result.stopped, None);
    assert!(!phone.app(0, "b.dialer").installed && !phone.app(0, "other.n0").installed);
    assert!(phone.app(0, "a.dialer").block_uninstall);
    assert_eq!(phone.app(10, "b.dialer"), before.app(10, "b.dialer"), "another user is left alone");
    assert!(result.notes[0].en.contains("the image keeps them"));
    assert!(journal.history().interrupted().is_none());

    let undone = undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert!(outcomes(&undone).iter().all(|outcome| *outcome == ChangeOutcome::Done), "{undone:#?}");
    assert_eq!(phone.state(), before.state());
    let lost: Vec<&str> = undone
        .changes
        .iter()
        .filter(|change| !change.lost.is_empty())
        .map(|change| change.package.as_str())
        .collect();
    assert_eq!(lost, ["other.n2", "other.n1", "other.n0", "b.sms", "b.dialer"]);
    assert!(undone.changes[0].lost[0].text.en.contains("5000000 bytes"));
    assert_eq!(journal.history().standing().count(), 0);
    assert_eq!(undo(&mut phone, &mut journal, NOW, None).unwrap().changes, []);
}

#[test]
fn what_would_be_done_is_said_and_nothing_is_done() {
    let (mut phone, plan) = phone_and_plan(2);
    let before = phone.state();
    phone.app_mut(0, "other.n0").block_uninstall = false;
    let wish = Wish { user: 0, consent: &[name("other.n1")], only: None, kinds: None, now: NOW };
    let order = Order::of_plan(&plan, &wish);
    let foreseen = foresee(&mut phone, &order).unwrap();
    assert_eq!(foreseen.len(), order.tasks.len());
    let of = |package: &str| foreseen.iter().filter(|step| step.package == name(package)).collect::<Vec<_>>();
    assert!(of("other.n0")[0].already, "it is not blocked");
    assert_eq!(of("other.n0")[1].because, Some(Reason::NeedsConsent));
    assert_eq!((of("other.n1")[1].because.as_ref(), of("other.n1")[1].lost.len()), (None, 1));
    assert!(of("other.n1")[1].lost[0].text.en.contains("5000000 bytes"));
    assert_eq!(phone.writes, 0);
    phone.app_mut(0, "other.n0").block_uninstall = true;
    assert_eq!(phone.state(), before);
}

#[test]
fn only_the_kinds_of_steps_that_are_asked_for_are_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let (mut phone, plan) = phone_and_plan(2);
    let kinds = ["block-uninstall", "unblock-uninstall"];
    for user in [0, 10] {
        let request = serde_json::json!({
            "plan": {"run-time": plan}, "user": user, "kinds": kinds, "now": NOW,
        });
        let answer = answer::enforce(&mut phone, &serde_json::to_vec(&request).unwrap(), &path).unwrap();
        let result: RunResult = serde_json::from_slice(&answer).unwrap();
        assert_eq!(outcomes(&result), [ChangeOutcome::Done; 6], "nothing else is tried, and nothing refused");
        assert!(phone.app(user, "a.dialer").block_uninstall && phone.app(user, "a.sms").block_uninstall);
        assert!(!phone.app(user, "b.dialer").block_uninstall && !phone.app(user, "other.n0").block_uninstall);
        assert!(phone.app(user, "b.dialer").installed);
    }
    assert_eq!(phone.roles[&(0, DIALER.to_owned())], [name("b.dialer")]);
    let undone = undo(&mut phone, &mut Journal::open(&path).unwrap(), NOW, None).unwrap();
    assert!(outcomes(&undone).iter().all(|outcome| *outcome == ChangeOutcome::Done));
    assert!(!phone.app(10, "a.dialer").block_uninstall && phone.app(0, "b.dialer").block_uninstall);
    for bad in [serde_json::json!(["block"]), serde_json::json!("block-uninstall")] {
        let request = serde_json::json!({ "plan": {"run-time": plan}, "user": 0, "kinds": bad, "now": NOW });
        let refused = answer::enforce(&mut phone, &serde_json::to_vec(&request).unwrap(), &path);
        assert_eq!(refused.unwrap_err().code.id(), "bad-input");
    }
}

#[test]
fn an_app_that_nobody_here_removed_is_brought_back_and_undone_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let (mut phone, mut plan) = phone_and_plan(1);
    for package in ["other.n0", "b.dialer"] {
        phone.app_mut(0, package).installed = false;
        phone.app_mut(0, package).block_uninstall = false;
    }
    let request = serde_json::json!({
        "plan": {"run-time": plan}, "user": 0, "bring-back": ["other.n0", "b.dialer"], "now": NOW,
    });
    let bytes = serde_json::to_vec(&request).unwrap();
    let result: RunResult =
        serde_json::from_slice(&answer::enforce(&mut phone, &bytes, &path).unwrap()).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Done, ChangeOutcome::Done]);
    assert!(phone.app(0, "other.n0").installed && phone.app(0, "b.dialer").installed);

    // The person takes the other dialer away meanwhile: the one that was brought back is the last.
    phone.app_mut(0, "a.dialer").installed = false;
    let mut journal = Journal::open(&path).unwrap();
    let undone = undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert_eq!(undone.changes[0].because, Some(Reason::LastOfGroup { group: Group::PhoneCalls }));
    assert!(phone.app(0, "b.dialer").installed);
    assert_eq!(undone.changes[1].outcome, ChangeOutcome::Done);
    assert!(undone.changes[1].lost[0].text.en.contains("5000000 bytes"), "what it saved since goes with it");
    phone.app_mut(0, "a.dialer").installed = true;
    phone.give_role(0, DIALER, &[name("a.dialer")]);
    undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert!(!phone.app(0, "b.dialer").installed);

    // What is there already is not written.
    plan.steps.clear();
    let request = serde_json::json!({
        "plan": {"run-time": plan}, "user": 10, "bring-back": ["other.n0"], "now": NOW,
    });
    drop(journal);
    let bytes = serde_json::to_vec(&request).unwrap();
    let result: RunResult =
        serde_json::from_slice(&answer::enforce(&mut phone, &bytes, &path).unwrap()).unwrap();
    assert!(result.changes[0].already);
}

#[test]
fn a_removal_is_foreseen_with_what_it_loses_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let (mut phone, plan) = phone_and_plan(1);
    let before = phone.state();
    let foreseen = |phone: &mut Phone| -> Vec<Foreseen> {
        let request = serde_json::json!({
            "plan": {"run-time": plan}, "user": 0, "consent": ["b.dialer"], "only": ["b.dialer"],
            "foresee": true, "now": NOW,
        });
        let bytes = serde_json::to_vec(&request).unwrap();
        serde_json::from_slice(&answer::enforce(phone, &bytes, &path).unwrap()).unwrap()
    };
    let steps = foreseen(&mut phone);
    let last = steps.last().unwrap();
    assert_eq!((last.because.as_ref(), last.lost.len()), (None, 1));
    assert!(last.lost[0].text.zh.contains("5000000"));
    let handed = steps.iter().find(|step| matches!(step.cell, Cell::RoleHolder { .. })).unwrap();
    assert_eq!(handed.to, Value::Packages(vec![name("a.dialer")]));
    assert!(!path.exists() && phone.writes == 0 && phone.state() == before);

    // What goes with it could not be put back: the run would refuse it, so that is foreseen.
    phone.hide(Cell::Holdings { package: name("b.dialer"), user: 0 });
    let steps = foreseen(&mut phone);
    assert!(matches!(steps.last().unwrap().because, Some(Reason::NotRestorable { .. })), "{steps:#?}");
}

#[test]
fn what_no_longer_stands_is_told_from_the_journal() {
    let (mut phone, plan) = phone_and_plan(2);
    let mut journal = journal();
    run(&mut phone, &mut journal, &order(&plan)).unwrap();
    assert_eq!(not_standing(&mut phone, journal.history()).unwrap(), []);
    phone.app_mut(0, "other.n0").installed = true;
    phone.app_mut(0, "a.dialer").block_uninstall = false;
    let fallen = not_standing(&mut phone, journal.history()).unwrap();
    let told: Vec<String> = fallen.iter().map(|fallen| fallen.cell.to_string()).collect();
    assert_eq!(told, ["block-uninstall a.dialer (user 0)", "installed other.n0 (user 0)"]);
    undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert_eq!(not_standing(&mut phone, journal.history()).unwrap(), [], "what was undone need not stand");
}

#[test]
fn nothing_is_destroyed_without_consent() {
    let (mut phone, plan) = phone_and_plan(1);
    let before = phone.state();
    let only = [name("other.n0")];
    let wish = Wish { user: 0, consent: &[], only: Some(&only), kinds: None, now: NOW };
    let result = run(&mut phone, &mut journal(), &Order::of_plan(&plan, &wish)).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Done, ChangeOutcome::Refused]);
    assert_eq!(result.changes[1].because, Some(Reason::NeedsConsent));
    assert!(result.changes[1].text.zh.contains("尚未获得同意"));
    assert!(phone.app(0, "other.n0").installed);
    assert_ne!(phone.state(), before, "the safe step was done");
}

#[test]
fn a_role_holder_does_not_go_before_another_holds_the_role() {
    let (mut phone, mut plan) = phone_and_plan(0);
    // A plan that forgot to hand over, and forgot its conditions.
    plan.steps.retain(|step| step.kind == RunTimeKind::UninstallForUser);
    plan.steps.iter_mut().for_each(|step| step.preconditions.clear());
    let result = run(&mut phone, &mut journal(), &order(&plan)).unwrap();
    assert_eq!(result.changes[0].because, Some(Reason::HoldsRole { role: DIALER.to_owned() }));
    assert!(phone.app(0, "b.dialer").installed);
    // Handed over, the conditions hold.
    let (mut phone, plan) = phone_and_plan(0);
    phone.lies.insert(name("a.dialer"), Lie::Ignores);
    phone.app_mut(0, "a.dialer").enabled = Some(Word::DisabledByUser);
    let result = run(&mut phone, &mut journal(), &order(&plan)).unwrap();
    assert!(matches!(result.changes[0].because, Some(Reason::ConditionFails { .. })), "{result:#?}");
    let removal = result
        .changes
        .iter()
        .find(|change| {
            change.to == Value::Flag(false)
                && change.package == name("b.dialer")
                && matches!(change.cell, Cell::Installed { .. })
        })
        .unwrap();
    assert!(matches!(removal.because, Some(Reason::ConditionFails { .. })));
    assert!(phone.app(0, "b.dialer").installed);
}

#[test]
fn the_last_app_of_a_group_and_what_the_platform_needs_stay() {
    let mut phone = Phone::new();
    for package in ["a.clock", "b.clock", "android", "the.installer"] {
        phone.install(0, package);
    }
    phone.app_mut(0, "b.clock").suspended = true;
    let mut plan = RunTime {
        steps: ["a.clock", "android", "the.installer"].map(|package| uninstall(package, Vec::new())).to_vec(),
        ..RunTime::default()
    };
    plan.groups =
        vec![GroupApps { id: Group::TimeDisplay, packages: ["a.clock", "b.clock"].map(name).to_vec() }];
    plan.required = vec![name("the.installer")];
    let before = phone.state();
    let result = run(&mut phone, &mut journal(), &order(&plan)).unwrap();
    let because: Vec<Reason> = result.changes.into_iter().filter_map(|change| change.because).collect();
    assert_eq!(
        because,
        [Reason::LastOfGroup { group: Group::TimeDisplay }, Reason::Required, Reason::Required]
    );
    assert_eq!(phone.state(), before);
}

#[test]
fn each_lie_is_named() {
    let rows = [
        (Lie::Ignores, ChangeOutcome::Ignored),
        (Lie::DisablesInstead, ChangeOutcome::DisabledInstead),
        (Lie::Reverts, ChangeOutcome::Reverted),
        (Lie::Refuses, ChangeOutcome::Refused),
        (Lie::Hides, ChangeOutcome::Unknown),
        (Lie::DoesSecretly, ChangeOutcome::Done),
    ];
    for (lie, outcome) in rows {
        let mut phone = Phone::new();
        phone.install(0, "a.app");
        let before = phone.state();
        phone.lies.insert(name("a.app"), lie);
        let plan = RunTime { steps: vec![uninstall("a.app", Vec::new())], ..RunTime::default() };
        let mut journal = journal();
        let result = run(&mut phone, &mut journal, &order(&plan)).unwrap();
        assert_eq!(outcomes(&result), [outcome], "{lie:?} {result:#?}");
        assert_eq!(result.counts[&outcome], 1);
        let logged = journal.history().changes.values().next().unwrap().came_out.clone().unwrap();
        assert_eq!(logged.outcome, outcome, "{lie:?}");
        phone.lies.clear();
        let undone = undo(&mut phone, &mut journal, NOW, None).unwrap();
        if lie == Lie::Hides {
            assert_eq!(outcomes(&undone), [ChangeOutcome::Refused], "it cannot be told what to undo");
            assert_eq!(journal.history().standing().count(), 1);
        } else {
            assert_eq!(phone.state(), before, "{lie:?}");
        }
    }
}

#[test]
fn chosen_changes_are_undone_and_later_ones_stand_in_the_way() {
    let mut phone = Phone::new();
    phone.install(0, "a.app");
    let plan = |kind| RunTime { steps: vec![step(kind, "a.app")], ..RunTime::default() };
    let mut journal = journal();
    for kind in [RunTimeKind::BlockUninstall, RunTimeKind::UnblockUninstall, RunTimeKind::BlockUninstall] {
        run(&mut phone, &mut journal, &order(&plan(kind))).unwrap();
    }
    let numbers: Vec<u64> = journal.history().changes.keys().copied().collect();
    let result = undo(&mut phone, &mut journal, NOW, Some(&numbers[..1])).unwrap();
    assert_eq!(result.changes[0].because, Some(Reason::LaterChange { seq: numbers[1] }));
    let result = undo(&mut phone, &mut journal, NOW, Some(&numbers[2..])).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Done]);
    assert!(!phone.app(0, "a.app").block_uninstall);
    let failure = undo(&mut phone, &mut journal, NOW, Some(&numbers[2..])).unwrap_err();
    assert_eq!(failure.code.id(), "bad-input");
}

#[test]
fn a_cell_that_cannot_be_read_is_not_changed() {
    let mut phone = Phone::new();
    phone.install(0, "a.app");
    let plan = RunTime { steps: vec![step(RunTimeKind::BlockUninstall, "not.there")], ..RunTime::default() };
    let result = run(&mut phone, &mut journal(), &order(&plan)).unwrap();
    assert!(matches!(result.changes[0].because, Some(Reason::NotRestorable { .. })));
    assert_eq!(phone.writes, 0);
}

#[test]
fn an_access_that_cannot_be_seen_stops_no_removal_and_is_told() {
    let (mut phone, plan) = phone_and_plan(1);
    phone.unseen.insert(Access::NotificationPolicy);
    let before = phone.clone();
    let mut journal = journal();
    let result = run(&mut phone, &mut journal, &order(&plan)).unwrap();
    let removal = result.changes.last().unwrap();
    assert_eq!(removal.outcome, ChangeOutcome::Done, "{removal:?}");
    let told = |lost: &Told| lost.text.en.contains("notification-policy") && !lost.text.zh.is_ascii();
    assert!(removal.lost.iter().any(told), "{removal:?}");
    let undone = undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert!(undone.changes.iter().all(|change| change.outcome == ChangeOutcome::Done));
    assert_eq!(phone.apps.keys().collect::<Vec<_>>(), before.apps.keys().collect::<Vec<_>>());
    assert!(
        phone.apps.values().all(|app| app.installed && app.access.contains(&Access::NotificationListener))
    );
}

#[test]
fn a_journal_with_no_interrupted_run_is_not_resumed() {
    let (mut phone, plan) = phone_and_plan(1);
    let mut journal = journal();
    assert_eq!(resume(&mut phone, &mut journal, NOW), Ok(None));
    run(&mut phone, &mut journal, &order(&plan)).unwrap();
    assert_eq!(resume(&mut phone, &mut journal, NOW), Ok(None));
}

#[test]
fn requests_and_answers_are_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let (mut phone, plan) = phone_and_plan(1);
    let request = serde_json::json!({
        "plan": {"run-time": plan, "profile": "whatever else a plan says"},
        "user": 0, "consent": ["other.n0"], "only": ["other.n0"], "now": NOW,
    });
    let ask = |request: &serde_json::Value| serde_json::to_vec(request).unwrap();
    let answer = answer::enforce(&mut phone, &ask(&request), &path).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["counts"], serde_json::json!({"done": 2}));
    assert_eq!(answer["changes"][1]["cell"]["cell"], "installed");
    assert_eq!(answer["changes"][1]["lost"][0]["what"], "data");

    let list = answer::journal(br#"{"ask":"list","limit":1}"#, &path).unwrap();
    let list: answer::JournalResult = serde_json::from_slice(&list).unwrap();
    assert_eq!((list.total, list.standing, list.changes.len(), list.runs.len()), (2, 2, 1, 1));
    assert!(list.changes[0].can_undo && list.runs[0].ended && list.interrupted.is_none());

    let undone = answer::undo_changes(&mut phone, &ask(&serde_json::json!({"now": NOW})), &path).unwrap();
    let undone: RunResult = serde_json::from_slice(&undone).unwrap();
    assert_eq!(outcomes(&undone), [ChangeOutcome::Done, ChangeOutcome::Done]);
    assert!(phone.app(0, "other.n0").installed);

    let nothing = answer::enforce(&mut phone, &ask(&serde_json::json!({"resume": true, "now": NOW})), &path);
    assert_eq!(nothing.unwrap(), b"null");
    for bad in ["{", r#"{"now":"x"}"#, r#"{"now":"x","plans":1}"#, r#"{"ask":"list"}"#] {
        assert_eq!(
            answer::enforce(&mut phone, bad.as_bytes(), &path).unwrap_err().code.id(),
            "bad-input",
            "{bad}"
        );
    }
}

#[test]
fn a_damaged_journal_is_shown_refused_and_can_be_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let (mut phone, plan) = phone_and_plan(1);
    run(&mut phone, &mut Journal::open(&path).unwrap(), &order(&plan)).unwrap();
    let text = std::fs::read_to_string(&path).unwrap().replacen("a.sms", "a.mms", 1);
    let changed = text.replacen("\"seq\":4", "\"seq\":9", 1);
    std::fs::write(&path, &changed).unwrap();
    let undo = br#"{"now":"2026-11-24T00:00:00Z"}"#;
    assert_eq!(answer::undo_changes(&mut phone, undo, &path).unwrap_err().code.id(), "tampered");
    let list = answer::journal(br#"{"ask":"list"}"#, &path).unwrap();
    let list: answer::JournalResult = serde_json::from_slice(&list).unwrap();
    assert!(list.damaged.unwrap().text.zh.contains("日志在写入后被改动"));
    answer::journal(br#"{"ask":"set-aside"}"#, &path).unwrap();
    assert!(folder.path().join("journal.ndjson.aside-1").exists());
    answer::undo_changes(&mut phone, undo, &path).unwrap();
    assert_eq!(std::fs::read_to_string(folder.path().join("journal.ndjson.aside-1")).unwrap(), changed);
}
