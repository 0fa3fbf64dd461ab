//! The process dies at every point of a long run; undo gives back the state before, resume reaches the state after, and
//! never does anything between remain but what the journal declares as lost.

use std::collections::BTreeSet;
use std::rc::Rc;

use keepone::enforce::{ChangeOutcome, Journal, Order, RunResult, resume, run, undo};
use keepone::failure::FailureCode;
use keepone::package::PackageName;

use crate::enforce::{NOW, order, phone_and_plan};
use crate::model_phone::{Death, Disk, Phone};

/// What a death left: the phone and the journal's bytes.
struct Left {
    phone: Phone,
    bytes: Vec<u8>,
}

/// Carries out an order until the process dies.
fn die(phone: &Phone, order: &Order, death: Option<Death>, journal_death: Option<(usize, usize)>) -> Left {
    let mut phone = phone.revived();
    phone.death = death;
    let disk = Disk { death: journal_death, dead: Rc::clone(&phone.dead), ..Disk::default() };
    let mut journal = Journal::new(disk).unwrap();
    let result = run(&mut phone, &mut journal, order);
    if let Ok(result) = &result {
        assert!(result.stopped.is_some(), "a run that died says that it stopped");
    }
    Left { phone: phone.revived(), bytes: journal.into_store().bytes }
}

fn open(bytes: &[u8]) -> Journal<Disk> {
    Journal::new(Disk { bytes: bytes.to_vec(), ..Disk::default() }).unwrap()
}

/// Packages whose data a result declares as lost.
fn declared(result: &RunResult) -> BTreeSet<PackageName> {
    let lost = result.changes.iter().filter(|change| !change.lost.is_empty());
    lost.map(|change| change.package.clone()).collect()
}

/// Undoes what a death left and compares with the state before.
fn assert_undone(left: &Left, before: &Phone, at: &str) {
    let mut phone = left.phone.clone();
    let mut journal = open(&left.bytes);
    let result = undo(&mut phone, &mut journal, NOW, None).unwrap();
    assert!(result.changes.iter().all(|change| change.outcome == ChangeOutcome::Done), "{at}: {result:#?}");
    assert_eq!(phone.state(), before.state(), "{at}");
    let lost: BTreeSet<PackageName> = phone
        .apps
        .iter()
        .filter(|(key, app)| app.data != before.apps[*key].data)
        .map(|((_, package), _)| package.clone())
        .collect();
    assert_eq!(lost, declared(&result), "{at}: what is lost is declared, and nothing else");
    assert_eq!(journal.history().standing().count(), 0, "{at}");
}

/// Resumes what a death left and compares with the state after.
fn assert_resumed(left: &Left, order: &Order, after: &Phone, at: &str) {
    let mut phone = left.phone.clone();
    let mut journal = open(&left.bytes);
    let result = match resume(&mut phone, &mut journal, NOW).unwrap() {
        Some(result) => result,
        // Not even the run's beginning was written, or its end was.
        None => run(&mut phone, &mut journal, order).unwrap(),
    };
    assert!(result.changes.iter().all(|change| change.outcome == ChangeOutcome::Done), "{at}: {result:#?}");
    assert_eq!(phone.state(), after.state(), "{at}");
    assert!(journal.history().interrupted().is_none(), "{at}");
    assert!(journal.history().changes.values().all(|changed| changed.came_out.is_some()), "{at}");
}

/// The phone after an uninterrupted run, with how often it was written and what the journal holds.
fn whole(phone: &Phone, order: &Order) -> (Phone, usize, Vec<Vec<u8>>) {
    let mut after = phone.revived();
    let mut journal = Journal::new(Disk::default()).unwrap();
    let result = run(&mut after, &mut journal, order).unwrap();
    assert!(result.changes.iter().all(|change| change.outcome == ChangeOutcome::Done), "{result:#?}");
    let writes = after.writes;
    let bytes = journal.into_store().bytes;
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    (after.revived(), writes, lines)
}

#[test]
fn a_death_at_any_write_of_a_thirty_step_plan_is_undone_or_resumed() {
    let (phone, plan) = phone_and_plan(11);
    let order = order(&plan);
    assert!(order.tasks.len() >= 30, "{}", order.tasks.len());
    let (after, writes, lines) = whole(&phone, &order);
    let mut points = 0;
    let mut check = |left: &Left, at: &str| {
        assert_undone(left, &phone, at);
        assert_resumed(left, &order, &after, at);
        points += 1;
    };
    for number in 0..writes {
        for death in [Death::BeforeWrite(number), Death::AfterWrite(number)] {
            check(&die(&phone, &order, Some(death), None), &format!("{death:?}"));
        }
    }
    for (number, line) in lines.iter().enumerate() {
        for length in [0, 1, line.len() / 2, line.len() - 1, line.len()] {
            let left = die(&phone, &order, None, Some((number, length)));
            check(&left, &format!("journal line {number}, {length} bytes"));
        }
    }
    assert_eq!(points, 2 * writes + 5 * lines.len());
}

/// Cuts the journal at each `stride`th byte of every line while that line is written, and undoes.
fn cut_and_undo(phone: &Phone, order: &Order, stride: usize) {
    let (_, _, lines) = whole(phone, order);
    for (number, line) in lines.iter().enumerate() {
        // The phone is the same for every byte of one line: the line is written before its change, or after it.
        let left = die(phone, order, None, Some((number, 0)));
        for length in (0..line.len()).step_by(stride) {
            let mut bytes = left.bytes.clone();
            bytes.extend(&line[..length]);
            let cut = Left { phone: left.phone.clone(), bytes };
            assert_undone(&cut, phone, &format!("line {number}, byte {length}"));
        }
    }
}

#[test]
fn a_journal_cut_at_any_byte_while_it_is_written_loses_nothing() {
    // A role, a block, an unblock and an uninstall, at every byte.
    let (phone, mut plan) = phone_and_plan(1);
    plan.steps.retain(|step| step.package.as_str().contains("dialer"));
    cut_and_undo(&phone, &order(&plan), 1);
    let (phone, plan) = phone_and_plan(11);
    cut_and_undo(&phone, &order(&plan), 211);
}

#[test]
fn every_cut_of_a_finished_journal_is_recognised() {
    let (phone, mut plan) = phone_and_plan(1);
    plan.steps.retain(|step| step.package.as_str() == "other.n0");
    let (_, _, lines) = whole(&phone, &order(&plan));
    let bytes = lines.concat();
    for cut in 0..bytes.len() {
        let history = keepone::enforce::journal::read(&bytes[..cut]).unwrap();
        let torn = history.torn.as_ref().map_or(0, |torn| usize::try_from(torn.bytes).unwrap());
        assert_eq!(torn == 0, cut == 0 || bytes[cut - 1] == b'\n', "{cut}");
        assert!(history.runs.is_empty() || history.interrupted().is_some(), "{cut}: a run without its end");
    }
}

#[test]
fn a_death_in_the_middle_of_an_undo_is_undone_again() {
    let (phone, plan) = phone_and_plan(2);
    let order = order(&plan);
    let mut after = phone.revived();
    let mut journal = Journal::new(Disk::default()).unwrap();
    run(&mut after, &mut journal, &order).unwrap();
    let bytes = journal.into_store().bytes;
    let mut number = 0;
    loop {
        let mut dying = after.revived();
        let disk = Disk { bytes: bytes.clone(), death: Some((number, number % 40)), ..Disk::default() };
        let disk = Disk { dead: Rc::clone(&dying.dead), ..disk };
        let mut journal = Journal::new(disk).unwrap();
        let result = undo(&mut dying, &mut journal, NOW, None);
        let left = Left { phone: dying.revived(), bytes: journal.into_store().bytes };
        if !dying.dead.get() {
            assert!(number > 20, "{number}");
            break;
        }
        assert!(result.is_err() || result.is_ok_and(|result| result.stopped.is_some()));
        let mut again = left.phone.clone();
        let mut journal = open(&left.bytes);
        let resumed = match resume(&mut again, &mut journal, NOW).unwrap() {
            Some(result) => result,
            None => undo(&mut again, &mut journal, NOW, None).unwrap(),
        };
        assert!(resumed.changes.iter().all(|change| change.outcome == ChangeOutcome::Done), "{resumed:#?}");
        assert_eq!(again.state(), phone.state(), "{number}");
        number += 1;
    }
}

#[test]
fn a_journal_changed_by_hand_is_refused_with_the_place() {
    let (phone, plan) = phone_and_plan(1);
    let (_, _, lines) = whole(&phone, &order(&plan));
    for at in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(at);
        let mut turned = lines.clone();
        turned.swap(at, (at + 1) % lines.len());
        let changed: Vec<Vec<u8>> = lines
            .iter()
            .enumerate()
            .map(|(number, line)| {
                let text = String::from_utf8(line.clone()).unwrap();
                if number == at {
                    text.replacen("\"seq\":", "\"seq\": ", 1).into_bytes()
                } else {
                    line.clone()
                }
            })
            .collect();
        for (lines, what) in [(without, "dropped"), (turned, "reordered"), (changed, "changed")] {
            // Without its last line a journal is one of an interrupted run.
            if what == "dropped" && at == lines.len() {
                continue;
            }
            let failure = keepone::enforce::journal::read(&lines.concat()).unwrap_err();
            assert_eq!(failure.code, FailureCode::Tampered, "{what} {at}");
            assert!(failure.en.contains("line "), "{failure}");
        }
    }
}

#[test]
fn an_entry_of_a_newer_version_is_told_and_nothing_is_written() {
    let mut tail = keepone::chain::Tail::default();
    let line = tail.line(&serde_json::json!({"what": "teleport", "to": "the moon"})).unwrap();
    let failure = keepone::enforce::journal::read(line.as_bytes()).unwrap_err();
    assert_eq!(failure.code, FailureCode::NewerVersion);
    assert!(failure.en.contains("teleport"), "{failure}");
}
