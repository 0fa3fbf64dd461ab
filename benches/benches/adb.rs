//! What reading a phone costs the host beyond the transfer: the recorded output of a phone, scaled to as many packages as a
//! phone has, in the same run beside the floor of looking at its bytes once.

use std::env;
use std::hint::black_box;
use std::io;
use std::process;
use std::time::Duration;

use keepone::adb::shell::LONGEST_SILENCE;
use keepone::adb::{AdbShell, Command, Shell};
use keepone::source::Silent;
use keepone::source::adb::{self, dump};
use keepone_benches::material::corpus;
use keepone_benches::phone::Phone;
use keepone_benches::rounds::Clock;

/// How many packages are read. 420 is what a phone has.
const SIZES: [usize; 3] = [84, 420, 2_100];

/// Rounds; the median counts.
const ROUNDS: usize = 31;

fn main() -> io::Result<()> {
    // `cargo test --benches` and `--list` only want to know that this runs.
    if env::args().any(|argument| argument == "--test" || argument == "--list") {
        return Ok(());
    }
    let corpus = corpus().ok_or_else(|| io::Error::other("KEEPONE_CORPUS has to name the corpus"))?;
    println!(
        "{:>9} {:>8} {:>10} {:>10} {:>10} {:>10} {:>14}",
        "packages", "MB", "floor", "frames", "dump", "whole", "whole / floor"
    );
    for size in SIZES {
        let mut phone = Phone::of(&corpus, size)?;
        assert_eq!(phone.len(), size, "the dump is not of {size} packages");
        let bytes = phone.dump.clone();
        let floor = median(|| memchr::memchr_iter(b'\n', black_box(bytes.as_bytes())).count());
        let frames = framed(&bytes)?;
        let parsed = median(|| dump::parse(black_box(&bytes)));
        let options = adb::Options::default();
        let whole = median(|| {
            let read = adb::read(&mut phone, &options, &Silent);
            assert_eq!(read.as_ref().map(|snapshot| snapshot.packages.len()), Ok(size));
            read
        });
        let all = frames + whole;
        let megabytes = f64::from(u32::try_from(bytes.len()).unwrap_or(u32::MAX)) / 1e6;
        let ratio = all.as_secs_f64() / floor.as_secs_f64();
        println!(
            "{size:>9} {megabytes:>8.2} {floor:>10.2?} {frames:>10.2?} {parsed:>10.2?} {all:>10.2?} {ratio:>14.1}"
        );
        if size == 420 {
            let milliseconds = all.as_secs_f64() * 1e3;
            println!("          beyond the transfer: {milliseconds:.1} ms (goal: at most 10)");
        }
    }
    Ok(())
}

/// The median time that this thread ran for `work`. Freeing what it made is not counted: a program keeps it to its end.
fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut time = || {
        let mut made = None;
        let time = Clock::Thread.time(&mut || made = Some(work()));
        drop(black_box(made));
        time
    };
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| time()).collect();
    times.sort();
    times[ROUNDS / 2]
}

/// The time that this thread needs to take an answer out of its frame, the shell of this machine standing for a phone's.
fn framed(answer: &str) -> io::Result<Duration> {
    let folder = env::temp_dir().join(format!("keepone-bench-{}", process::id()));
    std::fs::write(&folder, answer)?;
    let mut shell = AdbShell::start(process::Command::new("/bin/sh"), LONGEST_SILENCE)?;
    let path = folder.to_string_lossy().into_owned();
    let time = median(|| {
        let got = shell.ask_one(Command::new("cat").arg(path.clone()));
        assert!(got.as_ref().is_ok_and(|got| got.output.len() == answer.len()), "the answer is not whole");
        got
    });
    std::fs::remove_file(&folder)?;
    Ok(time)
}
