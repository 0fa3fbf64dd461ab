//! A phone is changed through real adb: plans are carried out, lies are named, a run that dies at any point is undone.

use std::cell::Cell as Shared;
use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use keepone::adb::AdbShell;
use keepone::enforce::adb::AdbCarrier;
use keepone::enforce::standing::not_standing;
use keepone::enforce::{
    Carrier, Cell, ChangeOutcome, Journal, MemoryStore, Order, Reason, RunResult, Store, Value, Wish,
    Written, foresee, run, undo,
};
use keepone::package::PackageName;
use keepone::plan::run_time::{RunTime, RunTimeKind, RunTimeStep};
use keepone::plan::step::{Applicability, Inverse, Precondition};

use crate::lab::{Lab, PHONE, Phone};

const NOW: &str = "2026-11-24T02:03:04Z";
const GALLERY: &str = "android.app.role.SYSTEM_GALLERY";
const CONTACTS: &str = "android.app.role.SYSTEM_CONTACTS";

/// Apps of the phone that no role and no group holds.
const APPS: [&str; 28] = [
    "com.android.browser",
    "com.android.email",
    "com.android.calculator2",
    "com.android.calendar",
    "com.android.CalendarWidget",
    "com.android.ContactWidget",
    "zte.com.cn.CustomerService",
    "com.android.exchange",
    "zte.com.cn.filer",
    "com.android.galaxy4",
    "com.android.gallery3d",
    "com.android.htmlviewer",
    "com.android.wallpaper.holospiral",
    "com.broadcom.bt.app.fm",
    "com.android.contacts",
    "com.android.magicsmoke",
    "zte.com.cn.Monternet",
    "com.android.music",
    "com.android.musicfx",
    "com.zte.music",
    "com.android.noisefield",
    "com.zte.notewidget",
    "zte.com.cn.notepad",
    "com.android.phasebeam",
    "com.svox.pico",
    "zte.com.cn.Readme",
    "com.android.soundrecorder",
    "zte.com.cn.taskmanager",
];

fn name(name: &str) -> PackageName {
    PackageName::new(name).unwrap()
}

/// A carrier to a phone, over a shell of its own.
fn carrier(lab: &Lab, phone: &Phone) -> AdbCarrier<AdbShell> {
    AdbCarrier::new(AdbShell::start(lab.script(phone), Duration::from_secs(20)).unwrap(), phone.serial())
}

fn step(kind: RunTimeKind, package: &str) -> RunTimeStep {
    RunTimeStep {
        kind,
        package: name(package),
        role: None,
        to: None,
        applicability: Applicability::NeedsConsent,
        preconditions: Vec::new(),
        inverse: Inverse::InstallExisting,
        destroys_data: kind == RunTimeKind::UninstallForUser,
    }
}

fn hand_over(role: &str, from: &str, to: &str) -> RunTimeStep {
    RunTimeStep { role: Some(role.to_owned()), to: Some(name(to)), ..step(RunTimeKind::HandOverRole, from) }
}

/// The order that carries out steps, with everyone's consent.
fn order(steps: Vec<RunTimeStep>) -> Order {
    let consent: Vec<PackageName> = steps.iter().map(|step| step.package.clone()).collect();
    let plan = RunTime { steps, ..RunTime::default() };
    Order::of_plan(&plan, &Wish { user: 0, consent: &consent, only: None, kinds: None, now: NOW })
}

fn removals(packages: &[&str]) -> Order {
    order(packages.iter().map(|package| step(RunTimeKind::UninstallForUser, package)).collect())
}

/// Two roles go to others, then twenty-eight apps go.
fn thirty_steps() -> Order {
    let mut steps = vec![
        hand_over(GALLERY, "com.android.gallery3d", "com.zte.videoplayer"),
        hand_over(CONTACTS, "com.android.contacts", "com.android.mms"),
    ];
    steps.extend(APPS.map(|package| step(RunTimeKind::UninstallForUser, package)));
    let held = |role: &str, package: &str| Precondition::RoleHeldBy {
        role: role.to_owned(),
        package: name(package),
    };
    for step in &mut steps {
        match step.package.as_str() {
            "com.android.gallery3d" if step.kind == RunTimeKind::UninstallForUser => {
                step.preconditions = vec![held(GALLERY, "com.zte.videoplayer")];
            }
            "com.android.contacts" if step.kind == RunTimeKind::UninstallForUser => {
                step.preconditions = vec![held(CONTACTS, "com.android.mms")];
            }
            _ => {}
        }
    }
    order(steps)
}

/// A phone with two roles held, and with a user who has decided a few things.
pub(crate) fn phone(lab: &Lab) -> Phone {
    let phone = Phone::of(PHONE)
        .with(&["--api", "34", "--property", "ro.build.version.sdk=34", "--user", "10:secondary"])
        .start();
    lab.connect(&phone);
    for line in [
        "cmd role add-role-holder android.app.role.SYSTEM_GALLERY com.android.gallery3d",
        "cmd role add-role-holder android.app.role.SYSTEM_CONTACTS com.android.contacts",
        "pm grant --user 0 com.android.browser android.permission.CAMERA",
        "cmd appops set --user 0 com.android.email RUN_ANY_IN_BACKGROUND ignore",
        "am set-standby-bucket --user 0 com.android.music rare",
        "pm suspend --user 0 com.android.calendar",
        "pm disable-user --user 0 com.zte.music",
        "cmd deviceidle whitelist +com.android.calculator2",
    ] {
        let run = lab.shell(&phone, line);
        assert_eq!(run.status, 0, "{line}: {run:?}");
    }
    phone
}

/// What a user could tell apart: all but sizes, the platform's own flags, and whether an app was started since.
pub(crate) fn state(phone: &Phone) -> BTreeMap<String, String> {
    let mut state = phone.state();
    let mut all = BTreeMap::new();
    for (key, app) in state["apps"].as_object_mut().unwrap() {
        let app = app.as_object_mut().unwrap();
        for field in ["data", "cache", "stopped", "not_launched", "last_caller", "uninstall_reason"] {
            app.remove(field);
        }
        for permission in app["permissions"].as_object_mut().unwrap().values_mut() {
            let flags = permission["flags"].as_u64().unwrap() & 3;
            permission["flags"] = flags.into();
        }
        all.insert(key.clone(), serde_json::to_string(app).unwrap());
    }
    // A mode that is the default of its operation is none.
    for modes in state["uid_operations"].as_object_mut().unwrap().values_mut() {
        modes.as_object_mut().unwrap().retain(|_, mode| mode != "allow");
    }
    state["uid_operations"]
        .as_object_mut()
        .unwrap()
        .retain(|_, modes| modes.as_object().is_some_and(|of| !of.is_empty()));
    for part in ["roles", "uid_operations", "settings", "idle"] {
        all.insert(part.to_owned(), state[part].to_string());
    }
    all
}

#[track_caller]
pub(crate) fn assert_same(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, at: &str) {
    for (key, was) in before {
        assert_eq!(Some(was), after.get(key), "{at}: {key}");
    }
    assert_eq!(before.len(), after.len(), "{at}");
}

fn outcomes(result: &RunResult) -> Vec<ChangeOutcome> {
    result.changes.iter().map(|change| change.outcome).collect()
}

#[track_caller]
fn assert_done(result: &RunResult, at: &str) {
    for change in &result.changes {
        assert_eq!(change.outcome, ChangeOutcome::Done, "{at}: {} {}", change.cell, change.text.en);
    }
    assert_eq!(result.stopped, None, "{at}");
}

fn journal() -> Journal<MemoryStore> {
    Journal::new(MemoryStore::default()).unwrap()
}

#[test]
fn a_plan_of_thirty_steps_is_carried_out_in_one_stream_and_undone() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    let streams = phone.streams().len();
    let mut carrier = carrier(&lab, &phone);
    let order = thirty_steps();
    assert_eq!(order.tasks.len(), 30);
    let foreseen = foresee(&mut carrier, &order).unwrap();
    for step in &foreseen {
        assert_eq!((step.already, &step.because), (false, &None), "{}", step.cell);
    }
    let mut journal = journal();
    let result = run(&mut carrier, &mut journal, &order).unwrap();
    assert_done(&result, "the run");
    assert!(result.notes[0].en.contains("the image keeps them"));
    let gone = phone.state();
    for package in APPS {
        assert_eq!(gone["apps"][format!("0 {package}")]["installed"], false, "{package}");
    }
    assert_eq!(gone["apps"]["10 com.android.browser"]["installed"], true, "another user is left alone");
    assert_eq!(not_standing(&mut carrier, journal.history()).unwrap(), []);

    let undone = undo(&mut carrier, &mut journal, NOW, None).unwrap();
    assert_done(&undone, "the undo");
    assert_same(&before, &state(&phone), "undone");
    let lost = undone.changes.iter().filter(|change| !change.lost.is_empty()).count();
    assert_eq!(lost, APPS.len(), "every app's data is declared as lost");
    assert_eq!(phone.streams().len(), streams + 1, "one stream for everything");
}

#[test]
fn each_lie_is_named() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let package = "com.android.browser";
    for (lie, outcome) in [
        (vec!["ignores"], ChangeOutcome::Ignored),
        (vec!["disables"], ChangeOutcome::DisabledInstead),
        (vec!["reverts", "0"], ChangeOutcome::Ignored),
    ] {
        let before = state(&phone);
        phone.order(&[&["lie", package][..], &lie].concat());
        let mut carrier = carrier(&lab, &phone);
        let mut journal = journal();
        let result = run(&mut carrier, &mut journal, &removals(&[package])).unwrap();
        assert_eq!(outcomes(&result), [outcome], "{lie:?} {result:#?}");
        phone.order(&["lie", package, "truth"]);
        undo(&mut carrier, &mut journal, NOW, None).unwrap();
        assert_same(&before, &state(&phone), &format!("{lie:?}"));
    }
    // Taken back between the two readings of one run.
    phone.order(&["lie", package, "reverts", "60"]);
    let mut carrier = carrier(&lab, &phone);
    let mut journal = journal();
    let result = run(&mut carrier, &mut journal, &removals(&[package])).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Done], "nobody could know yet");
    assert_eq!(not_standing(&mut carrier, journal.history()).unwrap(), []);
    phone.order(&["pass", "61"]);
    let fallen = not_standing(&mut carrier, journal.history()).unwrap();
    assert_eq!(fallen.len(), 1, "the journal knows later");
    assert_eq!(fallen[0].package.as_str(), package);
}

#[test]
fn what_the_phone_refuses_is_told_in_its_words_and_what_it_hides_is_unknown() {
    let lab = Lab::new();
    let phone = phone(&lab);
    phone.order(&["block", "com.android.music", "0", "on"]);
    phone.order(&["admin", "com.android.email", "0"]);
    let before = state(&phone);
    let mut carrier = carrier(&lab, &phone);
    let mut journal = journal();
    let result =
        run(&mut carrier, &mut journal, &removals(&["com.android.music", "com.android.email"])).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Refused, ChangeOutcome::Refused]);
    assert!(
        result.changes[0].text.en.contains("DELETE_FAILED_OWNER_BLOCKED"),
        "{}",
        result.changes[0].text.en
    );
    assert!(result.changes[1].text.en.contains("DELETE_FAILED_DEVICE_POLICY_MANAGER"));
    assert_same(&before, &state(&phone), "refused");
    // What cannot be read before is not touched.
    phone.order(&["hide", "com.android.browser", "dumps"]);
    let result = run(&mut carrier, &mut journal, &removals(&["com.android.browser"])).unwrap();
    assert!(matches!(result.changes[0].because, Some(Reason::NotRestorable { .. })), "{result:#?}");
    phone.order(&["show", "com.android.browser"]);
    for twist in [&["truncate", "40"][..], &["garbage"], &["flood", "67108864"]] {
        phone.order(&[&["answer", "dumpsys package com.android.browser"][..], twist].concat());
        let result = run(&mut carrier, &mut journal, &removals(&["com.android.browser"])).unwrap();
        assert_eq!(outcomes(&result), [ChangeOutcome::Refused], "{twist:?}");
    }
    assert_same(&before, &state(&phone), "never read");
}

#[test]
fn another_makers_words_do_not_change_what_is_read() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    for asked in
        ["dumpsys package", "cmd appops get", "dumpsys role", "pm uninstall", "settings --user 0 get"]
    {
        phone.order(&["answer", asked, "maker"]);
    }
    let mut carrier = carrier(&lab, &phone);
    let mut journal = journal();
    let result = run(&mut carrier, &mut journal, &removals(&["com.android.browser"])).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Done], "{result:#?}");
    undo(&mut carrier, &mut journal, NOW, None).unwrap();
    assert_same(&before, &state(&phone), "undone");
}

#[test]
fn hostile_names_never_leave_their_word() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    let mut carrier = carrier(&lab, &phone);
    carrier.may().unwrap();
    let package = || name("com.android.browser");
    let hostile = [
        "'; reboot; '",
        "$(reboot)",
        "`reboot`",
        "a\nreboot",
        "a b",
        "--user",
        "-1",
        "\u{202e}tpircs",
        "a;b",
        "*",
        "~",
        "a\0b",
        "日本語",
    ];
    for text in hostile {
        let cells = [
            Cell::Permission { package: package(), user: 0, permission: text.to_owned() },
            Cell::RoleHolder { role: text.to_owned(), user: 0 },
            Cell::AppOp { package: package(), user: 0, op: text.to_owned() },
            Cell::AppOp { package: package(), user: 0, op: format!("android:{text}") },
            Cell::ComponentEnabled { package: package(), user: 0, component: text.to_owned() },
        ];
        let readings = carrier.read(&cells).unwrap();
        assert!(readings[..4].iter().all(|reading| reading.value().is_none()), "{text:?} {readings:?}");
        let values = [
            Value::Permission { granted: true, flags: Some(0) },
            Value::Packages(vec![package()]),
            Value::Word(keepone::enforce::Word::Ignored),
            Value::Word(keepone::enforce::Word::Ignored),
            Value::Word(keepone::enforce::Word::Disabled),
        ];
        for (cell, value) in cells.iter().zip(values) {
            assert!(matches!(carrier.write(cell, &value).unwrap(), Written::Refused(_)), "{cell}");
        }
    }
    assert_same(&before, &state(&phone), "hostile");
    for asked in phone.asked() {
        assert!(!asked.words.iter().any(|word| word.contains("reboot")), "{asked:?}");
        assert!(!hostile.contains(&asked.words[0].as_str()));
    }
}

#[test]
fn a_cable_pulled_at_any_step_stops_the_run_and_loses_nothing() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    for bytes in [0, 1_000, 5_000, 20_000, 60_000, 120_000] {
        let mut hand = carrier(&lab, &phone);
        hand.may().unwrap();
        let mut journal = journal();
        phone.order(&["pull", &bytes.to_string()]);
        let result = run(&mut hand, &mut journal, &removals(&APPS[..6]));
        if let Ok(result) = &result {
            assert!(result.stopped.is_some(), "{bytes}: {result:#?}");
        }
        drop(hand);
        phone.order(&["plug"]);
        lab.reconnect(&phone);
        let mut hand = carrier(&lab, &phone);
        let undone = undo(&mut hand, &mut journal, NOW, None).unwrap();
        assert_done(&undone, &format!("pulled after {bytes} bytes"));
        assert_same(&before, &state(&phone), &format!("pulled after {bytes} bytes"));
    }
}

#[test]
fn a_phone_that_falls_silent_is_given_up_and_what_it_was_told_is_undone() {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    // Asked to remove, it says nothing any more; whether it did is read later.
    phone.order(&["answer", "pm uninstall", "hang"]);
    let shell = AdbShell::start(lab.script(&phone), Duration::from_secs(2)).unwrap();
    let mut hand = AdbCarrier::new(shell, phone.serial());
    let mut journal = journal();
    let result = run(&mut hand, &mut journal, &removals(&APPS[..2])).unwrap();
    assert_eq!(outcomes(&result), [ChangeOutcome::Unknown, ChangeOutcome::Refused], "{result:#?}");
    assert!(result.stopped.is_some());
    assert!(journal.history().interrupted().is_some());
    drop(hand);
    phone.order(&["answer", "pm uninstall", "truth"]);
    let undone = undo(&mut carrier(&lab, &phone), &mut journal, NOW, None).unwrap();
    assert_done(&undone, "after the silence");
    assert_same(&before, &state(&phone), "after the silence");
}

/// Bytes of a journal that die with their process at one append, after so many of its bytes.
#[derive(Clone, Debug, Default)]
struct Disk {
    bytes: Vec<u8>,
    appends: usize,
    death: Option<(usize, Moment)>,
    dead: Rc<Shared<bool>>,
}

/// When the process dies, with regard to one write of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Before,
    At,
    After,
}

impl Store for Disk {
    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.bytes.clone())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let dead = || io::Error::other("the process died");
        if self.dead.get() {
            return Err(dead());
        }
        let number = self.appends;
        self.appends += 1;
        let (length, dies) = match self.death {
            Some((at, Moment::Before)) if at == number => (0, true),
            Some((at, Moment::At)) if at == number => (bytes.len() / 2, true),
            Some((at, Moment::After)) if at == number => (bytes.len(), true),
            _ => (bytes.len(), false),
        };
        self.bytes.extend(&bytes[..length]);
        self.dead.set(dies);
        if dies { Err(dead()) } else { Ok(()) }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.bytes.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

/// How many phones share the deaths: most of the time is spent in waiting for adb.
const PHONES: usize = 6;

#[test]
fn a_death_at_each_write_of_the_journal_of_a_thirty_step_plan_is_undone() {
    // The beginning, a change and its outcome for each step, the end.
    let writes = 2 + 2 * thirty_steps().tasks.len();
    let mut deaths: Vec<(usize, Moment)> = (0..writes)
        .flat_map(|number| [Moment::Before, Moment::At, Moment::After].map(|moment| (number, moment)))
        .collect();
    assert_eq!(deaths.len(), 3 * 62);
    // Each takes as long as a run and its undoing. Without optimisation one for each write is tried, the moments in turn.
    if cfg!(debug_assertions) {
        deaths = deaths
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % 3 == at / 3 % 3)
            .map(|(_, death)| death)
            .collect();
        assert_eq!(deaths.len(), 62);
    }
    std::thread::scope(|scope| {
        for worker in 0..PHONES {
            let own: Vec<(usize, Moment)> = deaths.iter().copied().skip(worker).step_by(PHONES).collect();
            scope.spawn(move || die_and_undo(&own));
        }
    });
}

/// Carries out thirty steps until the process dies, and undoes them, for each death.
fn die_and_undo(deaths: &[(usize, Moment)]) {
    let lab = Lab::new();
    let phone = phone(&lab);
    let before = state(&phone);
    let order = thirty_steps();
    for (number, moment) in deaths {
        let at = format!("write {number}, {moment:?}");
        let disk = Disk { death: Some((*number, *moment)), ..Disk::default() };
        let mut dying = Journal::new(disk).unwrap();
        let mut hand = carrier(&lab, &phone);
        let result = run(&mut hand, &mut dying, &order);
        assert!(result.is_err() || result.is_ok_and(|result| result.stopped.is_some()), "{at}");
        drop(hand);
        let bytes = dying.into_store().bytes;
        let mut journal = Journal::new(Disk { bytes, ..Disk::default() }).unwrap();
        let undone = undo(&mut carrier(&lab, &phone), &mut journal, NOW, None).unwrap();
        assert_done(&undone, &at);
        assert_same(&before, &state(&phone), &at);
        assert_eq!(journal.history().standing().count(), 0, "{at}");
    }
}
