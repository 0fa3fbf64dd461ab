//! The transport itself: handshake, framing, quoting, large answers, a cable pulled anywhere. What fails here is the phone
//! or the conversation, not what is read from it.

use std::io::Write;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use keepone::adb::{AdbShell, Command, Shell};

use crate::lab::{Lab, PHONE, Phone, adb};

/// Opens the shell of a phone, as the program does.
fn open(lab: &Lab, phone: &Phone, silence: Duration) -> AdbShell {
    let mut process = Process::new(adb());
    process.args(["-s", &phone.serial(), "shell", "-T", "sh"]);
    lab.surround(&mut process);
    AdbShell::start(process, silence).unwrap()
}

const PATIENCE: Duration = Duration::from_secs(20);

/// Names that no package has, and every one of which a shell would take apart or carry out.
const HOSTILE: [&str; 18] = [
    "a b",
    "a'b",
    "a\"b",
    "$(id)",
    "`id`",
    "a;id",
    "a|id",
    "a&id",
    "a\nid\n",
    "$HOME",
    "*",
    "~",
    "-f",
    "a\\b",
    "a\tb",
    "名前 软件",
    "!!",
    "'; id; '",
];

#[test]
fn a_phone_greets_in_both_versions_of_the_protocol() {
    let lab = Lab::new();
    for words in [&[][..], &["--sums"]] {
        let phone = Phone::of(PHONE).with(words).start();
        assert!(lab.connect(&phone).starts_with("connected to"), "{words:?}");
        let listed = lab.adb(&["devices", "-l"]).stdout;
        assert!(listed.contains("device product:U930HD model:ZTE_U930HD"), "{listed}");
        let run = lab.shell(&phone, "getprop ro.build.version.sdk; exit 7");
        assert_eq!((run.status, run.stdout.as_str()), (7, "15\n"));
        lab.adb(&["disconnect"]);
    }
}

#[test]
fn a_phone_that_has_not_agreed_is_unauthorized_and_one_that_went_is_offline() {
    let lab = Lab::new();
    for (greeting, state) in [("unauthorized", "unauthorized"), ("offline", "offline")] {
        let phone = Phone::of(PHONE).with(&["--greeting", greeting]).start();
        lab.connect(&phone);
        lab.await_state(&phone, state);
        lab.adb(&["disconnect"]);
    }
}

#[test]
fn output_errors_status_and_input_travel_apart() {
    let (lab, phone) = Lab::with(PHONE);
    let run = lab.shell(&phone, "echo out; echo err >&2; exit 3");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (3, "out\n", "err\n"));
    let mut process = Process::new(adb());
    process.args(["-s", &phone.serial(), "shell", "-T", "cat"]);
    lab.surround(&mut process);
    let mut process = process.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let sent: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).take(5_000_000).collect();
    let copy = sent.clone();
    let writer = std::thread::spawn(move || input.write_all(&copy).unwrap());
    let output = process.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.stdout == sent, "{} of {} bytes came back", output.stdout.len(), sent.len());
}

#[test]
fn a_shell_finds_the_phones_programs_and_no_other() {
    let (lab, phone) = Lab::with(PHONE);
    assert_eq!(lab.shell(&phone, "id").stdout.split(' ').next(), Some("uid=2000(shell)"));
    assert_eq!(lab.shell(&phone, "bash").status, 127);
    assert_eq!(lab.shell(&phone, "cat /etc/passwd").status, 1);
}

#[test]
fn hostile_names_reach_the_phone_as_they_are_and_run_nothing() {
    let (lab, phone) = Lab::with(PHONE);
    let mut shell = open(&lab, &phone, PATIENCE);
    let commands: Vec<Command> =
        HOSTILE.iter().map(|name| Command::new("pm").args(["path", "--user", "0"]).arg(*name)).collect();
    let answers = shell.ask(&commands).unwrap();
    assert!(answers.iter().all(|answer| answer.status == 1 && answer.output.is_empty()), "{answers:?}");
    let asked = phone.asked();
    assert_eq!(asked.len(), HOSTILE.len());
    for (asked, name) in asked.iter().zip(HOSTILE) {
        assert_eq!(asked.words, ["pm", "path", "--user", "0", name]);
    }
    assert_eq!(phone.streams().len(), 1);
}

#[test]
fn one_stream_answers_many_questions_and_large_ones_whole() {
    let (lab, phone) = Lab::with(PHONE);
    let mut shell = open(&lab, &phone, PATIENCE);
    let commands = vec![Command::new("dumpsys").args(["package", "-f"]); 8];
    let answers = shell.ask(&commands).unwrap();
    assert!(answers[0].output.len() > 400_000, "{}", answers[0].output.len());
    assert!(answers.iter().all(|answer| answer.is_whole() && answer.output == answers[0].output));
    assert_eq!(
        shell.ask_one(Command::new("getprop").arg("ro.product.model")).unwrap().text(),
        "ZTE U930HD\n"
    );
    assert_eq!(phone.streams().len(), 1);
}

#[test]
fn an_answer_without_an_end_of_a_line_is_cut_where_it_was_told_to_be() {
    let (lab, phone) = Lab::with(PHONE);
    phone.order(&["answer", "dumpsys package", "flood", "67108864"]);
    let mut shell = open(&lab, &phone, PATIENCE);
    let answer = shell.ask_one(Command::new("dumpsys").arg("package").at_most(1 << 20)).unwrap();
    assert!(answer.cut && answer.output.len() == 1 << 20 && answer.status == 0);
    assert_eq!(
        shell.ask_one(Command::new("getprop").arg("ro.product.model")).unwrap().text(),
        "ZTE U930HD\n"
    );
}

#[test]
fn a_phone_that_stays_silent_is_given_up() {
    let (lab, phone) = Lab::with(PHONE);
    phone.order(&["answer", "dumpsys package", "hang"]);
    let mut shell = open(&lab, &phone, Duration::from_millis(300));
    let begun = Instant::now();
    let gone = shell.ask(&[Command::new("getprop"), Command::new("dumpsys").arg("package")]).unwrap_err();
    assert!(gone.detail.contains("1 of 2"), "{gone}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_cable_pulled_at_any_byte_is_noticed() {
    let (lab, phone) = Lab::with(PHONE);
    let commands =
        [Command::new("getprop").arg("ro.product.model"), Command::new("pm").args(["list", "users"])];
    let whole: usize = {
        let mut shell = open(&lab, &phone, PATIENCE);
        // Both marks of each answer stand in the stream too.
        let answers = shell.ask(&commands).unwrap();
        answers.iter().map(|answer| answer.output.len() + 2 * 38).sum()
    };
    for at in (0..whole).step_by(3) {
        phone.order(&["pull", &at.to_string()]);
        let mut shell = open(&lab, &phone, PATIENCE);
        let gone = shell.ask(&commands).unwrap_err();
        assert!(gone.detail.contains("of 2 answers"), "at {at}: {gone}");
        phone.order(&["plug"]);
        lab.adb(&["disconnect", &phone.serial()]);
        lab.reconnect(&phone);
    }
}
