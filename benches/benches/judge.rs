//! Time of a verdict: classify, removability, audit and plan, for growing numbers of packages.
//!
//! The packages are those of the committed phones, again and again under new names, so every app of a group stands many
//! times and the search for keepers has work. Reading the facts is not measured. Beside it stands the floor: one pass
//! that looks at every text of the facts, which tells how much of the growth is the distance of the memory.

use std::env;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use keepone::audit::{AuditOptions, audit};
use keepone::classify::{Groups, Options};
use keepone::inventory::Inventory;
use keepone::judge::packages;
use keepone::maker::Conventions;
use keepone::package::PackageName;
use keepone::plan::{Judged, StepCosts, plan};
use keepone::profile::{Profile, built_in};
use keepone::source::count;
use keepone::source::snapshot::Snapshot;
use keepone_benches::touch::touch;

/// How many packages are judged. 420 is what a phone has.
const SIZES: [usize; 5] = [100, 420, 1_000, 10_000, 100_000];

/// The stages, in order: what each package is for and whether it can be removed, the audit, the plan.
const STAGES: [&str; 3] = ["each package", "audit", "plan"];

fn main() {
    // `cargo test --benches` and `--list` only want to know that this runs.
    if env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let profile = built_in("miit-cac-2022-269").expect("a built-in profile");
    let stages = STAGES.map(|stage| format!("{stage:>13}")).concat();
    println!("{:>9} {:>11} {stages}  {:>11} {:>11}", "packages", "total", "per package", "floor");
    let mut per_package = Vec::new();
    for size in SIZES {
        let inventory = inventory(size);
        let stages = median(&inventory, &profile, rounds(size));
        let total: Duration = stages.iter().sum();
        let count = u32::try_from(size).expect("sizes are small");
        let (each, floor) = (total / count, floor(&inventory, rounds(size)) / count);
        let stages = stages.map(|stage| format!("{stage:>13.1?}")).concat();
        println!("{size:>9} {total:>11.1?} {stages}  {each:>11.2?} {floor:>11.2?}");
        per_package.push((size, total.as_secs_f64() / f64::from(count), floor.as_secs_f64()));
    }
    let of = |size| {
        per_package.iter().find(|(known, ..)| *known == size).copied().unwrap_or((size, f64::NAN, f64::NAN))
    };
    let ((_, few, few_floor), (_, many, many_floor)) = (of(1_000), of(100_000));
    println!("\ngrowth of the time per package from 1,000 to 100,000: {:.2} (goal: at most 1.5)", many / few);
    println!(
        "of the floor: {:.2}; above the floor: {:.2}",
        many_floor / few_floor,
        (many - many_floor) / (few - few_floor)
    );
    println!("verdict for 420 packages: {:.3} ms (goal: below 1)\n", of(420).1 * 420.0 * 1_000.0);
    let mut group = criterion.benchmark_group("judge");
    for size in SIZES {
        let inventory = inventory(size);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &inventory, |bencher, inventory| {
            bencher.iter(|| run(inventory, &profile));
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Few rounds of the large, many of the small.
fn rounds(size: usize) -> usize {
    (200_000 / size).clamp(5, 200)
}

/// Returns the median time of each stage.
fn median(inventory: &Inventory, profile: &Profile, rounds: usize) -> [Duration; 3] {
    let mut times: [Vec<Duration>; 3] = Default::default();
    run(inventory, profile);
    for _ in 0..rounds {
        for (all, time) in times.iter_mut().zip(run(inventory, profile)) {
            all.push(time);
        }
    }
    times.map(|mut all| {
        all.sort();
        all[all.len() / 2]
    })
}

/// Returns the median time of one pass over the facts.
fn floor(inventory: &Inventory, rounds: usize) -> Duration {
    let pass = || {
        let start = Instant::now();
        black_box(touch(black_box(inventory.packages())));
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..rounds).map(|_| pass()).collect();
    times.sort();
    times[times.len() / 2]
}

/// Judges once and says how long each stage took.
fn run(inventory: &Inventory, profile: &Profile) -> [Duration; 3] {
    let (groups, conventions) = (Groups::built_in(), Conventions::built_in());
    let start = Instant::now();
    let (classifications, removabilities) =
        black_box(packages(inventory, groups, &Options::default(), conventions));
    let judged_each = Instant::now();
    let audit =
        black_box(audit(inventory, &classifications, &removabilities, profile, &AuditOptions::default()));
    let audited = Instant::now();
    let judged = Judged {
        inventory,
        classifications: &classifications,
        removabilities: &removabilities,
        profile,
        audit: &audit,
    };
    black_box(plan(&judged, conventions, StepCosts::built_in()));
    let planned = Instant::now();
    [judged_each - start, audited - judged_each, planned - audited]
}

/// Makes an inventory of `size` packages from those of the committed phones, under new names and in new folders.
fn inventory(size: usize) -> Inventory {
    let devices = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/devices");
    let read = |name: &str| -> Snapshot {
        let text = std::fs::read_to_string(devices.join(name)).expect("a committed phone");
        serde_json::from_str(&text).expect("a committed phone is a snapshot")
    };
    let mut snapshot = read("lenovo-tb-x6c6l.json");
    snapshot.unread.clear();
    let mut material = read("zte-u930hd.json").packages;
    material.append(&mut snapshot.packages);
    snapshot.packages = material
        .iter()
        .cycle()
        .take(size)
        .enumerate()
        .map(|(index, package)| {
            let mut package = package.clone();
            let round = index / material.len();
            package.name = PackageName::new(&format!("{}.r{round}", package.name)).expect("a name");
            package.path = format!("{}.r{round}", package.path);
            package
        })
        .collect();
    count::seal(&mut snapshot);
    Inventory::new(snapshot)
}
