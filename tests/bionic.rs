//! What the core rests on where it is a guest: run on this machine with all tests, and by `android/on-bionic` on the C library
//! of a phone.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use keepone::audit::{AuditOptions, Outcome, audit};
use keepone::classify::{Groups, Options, classify};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::removability::removability;
use keepone::source::load;

/// Counts how often it was dropped.
struct Counted<'a>(&'a AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Goes down some calls, each with something to clean up, and panics in the last.
#[inline(never)]
fn descend(depth: usize, dropped: &AtomicUsize) -> usize {
    let _counted = Counted(dropped);
    assert!(depth > 0, "the bottom of {}", std::hint::black_box("the well"));
    std::hint::black_box(descend(depth - 1, dropped)) + 1
}

#[test]
fn a_panic_is_caught_with_its_text_and_everything_on_the_way_is_cleaned_up() {
    let dropped = AtomicUsize::new(0);
    let caught = catch_unwind(AssertUnwindSafe(|| descend(9, &dropped))).unwrap_err();
    assert_eq!(caught.downcast_ref::<String>().unwrap(), "the bottom of the well");
    assert_eq!(dropped.load(Ordering::Relaxed), 10);
    // And again: what unwinding keeps between panics is whole.
    assert!(catch_unwind(AssertUnwindSafe(|| descend(200, &dropped))).is_err());
    assert_eq!(dropped.load(Ordering::Relaxed), 211);
}

#[test]
fn a_panic_passes_through_a_guard_that_lets_it_on() {
    let dropped = AtomicUsize::new(0);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _outer = Counted(&dropped);
        resume_unwind(catch_unwind(AssertUnwindSafe(|| descend(1, &dropped))).unwrap_err())
    }));
    assert!(caught.is_err());
    assert_eq!(dropped.load(Ordering::Relaxed), 3);
}

#[test]
fn a_panic_of_a_thread_ends_that_thread_alone() {
    let dropped = AtomicUsize::new(0);
    let result = std::thread::scope(|scope| scope.spawn(|| descend(3, &dropped)).join());
    assert!(result.is_err());
    assert_eq!(dropped.load(Ordering::Relaxed), 4);
}

#[test]
fn a_committed_phone_comes_to_its_known_verdict() {
    let phone = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/devices/zte-u930hd.json");
    let inventory = Inventory::new(load::load(&phone).unwrap());
    let classifications = classify(&inventory, Groups::built_in(), &Options::default());
    let removabilities = removability(&inventory, Conventions::built_in());
    let profile = keepone::profile::built_in("tc260-2021-draft").unwrap();
    let summary =
        audit(&inventory, &classifications, &removabilities, &profile, &AuditOptions::default()).summary;
    // As README.md shows it.
    assert_eq!(summary.outcome, Outcome::Fail);
    assert_eq!((summary.in_scope, summary.non_uninstallable), (36, 36));
}
