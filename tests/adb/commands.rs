//! The commands that change a phone or ask it something of their own, as a user types them: what they print for programs,
//! how they end, what the phone is afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::change::{assert_same, phone, state};
use crate::lab::{Lab, PHONE, Phone, Run};

const BROWSER: &str = "com.android.browser";

/// A lab, a phone and a folder for what the commands write.
struct Bench {
    lab: Lab,
    phone: Phone,
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let lab = Lab::new();
        let phone = phone(&lab);
        Self { lab, phone, folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn source(&self) -> String {
        format!("adb:{}", self.phone.serial())
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keepone"));
        self.lab.surround(&mut command);
        command.args(words).env("SOURCE_DATE_EPOCH", "1795485784");
        command
    }

    fn keepone(&self, words: &[&str]) -> Run {
        let output = self.command(words).stdin(std::process::Stdio::null()).output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command about the phone with its own journal.
    fn about(&self, command: &str, words: &[&str]) -> Run {
        let (source, journal) = (self.source(), self.path("journal"));
        let head = [command, &source, "--journal", journal.to_str().unwrap()];
        self.keepone(&[&head, words].concat())
    }

    /// As [`Self::about`], for programs; holds the answer against its schema.
    fn json(&self, command: &str, words: &[&str], schema: &str) -> (i32, Value) {
        let run = self.about(command, &[words, &["--format", "json"]].concat());
        let answer = parsed(&run, schema);
        (run.status, answer)
    }

    fn undo(&self, words: &[&str]) -> Run {
        let journal = self.path("journal");
        self.keepone(&[&["undo", journal.to_str().unwrap()], words].concat())
    }

    fn against(&self) -> Run {
        let (source, journal) = (self.source(), self.path("journal"));
        self.keepone(&["audit", &source, "--against", journal.to_str().unwrap(), "--format", "json"])
    }
}

/// The JSON of a run, held against its schema.
#[track_caller]
fn parsed(run: &Run, schema: &str) -> Value {
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("config/schema/{schema}.schema.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    answer
}

fn codes(run: &Run) -> Vec<String> {
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn enforcing_is_shown_then_done_then_undone() {
    let bench = Bench::new();
    let before = state(&bench.phone);
    let (status, shown) = bench.json("enforce", &[], "enforce-phone");
    assert_eq!((status, shown["applied"].as_bool(), shown["result"].is_null()), (1, Some(false), true));
    assert!(shown["steps"].as_array().unwrap().iter().any(|step| step["not-from-here"] == true));
    assert!(!bench.path("journal").exists(), "a dry run writes nothing");
    assert_same(&before, &state(&bench.phone), "as before");

    // Nothing is destroyed without consent.
    let (status, refused) = bench.json("enforce", &["--apply", "--only", BROWSER], "enforce-phone");
    assert_eq!(status, 1);
    assert_eq!(refused["result"]["changes"][0]["because"]["why"], "needs-consent");
    assert_same(&before, &state(&bench.phone), "as before");

    let words = ["--apply", "--only", BROWSER, "--consent", BROWSER];
    let (status, done) = bench.json("enforce", &words, "enforce-phone");
    assert_eq!(done["result"]["counts"], serde_json::json!({"done": 1}), "{done}");
    assert_eq!(status, 1, "the image still keeps it, and that is left to the build");
    assert!(!done["leaves"].as_array().unwrap().is_empty());
    assert!(done["result"]["notes"][0]["en"].as_str().unwrap().contains("the image keeps them"));

    let listed = bench.undo(&[]);
    assert_eq!(listed.status, 0);
    assert!(listed.stdout.contains("What stands and would be undone (1)"), "{}", listed.stdout);
    let undone = bench.undo(&["--apply"]);
    assert_eq!(undone.status, 0, "{undone:?}");
    assert!(undone.stdout.contains("loses: the user's data"), "{}", undone.stdout);
    assert_same(&before, &state(&bench.phone), "as before");
    assert!(bench.undo(&[]).stdout.contains("NOTHING TO UNDO"));
}

#[test]
fn what_is_no_phone_is_refused_with_what_to_do_instead() {
    let bench = Bench::new();
    let tree = bench.folder.path().to_str().unwrap();
    for command in ["enforce", "controls", "records"] {
        let run = bench.keepone(&[command, tree]);
        assert_eq!(run.status, 3, "{run:?}");
        assert!(run.stderr.contains("is no phone") && run.stderr.contains("--emit script"), "{}", run.stderr);
        let run = bench.keepone(&[command, "adb:NOBODY"]);
        assert_eq!(run.status, 3, "{run:?}");
        assert!(run.stderr.contains("NOBODY"), "{}", run.stderr);
    }
    let run = bench.about("enforce", &["--user", "77"]);
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("no user 77"), "{}", run.stderr);
    let run = bench.undo(&["--apply"]);
    assert_eq!(run.status, 3, "{run:?}");
}

#[test]
fn no_lie_that_could_be_known_ends_well() {
    for (lie, outcome) in
        [(&["ignores"][..], "ignored"), (&["disables"], "disabled-instead"), (&["reverts", "0"], "ignored")]
    {
        let bench = Bench::new();
        bench.phone.order(&[&["lie", BROWSER], lie].concat());
        let words = ["--apply", "--only", BROWSER, "--consent", BROWSER];
        let (status, result) = bench.json("enforce", &words, "enforce-phone");
        assert_eq!(result["result"]["changes"][0]["outcome"], outcome, "{lie:?}");
        assert_ne!(status, 0, "{lie:?}");
        let words = ["com.android.browser", "--set", "auto-start/background-run=off", "--apply"];
        if lie != ["disables"] {
            let (status, result) = bench.json("controls", &words, "controls");
            assert_eq!(result["result"]["changes"][0]["outcome"], "ignored", "{lie:?} {result}");
            assert_eq!(status, 1, "{lie:?}");
        }
    }
}

#[test]
fn what_is_taken_back_later_is_told_against_the_journal() {
    let bench = Bench::new();
    bench.phone.order(&["lie", BROWSER, "reverts", "3600"]);
    let words = ["--apply", "--only", BROWSER, "--consent", BROWSER];
    let (_, result) = bench.json("enforce", &words, "enforce-phone");
    assert_eq!(result["result"]["counts"], serde_json::json!({"done": 1}));
    let music = ["com.android.music", "--set", "auto-start/background-run=off", "--apply"];
    assert_eq!(bench.about("controls", &music).status, 0);
    assert!(!codes(&bench.against()).iter().any(|code| code == "restored-after-update"));
    bench.phone.order(&["pass", "3601"]);
    let line = "cmd appops set --user 0 com.android.music RUN_ANY_IN_BACKGROUND allow";
    bench.lab.shell(&bench.phone, line);
    let run = bench.against();
    assert_eq!(run.status, 1, "{run:?}");
    let codes = codes(&run);
    for code in ["restored-after-update", "change-reverted"] {
        assert_eq!(codes.iter().filter(|found| *found == code).count(), 1, "{codes:?}");
    }
}

#[test]
fn what_an_update_brought_back_is_told_against_a_snapshot() {
    let bench = Bench::new();
    bench.lab.shell(&bench.phone, "pm uninstall --user 10 com.android.browser");
    let (source, snapshot) = (bench.source(), bench.path("before.json"));
    let snapshot = snapshot.to_str().unwrap();
    assert!(bench.keepone(&["snapshot", &source, "-o", snapshot]).status < 3);
    let against = || bench.keepone(&["audit", &source, "--against", snapshot, "--format", "json"]);
    assert!(!codes(&against()).iter().any(|code| code == "restored-after-update"));
    bench.lab.shell(&bench.phone, "cmd package install-existing --user 10 com.android.browser");
    bench.phone.order(&["update", BROWSER, "99"]);
    let run = against();
    assert!(codes(&run).iter().any(|code| code == "restored-after-update"), "{run:?}");
    assert_eq!(run.status, 1);
    let run = bench.keepone(&["audit", &source, "--against", "Cargo.toml"]);
    assert_eq!(run.status, 3, "{run:?}");
}

#[test]
fn choices_go_from_one_phone_to_the_next_and_refusals_are_listed() {
    let bench = Bench::new();
    let words = |package, set| vec![package, "--set", set, "--apply"];
    for (package, set) in [
        (BROWSER, "auto-start/background-run=off"),
        (BROWSER, "sensitive-permissions/camera=off"),
        (BROWSER, "personal-information/clipboard=off"),
        ("com.android.music", "auto-start/background-run=off"),
        ("com.android.email", "sensitive-permissions/contacts=on"),
    ] {
        let run = bench.about("controls", &words(package, set));
        assert!(run.status < 2, "{package} {set} {run:?}");
    }
    // What only the image or the app could have done cannot be carried by the shell.
    bench.phone.order(&["component", BROWSER, "0", "com.android.browser.AccountsChangedReceiver", "off"]);
    let file = bench.path("choices.toml");
    let file = file.to_str().unwrap();
    let export = bench.about("controls", &["--export", file]);
    assert_eq!(export.status, 0, "{export:?}");
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.matches("[[choice]]").count() >= 5, "{written}");

    let next = Bench::new();
    let (status, shown) = next.json("controls", &["--import", file], "controls");
    assert_eq!((status, shown["applied"].as_bool()), (1, Some(false)));
    let fresh = Bench::new();
    assert_eq!(state(&next.phone), state(&fresh.phone), "a dry run changes nothing");
    let (status, result) = next.json("controls", &["--import", file, "--apply"], "controls");
    assert_eq!(status, 1, "something was refused");
    let items = result["chosen"]["items"].as_array().unwrap();
    let refused: Vec<&Value> = items.iter().filter(|item| item["outcome"] == "not-set").collect();
    assert_eq!(refused.len(), 1, "{refused:#?}");
    assert_eq!(refused[0]["choice"]["switch"], "self-start");
    assert!(refused[0]["cannot"][0]["text"]["en"].as_str().unwrap().contains("shell"));
    let (mut there, mut here) = (state(&bench.phone), state(&next.phone));
    let component = |all: &mut std::collections::BTreeMap<String, String>| {
        let app = all.get_mut("0 com.android.browser").unwrap();
        let mut value: Value = serde_json::from_str(app).unwrap();
        value["components"] = Value::Null;
        *app = value.to_string();
    };
    component(&mut there);
    component(&mut here);
    assert_same(&there, &here, "but for what was refused the phones are equal");

    // What was set is put back.
    let undone = next.undo(&["--apply"]);
    assert_eq!(undone.status, 0, "{}", undone.stdout);
    let but_what_follows = |phone: &Phone| {
        let mut all = state(phone);
        // The platform keeps these in step with permissions, and said nothing before the first was decided.
        all.remove("uid_operations");
        all
    };
    assert_same(&but_what_follows(&fresh.phone), &but_what_follows(&next.phone), "undone");
}

#[test]
fn all_areas_of_an_app_are_shown_and_what_the_shell_cannot_set_is_said() {
    let bench = Bench::new();
    let (status, shown) = bench.json("controls", &[BROWSER], "controls");
    assert_eq!(status, 0);
    let areas = shown["sheets"][0]["areas"].as_array().unwrap();
    let ids: Vec<&str> = areas.iter().map(|area| area["id"].as_str().unwrap()).collect();
    let six = [
        "auto-start",
        "personal-information",
        "sensitive-permissions",
        "device-identifiers",
        "storage",
        "processing-record",
    ];
    assert_eq!(ids, six);
    let start = &areas[0]["switches"][0];
    assert_eq!((start["id"].as_str(), start["may"].as_str()), (Some("self-start"), Some("no")));
    assert!(start["cannot"]["en"].as_str().unwrap().contains("shell"));
    let (status, all) = bench.json("controls", &["--user", "10"], "controls");
    assert_eq!(status, 0);
    assert!(all["sheets"].as_array().unwrap().len() > 20);
    for wrong in ["auto-start", "teleport=off", "auto-start/teleport=off", "auto-start=maybe"] {
        let run = bench.about("controls", &[BROWSER, "--set", wrong]);
        assert_eq!(run.status, 3, "{wrong} {run:?}");
    }
}

#[test]
fn a_makers_own_auto_start_operation_is_a_switch_where_the_phone_shows_it() {
    let lab = Lab::new();
    let phone = Phone::of(PHONE)
        .with(&["--api", "33", "--property", "ro.build.version.sdk=33"])
        .with(&["--property", "ro.miui.ui.version.name=V140"])
        .start();
    lab.connect(&phone);
    let folder = TempDir::new().unwrap();
    let bench = Bench { lab, phone, folder };
    let words = [BROWSER, "--set", "auto-start/self-start=off", "--apply"];
    let (_, result) = bench.json("controls", &words, "controls");
    let changes = result["result"]["changes"].as_array().unwrap();
    let ops: Vec<&str> = changes.iter().filter_map(|change| change["cell"]["op"].as_str()).collect();
    assert_eq!(ops, ["10008"], "{result}");
    assert_eq!(changes[0]["outcome"], "done");
    assert_eq!(bench.undo(&["--apply"]).status, 0);
    // Where the phone shows none there is none to set.
    let bench = Bench::new();
    let (_, result) = bench.json("controls", &words, "controls");
    assert!(result["result"].is_null(), "{result}");
}

#[test]
fn what_apps_did_is_shown_in_every_form() {
    let bench = Bench::new();
    let order = |words: &[&str]| bench.phone.order(words);
    order(&["record", BROWSER, "0", "CAMERA", "1795485000", "1500", "done"]);
    order(&["record", "com.android.music", "0", "READ_CONTACTS", "1795400000", "0", "refused"]);
    let source = bench.source();
    let records = |words: &[&str]| bench.keepone(&[&["records", &source], words].concat());
    let run = records(&["--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let all = parsed(&run, "records");
    let events = all["events"].as_array().unwrap();
    let (counted, single): (Vec<&Value>, Vec<&Value>) =
        events.iter().partition(|event| event["count"].is_number());
    // The access is told with its moment and as a single one, and counted; the denial is not told singly.
    let told: Vec<(&str, &str, &str)> = single
        .iter()
        .map(|event| ["when", "kind", "what"].map(|field| event[field].as_str().unwrap()).into())
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-24T01:50:00.000Z", "access", "android:camera"),
            ("2026-11-23T02:13:20.000Z", "denied", "android:read_contacts"),
        ]
    );
    assert_eq!(counted.len(), 2, "{all}");
    assert!(counted.iter().all(|event| event["count"] == 1 && event["until"] == "2026-11-24T01:50:00.000Z"));
    // What lasted until then counts as since then.
    let run = records(&["--since", "1h", "--format", "csv"]);
    assert_eq!(run.stdout.lines().count(), 1 + 3, "{}", run.stdout);
    assert_eq!(records(&["--format", "ndjson"]).stdout.lines().count(), 4);
    assert!(records(&[]).stdout.contains("camera (android:camera)"));
    assert_eq!(records(&["--since", "yesterday"]).status, 3);
    bench.phone.order(&["answer", "dumpsys appops", "garbage"]);
    assert_eq!(records(&[]).status, 3, "a phone that tells nothing is no phone where nothing happened");
}

#[test]
fn a_program_that_is_killed_is_taken_up_again_or_undone() {
    for resumed in [true, false] {
        let bench = Bench::new();
        let before = state(&bench.phone);
        let (source, journal) = (bench.source(), bench.path("journal"));
        let path = journal.to_str().unwrap();
        let words = ["enforce", &source, "--journal", path, "--apply", "--consent", "all"];
        let mut child = bench.command(&words).stdout(std::process::Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        let lines = || std::fs::read_to_string(&journal).map_or(0, |text| text.lines().count());
        while lines() < 8 {
            assert!(Instant::now() < deadline && child.try_wait().unwrap().is_none());
            std::thread::sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let again = bench.keepone(&words);
        assert_eq!(again.status, 3);
        assert!(
            again.stderr.contains("--resume") && again.stderr.contains("keepone undo"),
            "{}",
            again.stderr
        );
        if resumed {
            let run = bench.keepone(&[&words[..], &["--resume", "--format", "json"]].concat());
            assert!(run.status < 3, "{run:?}");
            let result = parsed(&run, "enforce-phone");
            assert!(
                result["result"]["counts"]["done"].as_u64().unwrap() > 20,
                "{}",
                result["result"]["counts"]
            );
        }
        let undone = bench.undo(&["--apply"]);
        assert_eq!(undone.status, 0, "{undone:?}");
        assert_same(&before, &state(&bench.phone), "as before");
    }
}
