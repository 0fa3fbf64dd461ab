//! Time per APK: `KeepOne` next to the floor, to apk-info and to aapt2, on the same files in one run.
//!
//! First every reader answers; files on which they disagree are told and not timed. Then come the alternating rounds that
//! the ratios are formed in, then peaks of memory, then criterion's own measurement, which it compares with its last.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{Criterion, Throughput};
use keepone_benches::contender::{
    AAPT2, APK_INFO, APK_INFO_MANIFEST, Contender, FLOOR, KEEPONE, KEEPONE_LABELS,
};
use keepone_benches::material::{Material, corpus};
use keepone_benches::rounds::{Clock, Rounds, alternate};
use keepone_benches::{answer, device, files, memory};

/// Readers in this process.
const READERS: [Contender; 5] = [FLOOR, KEEPONE, KEEPONE_LABELS, APK_INFO_MANIFEST, APK_INFO];

/// Rounds of the readers in this process.
const ROUNDS: usize = 15;

/// Rounds with aapt2, which takes a hundred times as long.
const SLOW_ROUNDS: usize = 3;

/// Of a set, every so-many-th file is read by aapt2 too, so that about this many are.
const SLOW_FILES: usize = 200;

fn main() -> io::Result<()> {
    if memory::is_child(&READERS)? {
        return Ok(());
    }
    // `cargo test --benches` and `--list` only want to know that this runs.
    if env::args().any(|argument| argument == "--test" || argument == "--list") {
        return Ok(());
    }
    require_aapt2()?;
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    let material = Material::find()?;
    if let Some(corpus) = corpus() {
        bench(&mut criterion, "corpus", &files::apks(&corpus)?)?;
    } else {
        println!("KEEPONE_CORPUS is not set: only the device-like set is measured\n");
    }
    let set = device::ensure(&material)?;
    println!("device-like set: {}", set.figures);
    bench(&mut criterion, "device-like", &set.files)?;
    criterion.final_summary();
    Ok(())
}

/// Fails when aapt2 does not run.
fn require_aapt2() -> io::Result<()> {
    let run = Command::new("aapt2").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match run {
        Ok(_) => Ok(()),
        Err(error) => Err(io::Error::new(
            error.kind(),
            format!(
                "aapt2 does not run ({error}); it is a contender here: install it (Debian: apt-get install aapt2)"
            ),
        )),
    }
}

fn bench(criterion: &mut Criterion, set: &str, all: &[PathBuf]) -> io::Result<()> {
    let files = agreed(set, all);
    println!(
        "== {set}: {} files, one thread, warm cache, median of {ROUNDS} alternating rounds",
        files.len()
    );
    let rounds = alternate(&READERS, &files, ROUNDS, Clock::Thread);
    rounds.print(FLOOR.name);
    println!();
    print_peaks(&files)?;
    let slow = with_aapt2(&files);
    print_ratios(&rounds, &slow);
    let mut group = criterion.benchmark_group(format!("apk/{set}"));
    group.throughput(Throughput::Elements(files.len() as u64));
    for contender in READERS {
        group.bench_function(contender.name, |bencher| {
            bencher.iter(|| files.iter().filter(|file| (contender.run)(file)).count());
        });
    }
    group.finish();
    Ok(())
}

/// Returns the files on which all readers answer the same, and tells about the others.
fn agreed(set: &str, all: &[PathBuf]) -> Vec<PathBuf> {
    let mut agreed = Vec::new();
    let mut told = 0;
    for file in all {
        match disagreement(file) {
            None => agreed.push(file.clone()),
            Some(words) => {
                told += 1;
                println!("not timed: {}: {words}", file.display());
            }
        }
    }
    println!(
        "{set}: {} files, {told} not timed because a reader refuses them or answers otherwise",
        all.len()
    );
    assert!(told * 50 < all.len(), "more than one file in fifty is not timed: the readers are not alike");
    agreed
}

/// Asks all readers about `file` and says in what way they are not of one mind.
fn disagreement(file: &Path) -> Option<String> {
    let keepone = answer::keepone(file);
    let peers = [("apk-info", answer::apk_info(file)), ("aapt2", answer::aapt2(file))];
    if !(FLOOR.run)(file) {
        return Some("the floor's reader refuses it".to_owned());
    }
    let keepone = match keepone {
        Ok(answer) => answer,
        Err(reason) => return Some(format!("keepone: {reason}")),
    };
    peers.into_iter().find_map(|(name, answer)| match answer {
        Ok(answer) => keepone.difference(&answer).map(|words| format!("keepone and {name}: {words}")),
        Err(reason) => Some(format!("{name}: {}", reason.trim())),
    })
}

/// Measures `KeepOne` and aapt2 on some of the files.
fn with_aapt2(files: &[PathBuf]) -> Rounds {
    let some: Vec<PathBuf> = files.iter().step_by((files.len() / SLOW_FILES).max(1)).cloned().collect();
    println!("{} of the files with aapt2, time that passed, median of {SLOW_ROUNDS} rounds", some.len());
    let rounds = alternate(&[KEEPONE, AAPT2], &some, SLOW_ROUNDS, Clock::Wall);
    rounds.print(KEEPONE.name);
    println!();
    rounds
}

fn print_peaks(files: &[PathBuf]) -> io::Result<()> {
    println!("peak of resident memory of a process that reads all files, one by one");
    println!("{:26} {:>9.1} MB", "none read", megabytes(memory::peak(None, files)?));
    for contender in READERS {
        println!("{:26} {:>9.1} MB", contender.name, megabytes(memory::peak(Some(contender), files)?));
    }
    println!();
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes of memory are far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The figures that goals are set for.
fn print_ratios(rounds: &Rounds, slow: &Rounds) {
    let against_floor = rounds.ratio(KEEPONE.name, FLOOR.name).median;
    println!("keepone / floor {against_floor:.2} (goal: at most 2)");
    for peer in [APK_INFO_MANIFEST, APK_INFO] {
        let ratio = rounds.ratio(peer.name, KEEPONE.name).median;
        println!("{} / keepone {ratio:.2} (goal: above 1)", peer.name);
    }
    println!("aapt2 / keepone {:.0}\n", slow.ratio(AAPT2.name, KEEPONE.name).median);
}
